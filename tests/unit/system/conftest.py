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


@pytest.fixture(params=["isal", "zlib", "processes"])
def workers(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, processes: Workers) -> Workers:
    """Unpack in this process by either library (the second stands in where the first has no wheel), or in others."""
    if request.param == "processes":
        return processes
    chosen = pytest.importorskip("isal.isal_zlib") if request.param == "isal" else zlib
    monkeypatch.setattr(inflate, "_library", lambda: chosen)
    return Workers(0)
