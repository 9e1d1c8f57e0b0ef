"""What GOPROXY and GOSUMDB say: chains of proxies, folders, credentials, and where the checksum log is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import contents, sdk_files
from loopback import Reply
from proxy_world import MODULE_VERSION, ZIP, Setup, proxy_world

from goswitch.errors import GoswitchError, NetworkError, SettingError

if TYPE_CHECKING:
    from pathlib import Path

setup = pytest.fixture(proxy_world)


@pytest.mark.parametrize("value", ["off", "log.test+00000000+AAAA"])
def test_without_a_log_nothing_is_asked(value: str, setup: Setup) -> None:
    setup.engine.env["GOSUMDB"] = value
    setup.refused(SettingError, "GOSUMDB|checksum database")
    assert setup.server.asked == []


CHAINS = {
    "comma after 404": ("{0}/none,{0}/proxy", True),
    "comma after 500": ("{0}/broken,{0}/proxy", False),
    "pipe after 500": ("{0}/broken|{0}/proxy", True),
    "off behind it": ("{0}/proxy,off", True),
    "off after 404": ("{0}/none,off", False),
    "off": ("off", False),
    "empty entries": (",,{0}/proxy,", True),
    "final slash": ("{0}/proxy/", True),
}


@pytest.mark.parametrize("kind", CHAINS)
def test_goproxy_means_what_go_means(kind: str, setup: Setup) -> None:
    value, works = CHAINS[kind]
    setup.engine.env["GOPROXY"] = value.format(setup.server.url)
    setup.engine.env["GOSUMDB"] = f"{setup.log.key} {setup.server.url}/proxy/sumdb/log.test"
    setup.server.under("/broken/", lambda _: Reply(status=500))
    if works:
        assert contents(setup.install()) == sdk_files("1.22.4")
    else:
        setup.refused(GoswitchError, ".")


def test_a_log_that_the_proxy_does_not_serve_is_asked_itself(setup: Setup) -> None:
    setup.server.replies["/proxy/sumdb/log.test/"] = lambda _: None
    error = setup.refused(NetworkError, "can't reach log.test")
    assert error.help


def test_a_log_that_is_named_with_a_url_is_asked_there(setup: Setup) -> None:
    setup.engine.env["GOSUMDB"] = f"{setup.log.key} {setup.server.url}/mylog"
    setup.server.under("/mylog/", setup.log.reply)
    setup.install()
    assert not [asked for asked in setup.server.asked if "/sumdb/" in asked.path]


def test_a_proxy_may_be_a_folder(setup: Setup, tmp_path: Path) -> None:
    folder = tmp_path / "a folder" / "golang.org" / "toolchain" / "@v"
    folder.mkdir(parents=True)
    (folder / f"{MODULE_VERSION}.zip").write_bytes(ZIP)
    setup.engine.env["GOPROXY"] = (tmp_path / "a folder").as_uri()
    setup.engine.env["GOSUMDB"] = f"{setup.log.key} {setup.server.url}/proxy/sumdb/log.test"
    assert contents(setup.install()) == sdk_files("1.22.4")
    assert (folder / f"{MODULE_VERSION}.zip").read_bytes() == ZIP, "the proxy's own file is not ours to delete"
    assert setup.engine.told.done == len(ZIP)
    assert not setup.engine.told.open


def test_credentials_of_the_proxy_are_nowhere(setup: Setup) -> None:
    host = setup.server.url.removeprefix("http://")
    setup.engine.env["GOPROXY"] = f"http://user:hunter2@{host}/proxy"
    path = setup.install()
    assert setup.server.asked[0].headers["authorization"]
    kept = [file for file in setup.engine.base.rglob("*") if file.is_file()]
    assert [file for file in kept if b"hunter2" in file.read_bytes()] == []
    assert path.is_dir()
