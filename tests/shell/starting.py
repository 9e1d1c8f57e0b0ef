"""Starting a shim under a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shells import POSIX, Shell

if TYPE_CHECKING:
    from shell.made import Made

every_shell = pytest.mark.parametrize("shell", POSIX, ids=lambda shell: shell.name)


def start(shell: Shell, made: Made, name: str = "go", toolchain: str = "local") -> list[str]:
    """Return the words that run a shim under a shell."""
    return [*shell.command(made.base / "called"), str(made.shims(toolchain) / name)]
