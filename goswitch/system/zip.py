"""Reading where the entries of a module zip lie, by its central directory (PKWARE's APPNOTE 4.3).

This process finds the directory, cuts it into pieces and checks all names; whoever unpacks a piece reads its rows with
`zip_entries.py`. Together they take what Go's module zips are (`golang.org/x/mod/zip`) and refuse the rest: no
encryption, no zip64, no folders, links or comments, only stored and deflated files; the entries fill the file from its
first byte to the central directory without gap or overlap, and each local header and descriptor agrees with the
directory. So no two readers can see two different archives in it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import ArchiveError
from goswitch.system.archive_names import MOST_BYTES, MOST_ENTRIES, NameGuard
from goswitch.system.zip_entries import ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = struct.Struct("<4s4H2LH")
_EXTENT = struct.Struct("<24xL3H8xL")
"""Of a row: the size, how long name, extra field and comment are, and where the entry begins."""


class Directory(NamedTuple):
    """The central directory: how many entries it has, its rows, and where it begins, which is where the data ends."""

    total: int
    rows: bytes
    limit: int
    root: str


class Piece(NamedTuple):
    """Entries that follow each other: their rows, their names below the root, where they begin and end in the zip."""

    rows: bytes
    names: list[str]
    start: int
    end: int


class Incomplete(Exception):
    """The tail given is too short for the central directory. `needed` is how many bytes at the end would do."""

    def __init__(self, needed: int) -> None:
        super().__init__(needed)
        self.needed = needed


def read_directory(tail: memoryview, size: int, root: str) -> Directory:
    """Read the central directory out of `tail`, the last bytes of a zip of `size` bytes whose names begin with `root`.

    Raise ArchiveError for what no module zip has, Incomplete if the directory begins before the tail.
    """
    if len(tail) < _END.size:
        raise ArchiveError("the zip is too short")
    signature, disk, first_disk, here, count, length, offset, comment = _END.unpack(tail[-_END.size :])
    if signature != b"PK\5\6" or comment != 0:
        raise ArchiveError("the zip does not end with its directory")
    if disk or first_disk or here != count or not 0 < count <= MOST_ENTRIES:
        raise ArchiveError(f"the zip declares {count} entries or several disks")
    if offset + length + _END.size != size:
        raise ArchiveError("the zip's directory is not where its end says")
    if length + _END.size > len(tail):
        raise Incomplete(length + _END.size)
    return Directory(count, bytes(tail[len(tail) - _END.size - length : len(tail) - _END.size]), offset, root)


def pieces(directory: Directory, least: int) -> Iterator[Piece]:
    """Yield the entries in pieces of at least `least` bytes of the zip, in its order; raise ArchiveError.

    They are looked at as they are taken, so that unpacking begins before all were.
    """
    total, rows, limit, root = directory
    guard = NameGuard(root)
    place = first = start = 0
    names: list[str] = []
    for _ in range(total):
        if place + ROW > len(rows):
            raise ArchiveError("the zip's directory is cut off")
        size, name_length, extra_length, comment_length, begin = _EXTENT.unpack_from(rows, place)
        if begin - start >= least and names:
            yield Piece(rows[first:place], names, start, begin)
            first, start, names = place, begin, []
        place += ROW
        raw = rows[place : place + name_length]
        if size > MOST_BYTES:
            raise ArchiveError(f"the zip declares {size} bytes for {raw!r}")
        names.append(guard.file(raw, size))
        place += name_length + extra_length + comment_length
    if place < len(rows):
        raise ArchiveError("the zip's directory has more in it than its entries")
    if place > len(rows):
        raise ArchiveError("the zip's directory is cut off")
    yield Piece(rows[first:place], names, start, limit)
