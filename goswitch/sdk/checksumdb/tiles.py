"""The hash tree of a log, read through tiles (RFC 6962, 2.1; the tile format of `golang.org/x/mod/sumdb/tlog`).

A tile is 256 neighbouring hashes of one level, levels being multiples of 8; at the right edge it is partial. One
mechanism proves everything: the tiles at the right edge, all of whose hashes go into the root, must give the signed
root; any other tile must hash to its entry in the tile above. So each hash that is used, and each that is kept, is one
the signature covers. A record is in the log if its hash is the entry of an authentic tile; an older tree is the
beginning of this one if its root comes out of authentic tiles.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import ProofError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32


@dataclass(frozen=True)
class Head:
    """A tree head: how many records a log has, and the root of their tree."""

    size: int
    root: bytes


@dataclass(frozen=True)
class Tile:
    """A tile's coordinates: its level (in steps of 8), its index on that level, and how many hashes it has."""

    level: int
    index: int
    width: int

    @property
    def path(self) -> str:
        """Where it lies below the log's URL: `tile/8/0/x001/x234/067`, with `.p/5` behind it if it is partial."""
        number = f"{self.index % 1000:03d}"
        rest = self.index // 1000
        while rest:
            number = f"x{rest % 1000:03d}/{number}"
            rest //= 1000
        partial = f".p/{self.width}" if self.width < WIDTH else ""
        return f"tile/{HEIGHT}/{self.level}/{number}{partial}"


def leaf_hash(record: bytes) -> bytes:
    """Return the hash of a record."""
    return hashlib.sha256(b"\0" + record).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


def fold(hashes: list[bytes]) -> bytes:
    """Return the root over neighbouring hashes whose number is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def peaks(size: int) -> list[tuple[int, int]]:
    """Return the complete subtrees that a tree of `size` records consists of, left to right: (level, index) each."""
    found = []
    start = 0
    for level in reversed(range(size.bit_length())):
        if size >> level & 1:
            found.append((level, start >> level))
            start += 1 << level
    return found


class Tree:
    """An authentic view of the tree under one head. `fetch` gives tiles, from wherever; nothing is taken on trust.

    `keep` is called with each tile that was proven, to cache it.
    """

    def __init__(
        self,
        head: Head,
        fetch: Callable[[Iterable[Tile]], dict[Tile, bytes]],
        keep: Callable[[Tile, bytes], None] = lambda _tile, _data: None,
    ) -> None:
        self.head = head
        self._fetch = fetch
        self._keep = keep
        self._proven: dict[tuple[int, int], list[bytes]] = {}

    def tile(self, level: int, index: int) -> Tile:
        """Return the tile at a place, as wide as this tree has it."""
        return Tile(level, index, min(WIDTH, (self.head.size >> HEIGHT * level) - WIDTH * index))

    def prove(self, records: Iterable[int], older: Iterable[int] = ()) -> None:
        """Fetch and prove all tiles that these records, and the roots of these older sizes, need, in one go.

        Raise ProofError if a tile does not belong to the tree that the head names.
        """
        records, older = list(records), list(older)
        if any(record >= self.head.size for record in records) or any(size > self.head.size for size in older):
            raise ProofError("the checksum database names a record beyond its own end")
        wanted = {self._place(*peak) for size in (self.head.size, *older) for peak in peaks(size)}
        wanted |= {self._place(0, record) for record in records}
        for level, index in list(wanted):
            # A full tile is an entry of the tile above it; a partial one is at the right edge, all of it in the root.
            while self.tile(level, index).width == WIDTH:
                level, index = self._place(HEIGHT * (level + 1), index)  # noqa: PLW2901 - climbing
                wanted.add((level, index))
        missing = [self.tile(*place) for place in wanted - self._proven.keys()]
        data = {tile: _hashes(tile, raw) for tile, raw in self._fetch(missing).items()}
        candidates = self._proven | {(tile.level, tile.index): hashes for tile, hashes in data.items()}
        root = _root([self._node(candidates, *peak) for peak in peaks(self.head.size)])
        if root != self.head.root:
            raise ProofError("the tiles of the checksum database do not give the signed tree head")
        for tile in sorted(missing, key=lambda tile: -tile.level):
            hashes = candidates[tile.level, tile.index]
            if tile.width == WIDTH:
                above, index = self._place(HEIGHT * (tile.level + 1), tile.index)
                if fold(hashes) != candidates[above, index][tile.index % WIDTH]:
                    raise ProofError("a tile of the checksum database does not belong to the signed tree")
            self._proven[tile.level, tile.index] = hashes
            self._keep(tile, b"".join(hashes))

    def record_hash(self, record: int) -> bytes:
        """Return the hash of a record, which `prove` was told of."""
        return self._node(self._proven, 0, record)

    def root_of(self, size: int) -> bytes:
        """Return the root of the older tree of the first `size` records, which `prove` was told of."""
        return _root([self._node(self._proven, *peak) for peak in peaks(size)])

    def _place(self, level: int, index: int) -> tuple[int, int]:
        return level // HEIGHT, index >> (HEIGHT - level % HEIGHT)

    def _node(self, tiles: dict[tuple[int, int], list[bytes]], level: int, index: int) -> bytes:
        place = self._place(level, index)
        first = (index << level % HEIGHT) % WIDTH
        return fold(tiles[place][first : first + (1 << level % HEIGHT)])


def _hashes(tile: Tile, raw: bytes) -> list[bytes]:
    if len(raw) != tile.width * HASH:
        raise ProofError(f"the checksum database sends {len(raw)} bytes for a tile of {tile.width * HASH}")
    return [raw[i : i + HASH] for i in range(0, len(raw), HASH)]


def _root(hashes: list[bytes]) -> bytes:
    if not hashes:
        return hashlib.sha256(b"").digest()
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root
