"""A module proxy with one stand-in release, the log that knows it, and an engine that asks them: tests change each."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from archives import module_zip, sdk_files
from checksum_log import ChecksumLog
from engine_world import Engine
from loopback import Loopback, Reply, loopback

from goswitch.sdk.dirhash import h1

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.errors import GoswitchError

PREFIX = "golang.org/toolchain@v0.0.1-go1.22.4.linux-amd64/"
MODULE_VERSION = "v0.0.1-go1.22.4.linux-amd64"
PATH = f"/golang.org/toolchain/@v/{MODULE_VERSION}"
ZIP = module_zip("1.22.4")


def hash_of(files: dict[str, bytes], prefix: str = PREFIX) -> str:
    """Return the h1 of a tree by cmd/go's rule, with sha256sum doing the hashing."""
    lines = []
    for name, content in files.items():
        digest = subprocess.run(["sha256sum"], input=content, capture_output=True, check=True).stdout.split()[0]
        lines.append((digest.decode(), prefix + name.replace("go.mod", "_go.mod")))
    return h1((name, digest) for digest, name in lines)


H1 = hash_of(sdk_files("1.22.4"))


class Setup:
    """A proxy with 1.22.4, a log that knows its hash, and an engine that asks them."""

    def __init__(self, server: Loopback, base: Path) -> None:
        self.server = server
        self.log = ChecksumLog(300)
        self.log.add("golang.org/toolchain", MODULE_VERSION, H1)
        self.log.grow(20)
        self.engine = Engine(base, {"GOPROXY": f"{server.url}/proxy", "GOSUMDB": self.log.key})
        server.put(f"/proxy{PATH}.zip", Reply(ZIP))
        server.under("/proxy/sumdb/log.test/", self.log.reply)

    def install(self, version: str = "1.22.4") -> Path:
        """Install an SDK."""
        return self.engine.from_proxy(version).path

    def refused(self, kind: type[GoswitchError], match: str) -> GoswitchError:
        """Install 1.22.4, which is to fail; return the error."""
        with pytest.raises(kind, match=match) as caught:
            self.install()
        assert not self.engine.layout.sdk_root.joinpath("go1.22.4").exists()
        return caught.value


def proxy_world(tmp_path: Path) -> Iterator[Setup]:
    """Serve the proxy and the log: the body of a fixture."""
    with loopback() as server:
        yield Setup(server, tmp_path)
