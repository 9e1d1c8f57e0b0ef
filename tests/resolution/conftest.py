"""What the tests of the resolution rule share: the rendered scripts, and a warm Python."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from resolution.asking import Python

from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def scripts() -> Iterator[Path]:
    """Return a folder with the rendered front and the shim `go`, which everybody may read."""
    with tempfile.TemporaryDirectory(prefix="goswitch-scripts-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        source = shell_files()
        (folder / "goswitch").write_bytes(render(source, "goswitch.sh", {}))
        values = {"TOOL": "go", "TOOLCHAIN": "local", "AUTO": "never", "COMMAND": ""}
        (folder / "go").write_bytes(render(source, "go.sh", values))
        yield folder


@pytest.fixture(scope="session")
def python() -> Iterator[Python]:
    """Return the Python command."""
    server = Python()
    yield server
    server.stop()
