"""Two directories of one file system change names: in one step where the kernel can do that, else in three.

renameat2(2) with RENAME_EXCHANGE on Linux, renamex_np(2) with RENAME_SWAP on macOS. Without them there is an instant at
which nothing stands in the place; never one at which something half does.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import TYPE_CHECKING

from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing, sync_directory

if TYPE_CHECKING:
    from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_RENAME_SWAP = 2
_CAN_NOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV}


def old_one(fresh: Path) -> Path:
    """Return where, of three steps, the first puts what is to be replaced by `fresh`."""
    return fresh.with_name(f"{fresh.name}.old")


def exchange(fresh: Path, place: Path) -> None:
    """Let `fresh` stand at `place`, and what stands there at `fresh`. It survives a power cut. Raise DiskError."""
    with doing("replace", place):
        if not _in_one_step(os.fsencode(fresh), os.fsencode(place)):
            aside = old_one(fresh)
            place.rename(aside)
            checkpoint("between-renames")
            fresh.rename(place)
            aside.rename(fresh)
        sync_directory(place.parent)


def _in_one_step(fresh: bytes, place: bytes) -> bool:
    """Tell whether the kernel did it; OSError where it can but may not."""
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        call = getattr(library, "renamex_np", None)
        arguments: tuple[object, ...] = (fresh, place, _RENAME_SWAP)
    else:
        call = getattr(library, "renameat2", None)
        arguments = (_AT_FDCWD, fresh, _AT_FDCWD, place, _RENAME_EXCHANGE)
    if call is None:
        return False
    if call(*arguments) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CAN_NOT:
        return False
    raise OSError(number, os.strerror(number), os.fsdecode(place))
