"""Looking at the disk: what stands at a path, what a small file holds. Reads only, and never blocks on a FIFO."""

from __future__ import annotations

import enum
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Kind(enum.Enum):
    """What stands at a path, links followed."""

    ABSENT = enum.auto()
    FILE = enum.auto()
    DIRECTORY = enum.auto()
    OTHER = enum.auto()
    """A FIFO, a device, a socket, or a link that leads nowhere."""


def kind(path: Path) -> Kind:
    """Return what stands at `path`."""
    try:
        mode = path.stat().st_mode
    except OSError:
        # Not Path.is_symlink, which raises where a folder on the way may not be entered.
        return Kind.OTHER if os.path.islink(path) else Kind.ABSENT  # noqa: PTH114
    if stat.S_ISREG(mode):
        return Kind.FILE
    return Kind.DIRECTORY if stat.S_ISDIR(mode) else Kind.OTHER


def read_regular(path: Path) -> bytes | None:
    """Return a regular file's bytes, or None if it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        try:
            return file.read()
        except OSError:
            return None


def first_line(path: Path) -> str:
    """Return the first line of a small text file without its end, "" if there is none."""
    data = read_regular(path) or b""
    return data.split(b"\n", 1)[0].decode("utf-8", "replace").rstrip("\r")


def is_program(path: Path) -> bool:
    """Tell whether `path` is a regular, executable, non-empty file. An empty one "runs" without a word in every sh."""
    try:
        status = path.stat()
    except OSError:
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size > 0 and os.access(path, os.X_OK)


def names_in(path: Path) -> list[str]:
    """Return the names in a directory, sorted; none where it is absent, no directory or unreadable."""
    try:
        return sorted(entry.name for entry in path.iterdir())
    except OSError:
        return []
