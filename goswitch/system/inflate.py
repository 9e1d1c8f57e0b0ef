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


_STEP = 1 << 20
_FEED = 1 << 17


@cache
def _library() -> ModuleType:
    try:
        from isal import isal_zlib  # noqa: PLC0415 - loaded when something is unpacked
    except ImportError:
        return zlib
    return isal_zlib  # type: ignore[no-any-return, unused-ignore]


def crc32(data: bytes | memoryview, before: int = 0) -> int:
    """Return the CRC-32 of `data`, behind what has `before` as its CRC-32."""
    return _library().crc32(data, before)  # type: ignore[no-any-return]


def inflated(data: memoryview, size: int) -> Iterator[bytes]:
    """Yield the `size` bytes that the raw deflate stream `data` holds; raise ArchiveError if it holds anything else.

    Never makes many more than `size` bytes of it, whatever the stream says. A piece has a MiB at most, so that what is
    hashed and written next is still in the processor's cache.
    """
    library = _library()
    inflater: Inflater = library.decompressobj(-15)
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
    except library.error as error:
        raise ArchiveError(f"damaged deflate data: {error}") from None
    if not ended or made != size or fed != len(data) or inflater.unused_data:
        raise ArchiveError(f"deflate data does not hold the {size} bytes that were declared")


def gunzip(chunks: Iterator[bytes], step: int = _STEP) -> Iterator[bytes]:
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
