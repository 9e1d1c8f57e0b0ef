"""Fixtures for all tests, and guards: a test leaves the environment and the working directory as it found them."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from box import Box

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_configure() -> None:
    """Take signals as a terminal's programs do, whoever starts the tests: what is ignored here, children ignore too."""
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _nothing_global_changes() -> Iterator[None]:
    environment, folder = dict(os.environ), Path.cwd()
    yield
    after = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    before = {name: value for name, value in environment.items() if name != "PYTEST_CURRENT_TEST"}
    assert after == before, "a test changed the environment"
    assert Path.cwd() == folder, "a test changed the working directory"


@pytest.fixture
def box(tmp_path: Path) -> Box:
    """A home with no SDK, an empty project."""
    return Box(tmp_path)
