"""Reading entries of a module zip: their rows in the central directory, and their content, checked against each other.

`zip.py` says what is taken and what is refused. What is here runs in worker processes, each piece in any of them.
"""

from __future__ import annotations

import stat
import struct

from goswitch.errors import ArchiveError
from goswitch.system.inflate import crc32, inflated, inflated_at_once

TYPE_CHECKING = False  # not typing's: worker processes start without it
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    Entry = tuple[bytes, int, int, int, int, int, int, int]
    """Raw name, flags, method, CRC-32, packed size, size, where its header begins, and where the next entry begins."""

_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_DESCRIPTOR = struct.Struct("<4s3L")
ROW = _CENTRAL.size
"""The bytes of a row in the directory without its name and extra field."""

_STORED, _DEFLATED = 0, 8
_DESCRIBED = 0x8
_ALLOWED_FLAGS = 0x8 | 0x800 | 0x6  # sizes behind the data, UTF-8 names, the deflater's own hints
_ALLOWED_EXTRAS = frozenset({0x5455, 0x7875, 0x000A})  # times and owners, all ignored
_UNIX = 3
_ZIP64 = 0xFFFFFFFF
_NEWEST_VERSION = 20
_NOTHING_MORE = [0, 0, 0, 0]  # comment, disk, attributes of both kinds
_LEAST_RATIO = 1100  # deflate makes at most 1032 bytes of one
_SMALL = 16 << 20
"""In bytes: up to here content is inflated in one go, which is faster and takes memory."""


def read_entries(rows: bytes, start: int, end: int) -> list[Entry]:
    """Return the entries of a piece of the directory, which fill the zip from `start` to `end`; raise ArchiveError."""
    found: list[Entry] = []
    place, known = 0, b""
    while place < len(rows):
        row = _CENTRAL.unpack_from(rows, place)
        signature, _, needs, flags, method, _, _, crc, packed, size, name_length, extra_length, *more, begin = row
        middle = place + ROW + name_length
        raw = rows[place + ROW : middle]
        place = middle + extra_length
        if extra_length:
            extra = rows[middle:place]
            if extra != known and not _is_known_extra(extra):
                raise _odd_extra(raw)
            known = extra  # one archive says the same of all its files
        odd = signature != b"PK\1\2" or needs > _NEWEST_VERSION or flags & ~_ALLOWED_FLAGS or more != _NOTHING_MORE
        if odd or method != _DEFLATED or packed == _ZIP64 or size > packed * _LEAST_RATIO + _LEAST_RATIO:
            _check_row(row, raw)
        if begin != start:
            raise ArchiveError(f"the zip's entries overlap or leave gaps at {raw!r}")
        # Where the next entry begins is where this one's data ends.
        start = int.from_bytes(rows[place + ROW - 4 : place + ROW], "little") if place < len(rows) else end
        if start - begin < _LOCAL.size + name_length + packed:
            raise ArchiveError(f"the zip's entries overlap or leave gaps at {raw!r}")
        found.append((raw, flags, method, crc, packed, size, begin, start))
    return found


def _check_row(row: tuple[Any, ...], raw: bytes) -> None:
    """Raise ArchiveError for a row that no module zip has."""
    signature, made, needs, flags, method, _, _, _, packed, size, _, _, comment, disk, _, attributes, _ = row
    if signature != b"PK\1\2" or comment or disk:
        raise ArchiveError("the zip's directory is damaged")
    if needs > _NEWEST_VERSION or flags & ~_ALLOWED_FLAGS or method not in {_STORED, _DEFLATED}:
        raise ArchiveError(f"the zip holds {raw!r} in a way that Go does not use")
    mode = attributes >> 16
    if made >> 8 == _UNIX and stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        raise ArchiveError(f"the zip holds {raw!r}, which is no regular file")
    if mode & (stat.S_ISUID | stat.S_ISGID | stat.S_ISVTX) or attributes & 0x10:
        raise ArchiveError(f"the zip holds {raw!r} with a mode that no Go release has")
    if packed == _ZIP64 or (method == _STORED and packed != size):
        raise ArchiveError(f"the zip declares impossible sizes for {raw!r}")
    if size > packed * _LEAST_RATIO + _LEAST_RATIO:
        raise ArchiveError(f"the zip declares {size} bytes for {raw!r}")


def content(data: memoryview, origin: int, entry: Entry) -> Iterable[bytes | bytearray | memoryview]:
    """Return the content of a file in pieces, or raise ArchiveError: at once, or when the last piece was taken.

    `data` is the zip from the offset `origin` on; headers in it are overwritten. What was yielded counts for nothing
    until the end is reached.
    """
    raw, flags, method, crc, packed, size, start, end = entry
    start -= origin
    end -= origin
    signature, _, own_flags, own_method, _, _, own_crc, own_packed, own_size, name_length, extra_length = (
        _LOCAL.unpack_from(data, start)
    )
    begin = start + _LOCAL.size
    name = data[begin : begin + name_length]
    begin += name_length + extra_length
    stop = begin + packed
    if signature != b"PK\3\4" or own_flags != flags or own_method != method or name != raw or stop > end:
        raise ArchiveError(f"the zip's header of {raw!r} does not agree with its directory")
    own, declared = (own_crc, own_packed, own_size), (crc, packed, size)
    if flags & _DESCRIBED:
        agrees = end - stop == _DESCRIPTOR.size and _DESCRIPTOR.unpack_from(data, stop) == (b"PK\7\10", *declared)
        agrees = agrees and own in {(0, 0, 0), declared}
    else:
        agrees = stop == end and own == declared
    if not agrees:
        raise ArchiveError(f"the zip's sizes of {raw!r} do not agree with its directory")
    if extra_length and not _is_known_extra(bytes(data[begin - extra_length : begin])):
        raise _odd_extra(raw)
    if flags & _DESCRIBED and method == _DEFLATED and size <= _SMALL:
        whole = inflated_at_once(data, begin, stop, size, crc)
        if whole is not None:
            return (whole,)
    return _in_pieces(data[begin:stop], entry)


def _in_pieces(data: memoryview, entry: Entry) -> Iterator[bytes | memoryview]:
    raw, _, method, crc, _, size, _, _ = entry
    found = 0
    for piece in (data,) if method == _STORED else inflated(data, size):
        found = crc32(piece, found)
        yield piece
    if found != crc:
        raise ArchiveError(f"the zip's content of {raw!r} is damaged (CRC)")


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
