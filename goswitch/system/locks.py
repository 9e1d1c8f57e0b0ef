"""Locks between processes, and the one home of filelock.

A lock is a file that is never deleted; the kernel lets go of it when its holder dies. Beside it lies a note of who
holds it, for the message to those who wait. A held lock is passed down, never taken again.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from goswitch.errors import LockError
from goswitch.system import interrupts, look
from goswitch.system.files import doing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import filelock

_POLL_SECONDS = 0.05
_NOTE = ".holder"


@contextmanager
def held(
    folder: Path,
    name: str,
    *,
    timeout: float | None,
    does: str = "",
    waiting: Callable[[str], None] = lambda _: None,
) -> Iterator[None]:
    """Hold the lock `name` of `folder`; `does` is what for (`installs go1.22.4`).

    If another process has it, `waiting` is called once with a sentence that says who and what for, then we wait for at
    most `timeout` seconds (None: as long as it takes). Raise LockError after that, DiskError if the folder can't be
    used.
    """
    import filelock  # noqa: PLC0415 - verbs that only read need no lock

    path = folder / f"{name}.lock"
    note = folder / f"{name}{_NOTE}"
    with doing("make the folder", folder):
        folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(path)
    with doing("lock", path):
        until = None if timeout is None else time.monotonic() + timeout
        told = False
        while not _taken(lock):
            if until is not None and time.monotonic() >= until:
                raise LockError(
                    f"{_holder(note)} still holds {path} after {timeout:g} s", help="wait for it to end, or end it"
                )
            # Its holder writes the note just after it has taken the lock.
            interrupts.sleep(_POLL_SECONDS)
            if not told:
                waiting(f"waiting for {_holder(note).rstrip(',')}")
                told = True
    try:
        with doing("write", note):
            note.write_text(f"{os.getpid()} {does}\n")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _holder(note: Path) -> str:
    """Return `process 4711, which installs go1.22.4,`; the note may be missing or half written."""
    try:
        process, _, does = note.read_text().strip().partition(" ")
        number = int(process)
    except (OSError, ValueError):
        return "another process"
    return f"process {number}, which {does}," if does else f"process {number}"


def _taken(lock: filelock.BaseFileLock) -> bool:
    import filelock  # noqa: PLC0415 - as above

    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        return False
    return True


def noted(folder: Path) -> list[str]:
    """Return the names of the locks of `folder` that have a note: they are held, or their holder was killed."""
    return [name.removesuffix(_NOTE) for name in look.names_in(folder) if name.endswith(_NOTE)]


def drop_notes(folder: Path) -> None:
    """Delete the notes of this process in `folder`: it ends, and some thread of it can't be woken to do so."""
    for name in noted(folder):
        note = folder / f"{name}{_NOTE}"
        if look.first_line(note).partition(" ")[0] == str(os.getpid()):
            with suppress(OSError):
                note.unlink()


def is_held(folder: Path, name: str) -> bool:
    """Tell whether some process holds the lock `name` of `folder`; nothing is written and nobody is made to wait."""
    import fcntl  # noqa: PLC0415 - as above

    try:
        descriptor = os.open(folder / f"{name}.lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False  # nobody has ever held it, or it is another user's, whose work is none of ours
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False
