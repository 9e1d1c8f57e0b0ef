"""A strict reader of module zips, by their central directory.

It takes what Go's module zips are (`golang.org/x/mod/zip`, PKWARE's APPNOTE 4.3) and refuses the rest: no encryption,
no zip64, no folders, links or comments, only stored and deflated files; the entries fill the file from its first byte
to the central directory without gap or overlap, and each local header and descriptor agrees with the directory. So no
two readers can see two different archives in it. Contents are read from any thread, each on its own.
"""

from __future__ import annotations

import stat
import struct
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import ArchiveError
from goswitch.system.archive_names import MOST_BYTES, MOST_ENTRIES, NameGuard
from goswitch.system.inflate import crc32, inflated

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Row = tuple[bytes, int, int, int, int, int, int]

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR = struct.Struct("<4s3L")

_STORED, _DEFLATED = 0, 8
_DESCRIBED = 0x8
_ALLOWED_FLAGS = 0x8 | 0x800 | 0x6  # sizes behind the data, UTF-8 names, the deflater's own hints
_UNIX = 3
_ZIP64 = 0xFFFFFFFF
_ALLOWED_EXTRAS = frozenset({0x5455, 0x7875, 0x000A})  # times and owners, all ignored
_NEWEST_VERSION = 20
_LEAST_RATIO = 1100  # deflate makes at most 1032 bytes of one


class Entry(NamedTuple):
    """One file: its name below the root, its raw name, where its data lies. `end` is where the next entry begins."""

    name: str
    raw: bytes
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    start: int
    end: int


class Directory(NamedTuple):
    """The central directory: how many entries it has, and they, checked one by one as they are taken.

    They come in the order of the file, so that unpacking begins before all of them were looked at.
    """

    total: int
    entries: Iterator[Entry]


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
    directory = tail[len(tail) - _END.size - length : len(tail) - _END.size]
    return Directory(count, _entries(directory, count, offset, NameGuard(root)))


def _entries(directory: memoryview, count: int, limit: int, guard: NameGuard) -> Iterator[Entry]:
    """Yield the entries of a directory, each once the next one has shown where its data ends; raise ArchiveError."""
    rows = _rows(directory, count, limit)
    row = next(rows)
    if row[-1] != 0:
        raise ArchiveError(f"the zip's entries overlap or leave gaps at {row[0]!r}")
    for following in rows:
        yield _entry(row, following[-1], guard)
        row = following
    yield _entry(row, limit, guard)


def _entry(row: _Row, end: int, guard: NameGuard) -> Entry:
    raw, flags, method, crc, packed, size, start = row
    if end - start < _LOCAL.size + len(raw) + packed:
        raise ArchiveError(f"the zip's entries overlap or leave gaps at {raw!r}")
    if size > packed * _LEAST_RATIO + _LEAST_RATIO or size > MOST_BYTES:
        raise ArchiveError(f"the zip declares {size} bytes for {raw!r}")
    return Entry(guard.file(raw, size), raw, method, flags, crc, packed, size, start, end)


def _rows(directory: memoryview, count: int, limit: int) -> Iterator[_Row]:
    place = 0
    for _ in range(count):
        if place + _CENTRAL.size > len(directory):
            raise ArchiveError("the zip's directory is cut off")
        (signature, made, needs, flags, method, _, _, crc, packed, size, name_length, extra_length, comment, disk, _,
         attributes, start) = _CENTRAL.unpack_from(directory, place)  # fmt: skip
        place += _CENTRAL.size
        raw = bytes(directory[place : place + name_length])
        place += name_length
        if extra_length:
            if not _is_known_extra(bytes(directory[place : place + extra_length])):
                raise _odd_extra(raw)
            place += extra_length
        if signature != b"PK\1\2" or comment or disk or place > len(directory):
            raise ArchiveError("the zip's directory is damaged")
        if needs > _NEWEST_VERSION or flags & ~_ALLOWED_FLAGS or method not in {_STORED, _DEFLATED}:
            raise ArchiveError(f"the zip holds {raw!r} in a way that Go does not use")
        if attributes:
            _check_attributes(made, attributes, raw)
        if start >= limit or _ZIP64 in (packed, size, start) or (method == _STORED and packed != size):
            raise ArchiveError(f"the zip declares impossible sizes for {raw!r}")
        yield raw, flags, method, crc, packed, size, start
    if place != len(directory):
        raise ArchiveError("the zip's directory has more in it than its entries")


def _check_attributes(made: int, attributes: int, raw: bytes) -> None:
    mode = attributes >> 16
    if made >> 8 == _UNIX and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise ArchiveError(f"the zip holds {raw!r}, which is no regular file")
    if mode & (stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX) or attributes & 0x10:
        raise ArchiveError(f"the zip holds {raw!r} with a mode that no Go release has")


@lru_cache(maxsize=64)  # one archive says the same of all its files
def _is_known_extra(extra: bytes) -> bool:
    while extra:
        if len(extra) < 4:  # noqa: PLR2004 - a header is an id and a length of two bytes each
            return False
        kind, length = struct.unpack_from("<2H", extra)
        if kind not in _ALLOWED_EXTRAS or length + 4 > len(extra):
            return False
        extra = extra[4 + length :]
    return True


def _odd_extra(raw: bytes) -> ArchiveError:
    return ArchiveError(f"the zip has extra data for {raw!r} that Go does not use")


def content(data: memoryview, entry: Entry) -> Iterator[bytes | memoryview]:
    """Yield the content of a file in pieces, checked against what the directory declares; raise ArchiveError.

    `data` is the zip from `entry.start` to `entry.end`. What was yielded counts for nothing until the end is reached.
    """
    (signature, _, flags, method, _, _, crc, packed, size, name_length, extra_length) = _LOCAL.unpack_from(data)
    begin = _LOCAL.size + name_length + extra_length
    end = begin + entry.packed
    name = data[_LOCAL.size : _LOCAL.size + name_length]
    if signature != b"PK\3\4" or (flags, method) != (entry.flags, entry.method) or name != entry.raw or end > len(data):
        raise ArchiveError(f"the zip's header of {entry.raw!r} does not agree with its directory")
    declared = (entry.crc, entry.packed, entry.size)
    if flags & _DESCRIBED:
        agrees = len(data) - end == _DESCRIPTOR.size and _DESCRIPTOR.unpack_from(data, end) == (b"PK\7\10", *declared)
        agrees = agrees and (crc, packed, size) in {(0, 0, 0), declared}
    else:
        agrees = len(data) == end and (crc, packed, size) == declared
    if not agrees:
        raise ArchiveError(f"the zip's sizes of {entry.raw!r} do not agree with its directory")
    if extra_length and not _is_known_extra(bytes(data[begin - extra_length : begin])):
        raise _odd_extra(entry.raw)
    found = 0
    for piece in (data[begin:end],) if entry.method == _STORED else inflated(data[begin:end], entry.size):
        found = crc32(piece, found)
        yield piece
    if found != entry.crc:
        raise ArchiveError(f"the zip's content of {entry.raw!r} is damaged (CRC)")
