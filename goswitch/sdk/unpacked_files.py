"""Writing the files of an archive: each is inflated, hashed and written once. What is here runs in worker processes.

Where there are none it runs in the process that downloads. `unpacking.py` cuts the work into pieces.
"""

from __future__ import annotations

import hashlib
import os

from goswitch.errors import ArchiveError
from goswitch.model.distribution import is_program, name_in_tree
from goswitch.system.zip_entries import content, read_entries

TYPE_CHECKING = False  # not typing's: worker processes start without it
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    NotedFile = tuple[str, int, bool]
    """A name below the tree, the size in bytes, and whether it can be executed."""

    class Chunks(Protocol):
        """Chunks, what is noted of the present one, and a count that whoever sends them is told of."""

        count: int
        note: list[NotedFile]

        def __iter__(self) -> Iterator[memoryview]:
            """Yield the chunks."""


JOBS = f"{__name__}:"
"""What the names begin with by which a worker is told of the functions here."""

_LONG = 1 << 16
"""Bytes: of the 9500 files of an SDK 230 are so long, and three quarters of all bytes are in them."""

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


def write_files(chunks: Chunks, tree: str) -> bytes:
    """Write files whose contents lie behind each other in the chunks; return their sha256, 32 bytes each, in order.

    The note of a chunk has a NotedFile for each file that begins in it. ArchiveError, OSError.
    """
    contents = _Contents(chunks)
    digests = []
    while (file := contents.next_file()) is not None:
        name, size, executable = file
        digests.append(write_file(tree, name, contents.read(size), executable=executable))
        chunks.count = len(digests)
    return b"".join(digests)


class _Contents:
    def __init__(self, chunks: Chunks) -> None:
        self._chunks, self._coming = chunks, iter(chunks)
        self._chunk, self._place = memoryview(b""), 0
        self._files: Iterator[NotedFile] = iter(())

    def next_file(self) -> NotedFile | None:
        """Return the next file of which there is a note, None at the end."""
        while (file := next(self._files, None)) is None and self._advance():
            pass
        return file

    def read(self, size: int) -> Iterator[memoryview]:
        """Yield the next `size` bytes as views of the chunks that they lie in."""
        while True:
            piece = self._chunk[self._place : self._place + size]
            self._place += len(piece)
            size -= len(piece)
            yield piece
            if not size:
                return
            if not self._advance():
                raise ArchiveError("the content of a file is cut off")

    def _advance(self) -> bool:
        chunk = next(self._coming, None)
        if chunk is None:
            return False
        self._chunk, self._place, self._files = chunk, 0, iter(self._chunks.note)
        return True


def write_file(tree: str, name: str, pieces: Iterable[bytes | bytearray | memoryview], *, executable: bool) -> bytes:
    """Write one new file of `tree`, and the folders that it needs, and return its sha256.

    Nothing is followed or overwritten. OSError.
    """
    path, mode = f"{tree}/{name}", 0o755 if executable else 0o644
    try:
        descriptor = os.open(path, _FLAGS, mode)
    except FileNotFoundError:
        make_folder(tree, name.rpartition("/")[0])
        descriptor = os.open(path, _FLAGS, mode)
    digest = hashlib.sha256()
    size = 0
    try:
        for piece in pieces:
            written = os.write(descriptor, piece)
            while written < len(piece):
                written += os.write(descriptor, memoryview(piece)[written:])
            digest.update(piece)
            size += len(piece)
        if size >= _LONG:
            _begin_to_sync(descriptor)
    finally:
        os.close(descriptor)
    return digest.digest()


def _begin_to_sync(descriptor: int) -> None:
    """Let Linux bring a file to the disk from now on, without waiting: the one sync at the end then finds less to do.

    It does so for a file that is said not to be needed any more, of which it forgets what is on the disk already.
    """
    if hasattr(os, "posix_fadvise"):
        try:  # noqa: SIM105 - contextlib would take longer to import than all that is saved here
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        except OSError:
            pass  # some kernels are built without; it is only advice


def make_folder(tree: str, folder: str) -> None:
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
        make_folder(tree, above)
        make_folder(tree, folder)
