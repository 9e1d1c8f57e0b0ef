"""What goswitch keeps to be faster next time, or did not get to finish: shown and cleared.

Downloads, lists and the checksum database's state lie in the cache; what killed processes left lies in the staging
folder of the SDK root. Whatever another process works on is left alone: each piece is deleted under its own lock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import LockError
from goswitch.sdk.leftovers import sdk_of
from goswitch.sdk.remove import tree_size
from goswitch.system import look
from goswitch.system.files import remove_tree
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from goswitch.model.layout import Layout

_OF_LOCKS = (".lock", ".holder")
UNFINISHED = "unfinished"
"""The name of the part that lies in the staging folders."""

_EVIDENCE = "evidence-"


class Piece(NamedTuple):
    """Something that could be deleted. `locks` and `lock` say under which lock, where one guards it."""

    path: Path
    size: int
    locks: Path | None = None
    lock: str = ""


class Part(NamedTuple):
    """One kind of pieces. `kept` tells that a plain clearing leaves it: only `--all` takes it."""

    name: str
    folder: Path
    pieces: tuple[Piece, ...]
    kept: bool = False

    @property
    def size(self) -> int:
        """The bytes that it takes up on the disk."""
        return sum(piece.size for piece in self.pieces)


def parts(layout: Layout) -> list[Part]:
    """Return what there is, in no state in particular: other processes may be at work."""
    return [
        Part("downloads", layout.downloads, tuple(_pieces(layout.downloads, locks=layout.downloads, lock_of=_archive))),
        Part(UNFINISHED, layout.staging, tuple(unfinished(layout))),
        Part("lists", layout.lists, tuple(_pieces(layout.lists))),
        Part("checksumdb", layout.checksumdb, tuple(_log_pieces(layout.checksumdb)), kept=True),
    ]


def unfinished(layout: Layout) -> list[Piece]:
    """Return what lies in the staging folders, of the SDK root and of the cache: worked on, or left by killed ones."""
    scratch = layout.cache / layout.staging.relative_to(layout.sdk_root)
    scratch_locks = layout.cache / layout.locks.relative_to(layout.sdk_root)
    return [
        *_pieces(layout.staging, locks=layout.locks, lock_of=sdk_of),
        *_pieces(scratch, locks=scratch_locks, lock_of=sdk_of),
    ]


def clear(part: Part) -> tuple[int, list[Path]]:
    """Delete the pieces of a part; return the bytes freed, and what is in use and stays. Raise DiskError."""
    freed = 0
    in_use = []
    for piece in part.pieces:
        try:
            if piece.locks is None:
                remove_tree(piece.path)
            else:
                with held(piece.locks, piece.lock, does="clears the cache", timeout=0):
                    remove_tree(piece.path)
        except LockError:
            in_use.append(piece.path)
        else:
            freed += piece.size
    return freed, in_use


def _pieces(folder: Path, *, locks: Path | None = None, lock_of: Callable[[str], str] = str) -> Iterator[Piece]:
    for name in look.names_in(folder):
        if not name.endswith(_OF_LOCKS):
            yield Piece(folder / name, _size(folder / name), locks, lock_of(name) if locks is not None else "")


def _archive(name: str) -> str:
    """Return the name of the archive that a file among the downloads belongs to, which is that of its lock."""
    return name.removeprefix(".").partition(".state")[0]


def _log_pieces(folder: Path) -> Iterator[Piece]:
    """Yield what is kept of each log; evidence of one that lied is never up for deletion."""
    for log in look.names_in(folder):
        for piece in _pieces(folder / log, locks=folder / log, lock_of=lambda _: "newest"):
            if not piece.path.name.startswith(_EVIDENCE):
                yield piece


def _size(path: Path) -> int:
    try:
        return tree_size(path)
    except OSError:
        return 0  # gone by now
