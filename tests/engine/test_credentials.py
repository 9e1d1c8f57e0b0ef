"""A module proxy behind a password: by its URL, by .netrc, and nowhere on the screen or the disk."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from archives import module_zip, sdk_files
from checksum_log import ChecksumLog
from engine_world import Engine
from loopback import Loopback, Reply, loopback

from goswitch.errors import NetworkError
from goswitch.model.version import Version
from goswitch.sdk.dirhash import h1
from goswitch.sdk.install import install
from goswitch.sdk.sources import build_sources
from goswitch.system.netrc import basic
from goswitch.system.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine_world import Told

HIDDEN = "hidden-word"
MODULE = "golang.org/toolchain"
MODULE_VERSION = "v0.0.1-go1.22.4.linux-amd64"


class Guarded:
    """The proxy of 1.22.4 that answers 401 to all but `u` with the hidden word."""

    def __init__(self, server: Loopback, base: Path) -> None:
        log = ChecksumLog()
        names = {name.replace("go.mod", "_go.mod"): content for name, content in sdk_files("1.22.4").items()}
        prefix = f"{MODULE}@{MODULE_VERSION}/"
        log.add(MODULE, MODULE_VERSION, h1((prefix + n, hashlib.sha256(c).hexdigest()) for n, c in names.items()))
        server.put(f"/proxy/{MODULE}/@v/{MODULE_VERSION}.zip", module_zip("1.22.4"))
        server.under("/proxy/sumdb/log.test/", log.reply)
        self.engine = Engine(base, {"GOPROXY": f"{server.url}/proxy", "GOSUMDB": log.key})
        self.netrc = base / "netrc"
        self.netrc.write_text(f"machine {urlsplit(server.url).netloc} login u password {HIDDEN}\n")
        answer = server.answer
        server.answer = lambda asked: (  # type: ignore[method-assign]
            answer(asked) if asked.headers.get("authorization") == basic("u", HIDDEN) else Reply(status=401)
        )

    def install(self, **env: str) -> Path:
        """Install as the command does, by the world's environment alone."""
        self.engine.env.update(env)
        engine, told = self.engine, self.engine.told
        here = Workers(0)
        with build_sources(engine.world, engine.layout, names=["proxy"], official_url="", workers=here) as sources:
            done = install(
                Version("1.22.4"), layout=engine.layout, platform=engine.platform, sources=sources, reporter=told
            )
        return done.path


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    with loopback() as server:
        yield Guarded(server, tmp_path)


def written(base: Path) -> list[str]:
    """Return the files in which the hidden word stands."""
    word = HIDDEN.encode()
    return [path.name for path in base.rglob("*") if path.is_file() and word in path.read_bytes()]


def said(told: Told) -> bool:
    return any(HIDDEN in note for note in told.notes)


def test_by_netrc(guarded: Guarded, tmp_path: Path) -> None:
    assert (guarded.install(NETRC=str(guarded.netrc)) / "bin/go").exists()
    assert written(tmp_path) == ["netrc"]
    assert not said(guarded.engine.told)


def test_by_the_url(guarded: Guarded, tmp_path: Path) -> None:
    guarded.netrc.unlink()
    url = guarded.engine.env["GOPROXY"].replace("//", f"//u:{HIDDEN}@")
    assert (guarded.install(GOPROXY=url) / "bin/go").exists()
    assert written(tmp_path) == []
    assert not said(guarded.engine.told)


@pytest.mark.parametrize("goauth", ["off", "git /x", "a-program"])
def test_goauth_may_forbid_the_file(goauth: str, guarded: Guarded) -> None:
    with pytest.raises(NetworkError, match="401") as caught:
        guarded.install(NETRC=str(guarded.netrc), GOAUTH=goauth)
    assert HIDDEN not in caught.value.message
