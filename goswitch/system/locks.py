"""Locks between processes, and the one home of filelock.

A lock is a file that is never deleted; the kernel lets go of it when its holder dies. Beside it lies a note of who
holds it, for the message to those who wait. A held lock is passed down, never taken again.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from goswitch.errors import LockError
from goswitch.system.files import doing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def held(
    folder: Path, name: str, *, timeout: float | None, waiting: Callable[[str], None] = lambda _: None
) -> Iterator[None]:
    """Hold the lock `name` of `folder`.

    If another process has it, `waiting` is called once with a sentence that says who, then we wait for at most
    `timeout` seconds (None: as long as it takes). Raise LockError after that, DiskError if the folder can't be used.
    """
    import filelock  # noqa: PLC0415 - verbs that only read need no lock

    path = folder / f"{name}.lock"
    note = folder / f"{name}.holder"
    with doing("make the folder", folder):
        folder.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(path)
    with doing("lock", path):
        try:
            lock.acquire(timeout=0)
        except filelock.Timeout:
            holder = _holder(note)
            waiting(f"waiting for {holder}, which holds the lock {name}")
            try:
                lock.acquire(timeout=-1 if timeout is None else timeout, poll_interval=0.05)
            except filelock.Timeout:
                raise LockError(
                    f"{_holder(note)} still holds {path} after {timeout:g} s", help="wait for it to end, or end it"
                ) from None
    try:
        with doing("write", note):
            note.write_text(f"{os.getpid()}\n")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _holder(note: Path) -> str:
    try:
        return f"process {int(note.read_text())}"
    except (OSError, ValueError):
        return "another process"
