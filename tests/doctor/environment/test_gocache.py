from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.checks.environment.gocache import gocache

if TYPE_CHECKING:
    from sighted import Looker


def test_off_and_relative(looker: Looker) -> None:
    looker.env["GOCACHE"] = "off"
    (found,) = looker.find(gocache)
    assert "build cache is disabled by GOCACHE=off, but required as of Go 1.12" in found.why
    looker.env["GOCACHE"] = "cache"
    (found,) = looker.find(gocache)
    assert "GOCACHE is not an absolute path" in found.why


def test_silence(looker: Looker) -> None:
    assert looker.find(gocache) == []
    looker.env["GOCACHE"] = "/cache"
    assert looker.find(gocache) == []
