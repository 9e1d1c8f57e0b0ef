"""Asking a log what a module version holds, and believing nothing that it does not prove.

An answer counts when its tree head is signed, the newest head known and this one belong to one history, and the record
is in the newest tree (x/mod's sumdb client does the same). What was proven once is kept, and proven again from there
without a network. A log that shows two histories is refused, and both signed heads are kept as evidence.
"""

from __future__ import annotations

import base64
import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import NetworkError, ProofError
from goswitch.sdk.checksumdb.note import open_note
from goswitch.sdk.checksumdb.tiles import HASH, WIDTH, Head, Tile, Tree, leaf_hash
from goswitch.system.http import GONE, NOT_FOUND
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from goswitch.sdk.checksumdb.note import Key
    from goswitch.sdk.checksumdb.state import State

_HEAD = re.compile(r"go\.sum database tree\n(0|[1-9]\d{0,17})\n([A-Za-z0-9+/]{43}=)\n(?:.*\n)*")
_ANSWER = re.compile(rb"(0|[1-9]\d{0,17})\n((?:[^\n]+\n)+)\n(.*)", re.DOTALL)
_PARALLEL = 8


class Record(NamedTuple):
    """A proven record: its number, the module's h1, and the size of the tree it was proven in."""

    number: int
    h1: str
    tree_size: int


class _Answer(NamedTuple):
    number: int
    record: bytes
    note: bytes
    head: Head


class ChecksumDatabase:
    """One log, asked through `fetch`, which gets the bytes of a path below the log's URL (NetworkError with status)."""

    def __init__(self, key: Key, state: State, fetch: Callable[[str], bytes]) -> None:
        self._key = key
        self._state = state
        self._fetch = fetch

    def lookup(self, module: str, version: str) -> Record:
        """Return the proven record of `module@version`; raise ProofError, NetworkError if the log can't be asked."""
        name = f"{_escaped(module)}@{_escaped(version)}"
        known = self._state.answer(name)
        if known is not None:
            try:
                return self._prove(known, module, version)
            except ProofError:
                pass  # the cache is damaged or of another key; the log decides
        try:
            data = self._fetch(f"lookup/{name}")
        except NetworkError as error:
            if error.status in {NOT_FOUND, GONE}:
                raise ProofError(
                    f"the checksum database {self._key.name} has no record of {module}@{version}, so nothing proves it"
                ) from error
            raise
        record = self._prove(data, module, version)
        self._state.keep_answer(name, data)
        return record

    def _prove(self, data: bytes, module: str, version: str) -> Record:
        answer = self._parse(data)
        with held(self._state.folder, "newest", does="reads the log", timeout=None):
            tree = self._merge(answer)
        if tree.record_hash(answer.number) != leaf_hash(answer.record):
            raise ProofError(f"the checksum database's record of {module}@{version} is not in its tree")
        lines = [line.split(" ") for line in answer.record.decode().splitlines()]
        hashes = [line[2] for line in lines if line[:2] == [module, version] and len(line) == 3]  # noqa: PLR2004
        if len(hashes) != 1 or not hashes[0].startswith("h1:"):
            raise ProofError(f"the checksum database's record does not name {module}@{version}")
        return Record(answer.number, hashes[0], tree.head.size)

    def _merge(self, answer: _Answer) -> Tree:
        """Return the newest tree known, with this answer's tree and record proven to belong to it."""
        note = self._state.newest()
        newest = self._newest(note)
        if note is None or newest is None:
            note, newest = answer.note, answer.head
        both = sorted([(newest, note), (answer.head, answer.note)], key=lambda pair: pair[0].size)
        (small, small_note), (large, large_note) = both
        tree = self._proven_tree(large, [answer.number], [small.size])
        if tree.root_of(small.size) != small.root:
            path = self._state.keep_evidence(
                [small_note, large_note], f"The checksum database {self._key.name} signed two histories."
            )
            raise ProofError(
                f"the checksum database {self._key.name} shows another history than before: its first {small.size}"
                " records are not those it signed",
                help=f"both signed tree heads are kept in {path}: report them, and install nothing until it is clear",
            )
        if large_note != self._state.newest():
            self._state.remember(large_note)
        return tree

    def _newest(self, note: bytes | None) -> Head | None:
        if note is None:
            return None
        try:
            return _head(open_note(note, self._key))
        except ProofError:
            return None  # of another key, or damaged: it proves nothing

    def _proven_tree(self, head: Head, records: list[int], older: list[int]) -> Tree:
        """Return the tree with all these proven. Tiles of the cache that do not fit are fetched again."""
        cached: list[Tile] = []
        tree = Tree(head, lambda tiles: self._tiles(tiles, cached), self._state.keep_tile)
        try:
            tree.prove(records, older)
        except ProofError:
            if not cached:
                raise
            for tile in cached:
                self._state.drop_tile(tile)
            tree = Tree(head, lambda tiles: self._tiles(tiles, []), self._state.keep_tile)
            tree.prove(records, older)
        return tree

    def _tiles(self, tiles: Iterable[Tile], cached: list[Tile]) -> dict[Tile, bytes]:
        found = {}
        missing = []
        for tile in tiles:
            data = self._state.tile(tile)
            if data is not None:
                found[tile] = data
                cached.append(tile)
            else:
                missing.append(tile)
        if missing:
            with ThreadPoolExecutor(_PARALLEL) as pool:
                found |= zip(missing, pool.map(self._tile, missing), strict=True)
        return found

    def _tile(self, tile: Tile) -> bytes:
        try:
            return self._fetch(tile.path)
        except NetworkError as error:
            if tile.width == WIDTH or error.status not in {NOT_FOUND, GONE}:
                raise
        # A log may serve a tile that was partial under this head only as the full one that it is by now.
        return self._fetch(Tile(tile.level, tile.index, WIDTH).path)[: tile.width * HASH]

    def _parse(self, data: bytes) -> _Answer:
        match = _ANSWER.fullmatch(data)
        if match is None:
            raise ProofError(f"the checksum database {self._key.name} sends a malformed answer")
        head = _head(open_note(match[3], self._key))
        if int(match[1]) >= head.size:
            raise ProofError(f"the checksum database {self._key.name} names a record beyond its own end")
        return _Answer(int(match[1]), match[2], match[3], head)


def _head(text: str) -> Head:
    match = _HEAD.fullmatch(text)
    if match is None:
        raise ProofError("the checksum database signs something that is no tree head")
    return Head(int(match[1]), base64.b64decode(match[2]))


def _escaped(text: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"!{letter[0].lower()}", text)
