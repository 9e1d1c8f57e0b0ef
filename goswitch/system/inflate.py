"""Inflating, and the one home of isal, which is twice as fast as zlib, and of deflate, which is faster still.

isal is for streams, deflate (libdeflate's binding) for what is inflated in one go. Where they have no wheel, zlib does
the same.
"""

from __future__ import annotations

import struct

from goswitch.errors import ArchiveError

try:
    from isal import isal_zlib

    _library: ModuleType = isal_zlib
except ImportError:
    import zlib

    _library = zlib
try:
    import deflate

    _whole_library: ModuleType | None = deflate
except ImportError:
    _whole_library = None

TYPE_CHECKING = False  # not typing's: worker processes start without it
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType
    from typing import Protocol

    class Inflater(Protocol):
        """What zlib's and isal's decompression objects share."""

        @property
        def eof(self) -> bool:
            """Whether the end of the stream was seen."""

        @property
        def unused_data(self) -> bytes:
            """What follows the end of the stream."""

        @property
        def unconsumed_tail(self) -> bytes:
            """Input that awaits room for its output."""

        def decompress(self, data: bytes | memoryview, max_length: int = 0, /) -> bytes:
            """Return at most `max_length` bytes."""


_GZIP_HEADER = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
_GZIP_FOOTER = struct.Struct("<2L")
_STEP = 1 << 19  # twice as much, and the C library gives memory back to the system after each step
_FEED = 1 << 17


def crc32(data: bytes | memoryview, before: int = 0) -> int:
    """Return the CRC-32 of `data`, behind what has `before` as its CRC-32."""
    return _library.crc32(data, before)  # type: ignore[no-any-return]


def inflated_at_once(data: memoryview, start: int, stop: int, size: int, crc: int) -> bytearray | None:
    """Return the `size` bytes, with this CRC-32, that the raw deflate stream `data[start:stop]` holds.

    Return None if it holds anything else, or if no library is there that does it faster than `inflated`, which tells
    what is wrong. The 10 bytes before it and the 8 behind it are overwritten.
    """
    if _whole_library is None or not size:
        return None
    # As a gzip file (RFC 1952), so that one call checks the CRC and the size too, and that nothing follows.
    start -= len(_GZIP_HEADER)
    data[start : start + len(_GZIP_HEADER)] = _GZIP_HEADER
    _GZIP_FOOTER.pack_into(data, stop, crc, size)
    try:
        whole: bytearray = _whole_library.gzip_decompress(data[start : stop + _GZIP_FOOTER.size], size)
    except _whole_library.DeflateError:
        return None
    return whole


def inflated(data: memoryview, size: int) -> Iterator[bytes]:
    """Yield the `size` bytes that the raw deflate stream `data` holds; raise ArchiveError if it holds anything else.

    Never makes many more than `size` bytes of it, whatever the stream says. A piece has half a MiB at most, so that
    what is hashed and written next is still in the processor's cache.
    """
    inflater: Inflater = _library.decompressobj(-15)
    made = fed = 0
    ended = False
    try:
        while fed < len(data) and made <= size and not ended:
            piece: memoryview | bytes = data[fed : fed + _FEED]
            fed += len(piece)
            while out := inflater.decompress(piece, _STEP):
                made += len(out)
                yield out
                if inflater.eof or made > size:
                    break
                piece = inflater.unconsumed_tail
            ended = inflater.eof
    except _library.error as error:
        raise ArchiveError(f"damaged deflate data: {error}") from None
    if not ended or made != size or fed != len(data) or inflater.unused_data:
        raise _another_size(size)


def _another_size(size: int) -> ArchiveError:
    return ArchiveError(f"deflate data does not hold the {size} bytes that were declared")


def gunzip(chunks: Iterator[bytes], step: int = _STEP) -> Iterator[bytes]:
    """Yield the content of one gzip member, at most `step` bytes at a time, its CRC and length checked.

    Raise ArchiveError for damage, and for anything behind the member: Go's archives have nothing there.
    """
    inflater: Inflater = _library.decompressobj(31)
    ended = False
    try:
        for chunk in chunks:
            if ended:
                raise ArchiveError("something follows the end of the gzip data")
            data = chunk
            while out := inflater.decompress(data, step):
                yield out
                if inflater.eof:
                    break
                data = inflater.unconsumed_tail
            ended = inflater.eof
    except (_library.error, EOFError) as error:
        raise ArchiveError(f"damaged gzip data: {error}") from None
    if not ended:
        raise ArchiveError("the gzip data ends too early")
    if inflater.unused_data:
        raise ArchiveError("something follows the end of the gzip data")
