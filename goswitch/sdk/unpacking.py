"""Unpacking into a staged tree: every file is inflated, hashed and written once, on all cores.

Inflating, hashing and writing let go of the interpreter lock, so threads do it. The bytes may still be arriving.
"""

from __future__ import annotations

import hashlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from goswitch.errors import ArchiveError
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing
from goswitch.system.zip import Entry, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from goswitch.system.growing import Growing
    from goswitch.system.zip import Directory

_BATCH = 1 << 19
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def make_folders(tree: Path, folders: Iterable[str]) -> None:
    """Make the folders of a tree, parents first; raise DiskError."""
    for folder in folders:
        with doing("create", tree / folder):
            os.mkdir(f"{tree}/{folder}", 0o755)  # noqa: PTH102 - a thousand of them


def write_file(tree: str, name: str, data: bytes | memoryview, *, executable: bool) -> str:
    """Write one new file of a tree and return its sha256 in hex; nothing is followed or overwritten. OSError."""
    descriptor = os.open(f"{tree}/{name}", _FLAGS, 0o755 if executable else 0o644)
    try:
        written = os.write(descriptor, data) if data else 0
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
    finally:
        os.close(descriptor)
    return hashlib.sha256(data).hexdigest()


def unpack_zip(
    growing: Growing, directory: Directory, tree: Path, place: Callable[[str], tuple[str, bool]], since: int
) -> dict[str, str]:
    """Unpack a module zip into `tree` while it arrives; return the sha256 of each file by its raw name, in hex.

    `place` maps a name in the archive to the name in the tree and whether it is executable. `since` is the number of
    restarts at which the directory was read. Raise ArchiveError, DiskError, Restarted, Abandoned.
    """
    make_folders(tree, directory.folders)
    batches = _batches(directory.entries)
    taking = threading.Lock()
    target = str(tree)

    def work() -> dict[str, str]:
        digests = {}
        growing.wait(1, since)
        descriptor = os.open(growing.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            while True:
                with taking:
                    batch = next(batches, None)
                if batch is None:
                    return digests
                start, end = batch[0].start, batch[-1].end
                growing.wait(end, since)
                data = memoryview(os.pread(descriptor, end - start, start))
                if len(data) != end - start:
                    raise ArchiveError("the zip ends too early")
                for entry in batch:
                    out = content(data[entry.start - start : entry.end - start], entry)
                    name, executable = place(entry.name)
                    digests[entry.raw.decode()] = write_file(target, name, out, executable=executable)
                checkpoint("mid-unpack")
        finally:
            os.close(descriptor)

    with doing("unpack into", tree):
        return _merged(work, growing)


def _merged(work: Callable[[], dict[str, str]], growing: Growing) -> dict[str, str]:
    count = os.cpu_count() or 1
    with ThreadPoolExecutor(count, thread_name_prefix="unpack") as pool:
        futures = [pool.submit(work) for _ in range(count)]
        try:
            merged: dict[str, str] = {}
            for future in futures:
                merged |= future.result()
        except BaseException:
            growing.abandon()
            raise
    return merged


def _batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if entry.end - batch[0].start >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
