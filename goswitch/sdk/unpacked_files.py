"""Writing the files of an archive: each is inflated, hashed and written once. What is here runs in worker processes.

Where there are none it runs in the process that downloads. `unpacking.py` cuts the work into pieces.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import ArchiveError
from goswitch.system.tar import read_tar
from goswitch.system.zip import Entry, content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, Protocol

    class Counting(Protocol):
        """Chunks, and a count that whoever sends them is told of."""

        count: int

        def __iter__(self) -> Iterator[memoryview]:
            """Yield the chunks."""


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class Placed(NamedTuple):
    """An entry of a zip, its name in the tree, and whether it is a program."""

    entry: Entry
    name: str
    executable: bool


def write_batch(path: str, tree: str, batch: Sequence[tuple[tuple[Any, ...], str, bool]]) -> bytes:
    """Write files that follow each other in the zip `path`; return their sha256, 32 bytes each, in order.

    ArchiveError, OSError.
    """
    placed = [Placed(Entry(*entry), name, executable) for entry, name, executable in batch]
    start, end = placed[0].entry.start, placed[-1].entry.end
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        data = memoryview(os.pread(descriptor, end - start, start))
    finally:
        os.close(descriptor)
    if len(data) != end - start:
        raise ArchiveError("the zip ends too early")
    digests = []
    for entry, name, executable in placed:
        pieces = content(data[entry.start - start : entry.end - start], entry)
        digests.append(write_file(f"{tree}/{name}", pieces, executable=executable))
    return b"".join(digests)


def write_tar(chunks: Counting, root: str, tree: str) -> list[tuple[str, bytes]]:
    """Write the files of a tar whose names begin with `root`; return each name below it with its sha256.

    ArchiveError, OSError.
    """
    made = {""}
    digests = []
    for entry in read_tar(chunks, root):
        make_folders(tree, entry.name if entry.pieces is None else entry.name.rpartition("/")[0], made)
        if entry.pieces is not None:
            digests.append((entry.name, write_file(f"{tree}/{entry.name}", entry.pieces, executable=entry.executable)))
            chunks.count = len(digests)
    return digests


def make_folders(tree: str, folder: str, made: set[str]) -> None:
    """Make a folder below `tree`, and those above it, unless they are among `made`; OSError."""
    missing = []
    while folder not in made:
        missing.append(folder)
        made.add(folder)
        folder = folder.rpartition("/")[0]
    for name in reversed(missing):
        os.mkdir(f"{tree}/{name}", 0o755)  # noqa: PTH102 - a thousand of them


def write_file(path: str, pieces: Iterable[bytes | memoryview], *, executable: bool) -> bytes:
    """Write one new file and return its sha256; nothing is followed or overwritten. OSError."""
    digest = hashlib.sha256()
    descriptor = os.open(path, _FLAGS, 0o755 if executable else 0o644)
    try:
        for piece in pieces:
            written = os.write(descriptor, piece)
            while written < len(piece):
                written += os.write(descriptor, memoryview(piece)[written:])
            digest.update(piece)
    finally:
        os.close(descriptor)
    return digest.digest()
