"""A list in go.dev's format with one stand-in release on the loopback, and an engine that asks there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from archives import official_archive, release_file
from engine_world import Engine
from loopback import Loopback, loopback

from goswitch.errors import GoswitchError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

ARCHIVE = official_archive("1.22.4")
NAME = "go1.22.4.linux-amd64.tar.gz"
LIST = "/dl/?mode=json&include=all"


def listing(*files: dict[str, Any], stable: bool = True) -> bytes:
    """Return a list of these files."""
    return json.dumps([{"version": file["version"], "stable": stable, "files": [file]} for file in files]).encode()


class Setup:
    """A list with 1.22.4 whose archive is on the same host, and an engine that asks there."""

    def __init__(self, server: Loopback, base: Path) -> None:
        self.server = server
        self.engine = Engine(base)
        self.url = f"{server.url}/dl/"
        server.put(LIST, listing(release_file("1.22.4", ARCHIVE)))
        server.put(f"/dl/{NAME}", ARCHIVE)

    def install(self, *mirrors: str) -> Path:
        """Install 1.22.4, from mirrors where some are given."""
        return self.engine.from_official("1.22.4", self.url, [f"{self.server.url}/{name}" for name in mirrors]).path

    def refused(self, kind: type[GoswitchError], match: str, *mirrors: str) -> GoswitchError:
        """Install 1.22.4, which is to fail and to leave nothing; return the error."""
        with pytest.raises(kind, match=match) as caught:
            self.install(*mirrors)
        assert not self.engine.layout.sdk_root.joinpath("go1.22.4").exists()
        assert not list(self.engine.layout.staging.glob("*"))
        return caught.value

    def refused_list(self, match: str) -> None:
        """Ask for the list, by a source that has not asked before."""
        with self.engine.client() as client, pytest.raises(NetworkError, match=match):
            self.engine.official(client, self.url).versions()


def official_world(tmp_path: Path) -> Iterator[Setup]:
    """Serve the list and its archive: the body of a fixture."""
    with loopback() as server:
        yield Setup(server, tmp_path)
