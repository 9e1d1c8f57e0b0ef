"""A strict reader of tar streams, for Go's official archives.

It takes regular files and folders with ustar headers (POSIX.1-1988, the `prefix` field too), and what long names need:
pax `path` records and GNU `L` entries (Go 1.9 and older were packed by tools that wrote those). All else is refused:
links, devices, sparse files, global headers, old-style entries, pax records that change sizes or owners' meaning, a
wrong checksum, a missing end, anything but zeros behind it.
"""

from __future__ import annotations

from zlib import adler32

from goswitch.errors import ArchiveError
from goswitch.system.archive_names import LONGEST_NAME, MOST_BYTES, NameGuard

TYPE_CHECKING = False  # not typing's: worker processes start without it
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BLOCK = 512
_ZEROS = bytes(_BLOCK)
_NO_LINK = bytes(100)
_END_BLOCKS = 2
_FILE, _FOLDER, _PAX, _GNU_NAME = b"0", b"5", b"x", b"L"
_USTAR, _GNU = b"ustar\x0000", b"ustar  \x00"
_LONGEST_HEADER = 8192
_IGNORED_PAX = frozenset({"mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment"})
_MOST_MODE = 0o777
_MOST_KNOWN = 4096

_known: dict[bytes, int] = {}
"""Numbers read before: one archive has few modes and sizes."""


class Entry:
    """One entry below the root folder: a file with its content in pieces, or a folder (`pieces` is None).

    The pieces are views of the stream's own chunks, read as they are taken: nothing is copied on the way from inflating
    to writing, and no file is ever whole in memory. What was not taken when the next entry is asked for is passed over.
    """

    __slots__ = ("executable", "name", "pieces")

    def __init__(self, name: str, *, executable: bool, pieces: Iterable[memoryview] | None) -> None:
        self.name, self.executable, self.pieces = name, executable, pieces


def read_tar(chunks: Iterable[bytes | memoryview], root: str) -> Iterator[Entry]:
    """Yield the entries of a tar stream whose names all begin with `root` (with its slash); raise ArchiveError.

    The folder entry of the root itself is left out.
    """
    stream = _Stream(chunks)
    guard = NameGuard(root)
    long_name: bytes | None = None
    while (block := stream.take(_BLOCK)) != _ZEROS:
        _check_sum(block)
        kind, size = block[156:157], _octal(block[124:136], "size")
        if kind in {_PAX, _GNU_NAME}:
            if long_name is not None or size > _LONGEST_HEADER:
                raise ArchiveError("the tar has a misplaced or oversized extended header")
            data = b"".join(bytes(piece) for piece in stream.padded(size))
            long_name = _pax_path(data) if kind == _PAX else data.removesuffix(b"\0")
            continue
        raw, long_name = long_name or _name(block), None
        mode = _allowed_mode(block, raw, size)
        if kind == _FILE:
            name = guard.file(raw, size)
            pieces = stream.padded(size)
            yield Entry(name, executable=bool(mode & 0o111), pieces=pieces)
            if type(pieces) is not tuple:
                for _ in pieces:
                    pass
        elif name := guard.folder(raw):
            yield Entry(name, executable=True, pieces=None)
    if long_name is not None or any(stream.take(_BLOCK) != _ZEROS for _ in range(_END_BLOCKS - 1)):
        raise ArchiveError("the tar has no proper end")
    stream.require_zeros()


def _allowed_mode(block: bytes, raw: bytes, size: int) -> int:
    """Return the mode of an entry that is allowed by its kind, link name, size and mode; raise ArchiveError."""
    kind, mode = block[156:157], _octal(block[100:108], "mode") & 0o7777
    if b"\0" in raw or len(raw) > LONGEST_NAME:
        raise ArchiveError(f"the tar has a forbidden name: {raw[:60]!r}")
    if kind not in {_FILE, _FOLDER} or block[157:257] != _NO_LINK:
        raise ArchiveError(f"the tar holds {raw!r}, which is neither a file nor a folder")
    if mode > _MOST_MODE or (kind == _FOLDER and size):
        raise ArchiveError(f"the tar holds {raw!r} with the mode {mode:o} and {size} bytes")
    return mode


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
        after = end + -count % _BLOCK
        if after <= len(self._chunk):
            self._place = after
            return (self._chunk[start:end],)
        if count > MOST_BYTES:
            raise ArchiveError(f"the tar declares a file of {count} bytes")
        return self._across(count)

    def _across(self, count: int) -> Iterator[memoryview]:
        if count:
            yield from self.pieces(count)
        if padding := -count % _BLOCK:
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


def _check_sum(block: bytes) -> None:
    if block[257:265] not in {_USTAR, _GNU}:
        raise ArchiveError("the tar has a header of another format")
    # The sum of 256 bytes fits into the lower half of their Adler-32, which is twenty times as fast as sum().
    total = (adler32(block[:256]) & 0xFFFF) + (adler32(block[256:]) & 0xFFFF) - 2
    if total - sum(block[148:156]) + 8 * 0x20 != _octal(block[148:156], "checksum"):
        raise ArchiveError("the tar has a header with a wrong checksum")


def _octal(field: bytes, what: str) -> int:
    value = _known.get(field)
    if value is None:
        value = _parsed(field, what)
        if len(_known) < _MOST_KNOWN:
            _known[field] = value
    return value


def _parsed(field: bytes, what: str) -> int:
    digits = field.rstrip(b" \0").lstrip(b" ")
    if not digits or digits.strip(b"01234567"):
        raise ArchiveError(f"the tar has a header with a malformed {what}")
    return int(digits, 8)


def _name(block: bytes) -> bytes:
    name = block[:100].split(b"\0", 1)[0]
    prefix = block[345:500].split(b"\0", 1)[0] if block[257:265] == _USTAR else b""
    return prefix + b"/" + name if prefix else name


def _pax_path(data: bytes) -> bytes | None:
    path = None
    while data:
        digits, space, _ = data.partition(b" ")
        if not space or not digits.isdigit() or len(digits) > 5 or not len(digits) + 1 < int(digits) <= len(data):  # noqa: PLR2004
            raise ArchiveError("the tar has a malformed extended header")
        record, data = data[len(digits) + 1 : int(digits)], data[int(digits) :]
        key, equals, value = record.removesuffix(b"\n").partition(b"=")
        if not equals or not record.endswith(b"\n"):
            raise ArchiveError("the tar has a malformed extended header")
        if key == b"path" and path is None:
            path = value
        elif key.decode("utf-8", "replace") not in _IGNORED_PAX:
            raise ArchiveError(f"the tar has an extended header that no Go release needs: {key[:40]!r}")
    if path == b"":
        raise ArchiveError("the tar has an extended header with an empty name")
    return path
