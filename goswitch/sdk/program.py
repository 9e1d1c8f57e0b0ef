"""One program of an SDK, as it lies on the disk: what is wrong with it is said by whoever asks."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.system.binary import Binary, inspect

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.parts import Tool


@dataclass(frozen=True)
class Program:
    """A program, links followed.

    `mode` is None where nothing stands there, or a link that leads nowhere; `binary` is None for what is no regular
    file, is empty or can't be read. `runnable` is whether we may run it.
    """

    tool: Tool
    path: Path
    mode: int | None = None
    size: int = 0
    runnable: bool = False
    binary: Binary | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file."""
        return self.mode is not None and stat.S_ISREG(self.mode)

    @property
    def version(self) -> str | None:
        """The toolchain name in its build info, experiments cut off: `go1.22.4`, or all of `devel go1.23-abc …`."""
        told = self.binary.version if self.binary is not None else None
        return told.split(" X:", 1)[0] if told is not None else None


def look_at(tree: Path, tool: Tool) -> Program:
    """Look at one program of an SDK, without running it."""
    path = tree / tool.path
    try:
        status = path.stat()
    except OSError:
        return Program(tool, path)
    program = Program(tool, path, status.st_mode, status.st_size, os.access(path, os.X_OK))
    if not program.is_file or not status.st_size:
        return program
    try:
        binary = inspect(path)
    except DiskError:
        return program
    return Program(tool, path, status.st_mode, status.st_size, program.runnable, binary)
