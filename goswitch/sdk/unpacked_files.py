"""Writing the files of an archive: each is inflated, hashed and written once. What is here runs in worker processes.

Where there are none it runs in the process that downloads. `unpacking.py` cuts the work into pieces.
"""

from __future__ import annotations

import hashlib
import os

from goswitch.errors import ArchiveError
from goswitch.model.distribution import is_program, name_in_tree
from goswitch.system.tar import read_tar
from goswitch.system.zip_entries import content, read_entries

TYPE_CHECKING = False  # not typing's: worker processes start without it
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    class Counting(Protocol):
        """Chunks, and a count that whoever sends them is told of."""

        count: int

        def __iter__(self) -> Iterator[memoryview]:
            """Yield the chunks."""


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write_zip(path: str, tree: str, rows: bytes, names: Sequence[str], start: int, end: int) -> bytes:
    """Write the files of a piece of the zip `path` (`zip.Piece`); return their sha256, 32 bytes each, in order.

    ArchiveError, OSError.
    """
    entries = read_entries(rows, start, end)
    data = memoryview(bytearray(end - start))
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - pathlib would take longer to import than this to run
        file.seek(start)
        if file.readinto(data) != len(data):
            raise ArchiveError("the zip ends too early")
    digests = []
    for entry, below in zip(entries, names, strict=True):
        name = name_in_tree(below)
        digests.append(write_file(tree, name, content(data, start, entry), executable=is_program(name)))
    return b"".join(digests)


def write_tar(chunks: Counting, root: str, tree: str) -> list[tuple[str, bytes]]:
    """Write the files of a tar whose names begin with `root`; return each name below it with its sha256.

    ArchiveError, OSError.
    """
    digests = []
    for entry in read_tar(chunks, root):
        if entry.pieces is None:
            _make_folder(tree, entry.name)
        else:
            digests.append((entry.name, write_file(tree, entry.name, entry.pieces, executable=entry.executable)))
            chunks.count = len(digests)
    return digests


def write_file(tree: str, name: str, pieces: Iterable[bytes | bytearray | memoryview], *, executable: bool) -> bytes:
    """Write one new file of `tree`, and the folders that it needs, and return its sha256.

    Nothing is followed or overwritten. OSError.
    """
    path, mode = f"{tree}/{name}", 0o755 if executable else 0o644
    try:
        descriptor = os.open(path, _FLAGS, mode)
    except FileNotFoundError:
        _make_folder(tree, name.rpartition("/")[0])
        descriptor = os.open(path, _FLAGS, mode)
    digest = hashlib.sha256()
    try:
        for piece in pieces:
            written = os.write(descriptor, piece)
            while written < len(piece):
                written += os.write(descriptor, memoryview(piece)[written:])
            digest.update(piece)
    finally:
        os.close(descriptor)
    return digest.digest()


def _make_folder(tree: str, folder: str) -> None:
    """Make a folder below `tree`, and those above it. Another worker may do the same now. OSError."""
    if not folder:
        return
    try:
        os.mkdir(f"{tree}/{folder}", 0o755)  # noqa: PTH102 - a thousand of them
    except FileExistsError:
        pass
    except FileNotFoundError:
        above = folder.rpartition("/")[0]
        if not above:
            raise
        _make_folder(tree, above)
        _make_folder(tree, folder)
