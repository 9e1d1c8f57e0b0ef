"""Inflating, and the one home of isal, which is twice as fast as zlib; where it has no wheel, zlib does the same."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING

from goswitch.errors import ArchiveError

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


@cache
def _library() -> ModuleType:
    try:
        from isal import isal_zlib  # noqa: PLC0415 - loaded when something is unpacked
    except ImportError:
        return zlib
    return isal_zlib  # type: ignore[no-any-return, unused-ignore]


def crc32(data: bytes | memoryview) -> int:
    """Return the CRC-32 of `data`."""
    return _library().crc32(data)  # type: ignore[no-any-return]


def inflate(data: memoryview, size: int) -> bytes:
    """Return the `size` bytes that the raw deflate stream `data` holds; raise ArchiveError if it holds anything else.

    Never makes more than `size` + 1 bytes of it, whatever the stream says.
    """
    library = _library()
    inflater: Inflater = library.decompressobj(-15)
    try:
        out = inflater.decompress(data, size + 1)
    except library.error as error:
        raise ArchiveError(f"damaged deflate data: {error}") from None
    if not inflater.eof or len(out) != size or inflater.unused_data:
        raise ArchiveError(f"deflate data does not hold the {size} bytes that were declared")
    return out


def gunzip(chunks: Iterator[bytes], step: int = 1 << 20) -> Iterator[bytes]:
    """Yield the content of one gzip member, at most `step` bytes at a time, its CRC and length checked.

    Raise ArchiveError for damage, and for anything behind the member: Go's archives have nothing there.
    """
    library = _library()
    inflater: Inflater = library.decompressobj(31)
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
    except (library.error, EOFError) as error:
        raise ArchiveError(f"damaged gzip data: {error}") from None
    if not ended:
        raise ArchiveError("the gzip data ends too early")
    if inflater.unused_data:
        raise ArchiveError("something follows the end of the gzip data")
