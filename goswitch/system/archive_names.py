"""Which names an archive may hold: the allow-list that guards unpacking, the same for zip and tar.

One guard sees all names of one archive. It refuses what no Go release has: absolute names, `.` and `..`, backslashes,
control characters, empty components, a second entry of the same name (also where only case differs, as macOS and
Windows have it), a file that is also a folder, names outside the root folder, and more or longer names than the bounds.
"""

from __future__ import annotations

from goswitch.errors import ArchiveError

MOST_ENTRIES = 30_000
"""The biggest release so far has 14,000 files with its tests."""

LONGEST_NAME = 512
"""In bytes; the longest so far has 111."""

MOST_BYTES = 600 << 20
"""Unpacked, all files together; the biggest release so far has 270 MB."""

MOST_PACKED = 500 << 20
"""Packed; the limit of module zips in Go's own tools. The biggest release so far has 137 MB."""


_PLAIN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./@"
"""The characters of most names: of none that has others it can be said at a glance that it is allowed."""


class NameGuard:
    """Checks the names of one archive, whose entries all begin with `root` (with its slash)."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._raw_root = root.encode()
        self._entries = 0
        self._bytes = 0
        self._files: set[str] = set()
        self._folders: dict[str, str] = {"": ""}
        self._listed: set[str] = set()
        self._latest = ""

    def file(self, raw: bytes, size: int) -> str:
        """Return the name of a file below the root; raise ArchiveError if it may not be. `size` counts to the bound."""
        name = self._below_root(raw)
        if not name or name.endswith("/"):
            raise ArchiveError(f"the archive has a file with the name of a folder: {_shown(raw)}")
        folder, _, _ = name.rpartition("/")
        if folder != self._latest:
            self._enter(folder, raw)
            self._latest = folder
        folded = name.casefold()
        if folded in self._files:
            raise ArchiveError(f"the archive has the name {_shown(raw)} twice (upper and lower case are one here)")
        if folded in self._folders:
            raise ArchiveError(f"the archive has {_shown(raw)} as a file and as a folder")
        self._files.add(folded)
        self._bytes += size
        if size < 0 or self._bytes > MOST_BYTES:
            raise ArchiveError(f"the archive unpacks to more than {MOST_BYTES} bytes")
        return name

    def folder(self, raw: bytes) -> str:
        """Return the name of a folder below the root, "" for the root itself; raise ArchiveError if it may not be."""
        name = self._below_root(raw if raw.endswith(b"/") else raw + b"/").rstrip("/")
        if name in self._listed:
            raise ArchiveError(f"the archive has the folder {_shown(raw)} twice")
        self._listed.add(name)
        self._enter(name, raw)
        return name

    def _below_root(self, raw: bytes) -> str:
        self._entries += 1
        if self._entries > MOST_ENTRIES:
            raise ArchiveError(f"the archive has more than {MOST_ENTRIES} entries")
        if len(raw) > LONGEST_NAME:
            raise ArchiveError(f"the archive has a name of {len(raw)} bytes")
        if raw.translate(None, _PLAIN) or b"//" in raw or b"/." in raw or not raw.startswith(self._raw_root):
            return self._odd_below_root(raw)
        return raw[len(self._raw_root) :].decode("ascii")

    def _odd_below_root(self, raw: bytes) -> str:
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise ArchiveError(f"the archive has a name that is not UTF-8: {_shown(raw)}") from None
        if not name.isascii() and not _is_composed(name):
            raise ArchiveError(f"the archive has a name that is not in composed form: {_shown(raw)}")
        if not name.isprintable() or "\\" in name or ":" in name:
            raise ArchiveError(f"the archive has a name with forbidden characters: {_shown(raw)}")
        if not name.startswith(self._root):
            raise ArchiveError(f"the archive has a name outside {self._root}: {_shown(raw)}")
        below = name[len(self._root) :]
        between = f"/{below.removesuffix('/')}/" if below else ""
        if "//" in between or "/./" in between or "/../" in between:
            raise ArchiveError(f"the archive has a name that leads elsewhere: {_shown(raw)}")
        return below

    def _enter(self, folder: str, raw: bytes) -> None:
        while self._folders.get(folded := folder.casefold()) != folder:
            if folded in self._folders:
                raise ArchiveError(f"the archive has folders whose names differ in case alone: {_shown(raw)}")
            if folded in self._files:
                raise ArchiveError(f"the archive has {_shown(raw)} below a name that is a file")
            self._folders[folded] = folder
            folder = folder.rpartition("/")[0]


def _is_composed(name: str) -> bool:
    from unicodedata import normalize  # noqa: PLC0415 - 1 MB of tables, for a handful of names

    return normalize("NFC", name) == name


def _shown(raw: bytes) -> str:
    return repr(raw[:120].decode("utf-8", "backslashreplace"))
