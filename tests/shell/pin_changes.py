"""What can happen to a pin of 1.22.4, so that a hook has to notice it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def _old(path: Path) -> Path:
    """Make a file look older than any pin."""
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def _beside(pin: Path, word: str) -> Path:
    path = pin.with_name("beside")
    path.write_text(f"{word}\n")
    return path


def _in_place(pin: Path) -> None:
    with pin.open("r+b") as file:
        file.write(b"1.21.6")


def _keeping_times(pin: Path) -> None:
    before = pin.stat()
    _in_place(pin)
    os.utime(pin, ns=(before.st_atime_ns, before.st_mtime_ns))


def _copied_over(pin: Path) -> None:
    other = _beside(pin, "1.21.6")
    shutil.copystat(pin, other)
    shutil.copyfile(other, pin)
    shutil.copystat(other, pin)


def _dangling(pin: Path) -> None:
    pin.unlink()
    pin.symlink_to("gone")


def _fifo(pin: Path) -> None:
    pin.unlink()
    os.mkfifo(pin)


def _folder(pin: Path) -> None:
    pin.unlink()
    pin.mkdir()


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "written in place, as long": (_in_place, "go1.21.6"),
    "written in place, and its times put back": (_keeping_times, "go1.21.6"),
    "an older file moved over it": (lambda pin: _old(_beside(pin, "1.21.6")).rename(pin), "go1.21.6"),
    "a copy over it, with the times of the first": (_copied_over, "go1.21.6"),
    "without a last newline": (lambda pin: pin.write_text("1.21.6"), "go1.21.6"),
    "another line above": (lambda pin: pin.write_text("1.21.6\n1.22.4\n"), "go1.21.6"),
    "longer": (lambda pin: pin.write_text("1.22.40\n"), ""),
    "shorter": (lambda pin: pin.write_text("1.22.\n"), ""),
    "the same once more below": (lambda pin: pin.write_text("1.22.4\n1.22.4\n"), "go1.22.4"),
    "a blank line": (lambda pin: pin.write_text("\n"), ""),
    "empty": (lambda pin: pin.write_text(""), ""),
    "removed": (Path.unlink, ""),
    "a dangling link": (_dangling, ""),
    "a FIFO": (_fifo, ""),
    "a folder": (_folder, ""),
}
"""What happens to a pin of 1.22.4, and what is bound then."""


def pin_again(pin: Path) -> None:
    """Undo it."""
    if pin.is_dir():
        pin.rmdir()
    else:
        pin.unlink(missing_ok=True)
    pin.write_text("1.22.4\n")
