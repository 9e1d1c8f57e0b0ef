"""A strict reader of tar streams, for Go's official archives.

It takes regular files and folders with ustar headers (POSIX.1-1988, the `prefix` field too), and what long names need:
pax `path` records and GNU `L` entries (Go 1.9 and older were packed by tools that wrote those). All else is refused:
links, devices, sparse files, global headers, old-style entries, pax records that change sizes or owners' meaning, a
wrong checksum, a missing end, anything but zeros behind it.
"""

from __future__ import annotations

from goswitch.errors import ArchiveError
from goswitch.system.archive_names import LONGEST_NAME, MOST_BYTES, NameGuard
from goswitch.system.tar_header import BLOCK, FILE, FOLDER, GNU_NAME, PAX, HeaderReader, pax_path

TYPE_CHECKING = False  # not typing's: worker processes start without it
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ZEROS = bytes(BLOCK)
_END_BLOCKS = 2
_LONGEST_HEADER = 8192
_MOST_MODE = 0o777


class Entry:
    """One entry below the root folder: a file with its content in pieces, or a folder (`pieces` is None).

    The pieces are views of the stream's own chunks, read as they are taken: nothing is copied on the way from inflating
    to writing, and no file is ever whole in memory. What was not taken when the next entry is asked for is passed over.
    """

    __slots__ = ("executable", "name", "pieces", "size")

    def __init__(self, name: str, pieces: Iterable[memoryview] | None, size: int, *, executable: bool) -> None:
        self.name, self.executable, self.pieces, self.size = name, executable, pieces, size


def read_tar(chunks: Iterable[bytes | memoryview], root: str) -> Iterator[Entry]:
    """Yield the entries of a tar stream whose names all begin with `root` (with its slash); raise ArchiveError.

    The folder entry of the root itself is left out.
    """
    stream, guard, headers = _Stream(chunks), NameGuard(root), HeaderReader()
    long_name: bytes | None = None
    while (block := stream.take(BLOCK)) != _ZEROS:
        kind, raw, size, mode, plain = headers.read(block)
        if kind in {PAX, GNU_NAME}:
            long_name = _long_name(stream, kind, size, long_name)
            continue
        if long_name:
            raw, long_name = long_name, None
        if not plain or mode > _MOST_MODE or (size and kind == FOLDER):
            raise _refused(raw, mode, size, plain=plain)
        if kind == FILE:
            name = guard.file(raw, size)
            pieces = stream.padded(size)
            yield Entry(name, pieces, size, executable=bool(mode & 0o111))
            if type(pieces) is not tuple:
                for _ in pieces:
                    pass
        elif name := guard.folder(raw):
            yield Entry(name, None, 0, executable=True)
    if long_name is not None or any(stream.take(BLOCK) != _ZEROS for _ in range(_END_BLOCKS - 1)):
        raise ArchiveError("the tar has no proper end")
    stream.require_zeros()


def _long_name(stream: _Stream, kind: bytes, size: int, before: bytes | None) -> bytes | None:
    """Return the name that an extended header gives to the entry behind it, if any; raise ArchiveError."""
    if before is not None or size > _LONGEST_HEADER:
        raise ArchiveError("the tar has a misplaced or oversized extended header")
    data = b"".join(bytes(piece) for piece in stream.padded(size))
    name = pax_path(data) if kind == PAX else data.removesuffix(b"\0")
    if name is not None and (b"\0" in name or len(name) > LONGEST_NAME):
        raise ArchiveError(f"the tar has a forbidden name: {name[:60]!r}")
    return name


def _refused(raw: bytes, mode: int, size: int, *, plain: bool) -> ArchiveError:
    if not plain:
        return ArchiveError(f"the tar holds {raw!r}, which is neither a file nor a folder")
    return ArchiveError(f"the tar holds {raw!r} with the mode {mode:o} and {size} bytes")


class _Stream:
    """Bytes by count from chunks of any size."""

    def __init__(self, chunks: Iterable[bytes | memoryview]) -> None:
        self._chunks = iter(chunks)
        self._chunk = memoryview(b"")
        self._place = 0

    def take(self, count: int) -> bytes:
        place = self._place
        if len(self._chunk) - place >= count:
            self._place = place + count
            return bytes(self._chunk[place : place + count])
        return b"".join(bytes(piece) for piece in self.pieces(count))  # a view dies with the next chunk

    def pieces(self, count: int) -> Iterator[memoryview]:
        """Yield the next `count` bytes as views of the chunks that they lie in; raise ArchiveError at the end."""
        while True:
            piece = self._chunk[self._place : self._place + count]
            if piece:
                self._place += len(piece)
                count -= len(piece)
                yield piece
            if not count:
                return
            chunk = next(self._chunks, None)
            if chunk is None:
                raise ArchiveError("the tar ends too early")
            self._chunk, self._place = memoryview(chunk), 0

    def padded(self, count: int) -> tuple[memoryview, ...] | Iterator[memoryview]:
        """Return the next `count` bytes as `pieces` does, and pass over what fills their last block."""
        start, end = self._place, self._place + count
        after = end + -count % BLOCK
        if after <= len(self._chunk):
            self._place = after
            return (self._chunk[start:end],)
        return self._across(count)

    def _across(self, count: int) -> Iterator[memoryview]:
        if count:
            yield from self.pieces(count)
        if padding := -count % BLOCK:
            self.take(padding)

    def require_zeros(self) -> None:
        """Read to the end, so that a checksum behind it is checked; raise ArchiveError for anything but zeros."""
        rest = bytes(self._chunk[self._place :])
        total = 0
        while True:
            total += len(rest)
            if rest.strip(b"\0") or total > MOST_BYTES:
                raise ArchiveError("something follows the end of the tar")
            following = next(self._chunks, None)
            if following is None:
                return
            rest = bytes(following)
