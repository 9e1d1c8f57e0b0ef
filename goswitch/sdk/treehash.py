"""What the files of a tree are: the sha256 and the mode of each, on all cores.

Reading and hashing let go of the interpreter lock, so threads do it; files are read in the order of their inodes, which
is nearly that of the disk.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from goswitch.model.layout import MARKER, OWN
from goswitch.sdk.reporter import FileCount, Silent
from goswitch.system.files import doing

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.sdk.reporter import Reporter

_AT_ONCE = 1 << 18
_BATCH = 16
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC

UNREADABLE = ""
"""Stands for the sha256 of a file that we may not read."""


class Seen(NamedTuple):
    """One file: its sha256 in hex (None for a link or a special file, which no release has) and its mode."""

    digest: str | None
    mode: int


def read_tree(tree: Path, reporter: Reporter | None = None, label: str = "") -> dict[str, Seen]:
    """Return what every file of `tree` is, by its name below it; without the marker and our own folder.

    `reporter` is told how many files are read, as a task called `label`. Raise DiskError.
    """
    reporter = reporter or Silent()
    with doing("read", tree):
        regular, others = _walk(str(tree))
        names = [name for _, name in sorted(regular)]
        batches = [names[start : start + _BATCH] for start in range(0, len(names), _BATCH)]
        batches.reverse()
        reporter.start_files(label, len(names))
        counted = FileCount(reporter, len(names))

        def work() -> dict[str, Seen]:
            space = bytearray(_AT_ONCE)
            seen: dict[str, Seen] = {}
            while True:
                try:
                    batch = batches.pop()  # one step of the interpreter: no lock is needed
                except IndexError:
                    return seen
                for name in batch:
                    seen[name] = _look(f"{tree}/{name}", space)
                counted.add(len(batch))

        count = os.cpu_count() or 1
        with ThreadPoolExecutor(count, thread_name_prefix="hash") as pool:
            found = {name: Seen(None, os.lstat(f"{tree}/{name}").st_mode) for name in others}
            try:
                for future in [pool.submit(work) for _ in range(count)]:
                    found |= future.result()
            except BaseException:
                batches.clear()  # the others are waited for
                raise
    reporter.finish()
    return found


def _walk(tree: str) -> tuple[list[tuple[int, str]], list[str]]:
    """Return inode and name of every regular file of a tree, and the names of everything else that is no folder."""
    regular: list[tuple[int, str]] = []
    others: list[str] = []
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(f"{tree}/{folder}") as entries:
            for entry in entries:
                name = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    if name != OWN:
                        folders.append(f"{name}/")
                elif not entry.is_file(follow_symlinks=False):
                    others.append(name)
                elif name != MARKER:
                    regular.append((entry.inode(), name))
    return regular, others


def _look(path: str, space: bytearray) -> Seen:
    try:
        descriptor = os.open(path, _FLAGS)
    except PermissionError:
        return Seen(UNREADABLE, os.lstat(path).st_mode)
    try:
        mode = os.fstat(descriptor).st_mode
        count = os.readv(descriptor, [space])
        view = memoryview(space)
        whole = hashlib.sha256(view[:count])
        while count == _AT_ONCE:
            count = os.readv(descriptor, [space])
            whole.update(view[:count])
    finally:
        os.close(descriptor)
    return Seen(whole.hexdigest(), mode)
