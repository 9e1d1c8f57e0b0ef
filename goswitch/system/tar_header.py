"""Reading the headers of a tar: one block each, the formats that Go's archives have, everything checked.

Most headers of an archive differ in name, size and checksum alone; the rest of such a block is checked once.
"""

from __future__ import annotations

from zlib import adler32

from goswitch.errors import ArchiveError

BLOCK = 512
FILE, FOLDER, PAX, GNU_NAME = b"0", b"5", b"x", b"L"

_USTAR, _GNU = b"ustar\x0000", b"ustar  \x00"
_NO_LINK = bytes(100)
_FIRST_OF_PREFIX = 345
_MOST_KNOWN = 4096
_IGNORED_PAX = frozenset({"mtime", "atime", "ctime", "uid", "gid", "uname", "gname", "comment"})


class HeaderReader:
    """Reads the headers of one archive."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._alike: set[bytes] = set()

    def read(self, block: bytes) -> tuple[bytes, bytes, int, int, bool]:
        """Return kind, name, size, mode, and whether it is a file or folder that is no link; raise ArchiveError."""
        alike = block[156:_FIRST_OF_PREFIX]  # kind, link name, format, owner's names, device
        plain = alike in self._alike
        if not plain and block[257:265] not in {_USTAR, _GNU}:
            raise ArchiveError("the tar has a header of another format")
        field = block[148:156]
        if _sum(block) - sum(field) + 8 * 0x20 != self._number(field, "checksum"):
            raise ArchiveError("the tar has a header with a wrong checksum")
        if not plain and block[156:157] in {FILE, FOLDER} and block[157:257] == _NO_LINK:
            plain = True
            if len(self._alike) < _MOST_KNOWN:
                self._alike.add(alike)
        size, mode = self._number(block[124:136], "size"), self._number(block[100:108], "mode")
        return block[156:157], _name(block), size, mode & 0o7777, plain

    def _number(self, field: bytes, what: str) -> int:
        value = self._numbers.get(field)
        if value is None:
            digits = field.rstrip(b" \0").lstrip(b" ")
            if not digits or digits.strip(b"01234567"):
                raise ArchiveError(f"the tar has a header with a malformed {what}")
            value = int(digits, 8)
            if len(self._numbers) < _MOST_KNOWN:
                self._numbers[field] = value
        return value


def _sum(block: bytes) -> int:
    # The lower half of Adler-32 is one more than the sum, as long as that fits into it; it is twenty times as fast as
    # sum(). The sum of 512 bytes below 128 fits, and that of any 256.
    if block.isascii():
        return (adler32(block) & 0xFFFF) - 1
    return (adler32(block[:256]) & 0xFFFF) + (adler32(block[256:]) & 0xFFFF) - 2


def _name(block: bytes) -> bytes:
    name = block[:100].partition(b"\0")[0]
    if block[_FIRST_OF_PREFIX] and block[257:265] == _USTAR:
        return block[_FIRST_OF_PREFIX:500].partition(b"\0")[0] + b"/" + name
    return name


def pax_path(data: bytes) -> bytes | None:
    """Return the name in the records of a pax header, None if they have none; raise ArchiveError."""
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
