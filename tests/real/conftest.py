"""One machine with the three real SDKs for all tests here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from machine import PROGRAM, Machine, make_machine

if TYPE_CHECKING:
    from pathlib import Path


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run all tests that share the machine."""
    for item in items:
        if "machine" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("machine"))


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A home where the three SDKs are installed."""
    return make_machine(tmp_path_factory.mktemp("machine"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A module with a program that prints the Go that built it."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.19\n")
    (folder / "main.go").write_text(PROGRAM)
    return folder
