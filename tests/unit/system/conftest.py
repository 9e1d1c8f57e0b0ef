"""The ways in which an archive can be unpacked."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import pytest

from goswitch.system import inflate
from goswitch.system.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def processes() -> Iterator[Workers]:
    """Processes that unpack."""
    with Workers() as workers:
        yield workers


@pytest.fixture(params=["deflate", "isal", "zlib", "processes"])
def workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, processes: Workers) -> Workers:
    """Unpack in this process by each library (the later ones stand in where the first have no wheel), or in others."""
    if request.param == "processes":
        return processes
    chosen = zlib if request.param == "zlib" else pytest.importorskip("isal.isal_zlib")
    monkeypatch.setattr(inflate, "_library", chosen)
    whole = pytest.importorskip("deflate") if request.param == "deflate" else None
    monkeypatch.setattr(inflate, "_whole_library", whole)
    return Workers(0)
