"""The checksum database client, against a small log that signs what is true; its hashing, notes and GOSUMDB."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from checksum_log import ChecksumLog, filler, hash_of
from log_asker import H1, MODULE, OTHER, VERSION, Asker, log_with_record

from goswitch.errors import NetworkError, ProofError, SettingError
from goswitch.sdk.checksumdb.client import ChecksumDatabase, Record
from goswitch.sdk.checksumdb.note import Key, open_note
from goswitch.sdk.checksumdb.settings import parse_gosumdb
from goswitch.sdk.checksumdb.state import State
from goswitch.sdk.checksumdb.tiles import WIDTH, Head, Tree, leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from goswitch.sdk.checksumdb.tiles import Tile

SIZES = [0, 1, 2, 5, 254, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_800]


@pytest.mark.parametrize("before", SIZES)
@pytest.mark.parametrize("after", [0, 1, 300])
def test_a_record_is_proven_wherever_it_stands(before: int, after: int, tmp_path: Path) -> None:
    asker = Asker(tmp_path, log_with_record(before, after))
    assert asker.lookup() == Record(before, H1, before + 1 + after)


@pytest.mark.parametrize(
    ("first", "second"), [(1, 2), (5, 256), (200, 300), (256, 257), (300, 65_600), (65_536, 65_537)]
)
def test_a_log_that_grew_is_proven_to_be_the_same(first: int, second: int, tmp_path: Path) -> None:
    log = log_with_record(0, first - 1)
    asker = Asker(tmp_path, log)
    asker.lookup()
    log.grow(second - first)
    log.add(MODULE, OTHER, H1)
    assert asker.lookup(OTHER) == Record(second, H1, second + 1)
    assert asker.newest == log.note()


def test_what_was_proven_once_is_proven_again_without_a_network(tmp_path: Path) -> None:
    log = log_with_record(700, 10)
    Asker(tmp_path, log).lookup()
    again = Asker(tmp_path, log)
    again.offline = True
    assert again.lookup() == Record(700, H1, 711)
    assert again.asked == []


def test_an_older_head_of_the_same_history_is_no_fault(tmp_path: Path) -> None:
    log = log_with_record(300, 5)
    asker = Asker(tmp_path, log)
    log.add(MODULE, OTHER, H1)
    asker.lookup(OTHER)
    newest = asker.newest
    log.replaced[f"lookup/{MODULE}@{VERSION}"] = log.lookup(f"{MODULE}@{VERSION}", 302)
    assert asker.lookup() == Record(300, H1, 307)
    assert asker.newest == newest, "an older head never takes the place of the newest"


def test_full_tiles_are_asked_once(tmp_path: Path) -> None:
    log = log_with_record(600, 10)
    asker = Asker(tmp_path, log)
    asker.lookup()
    log.add(MODULE, OTHER, H1)
    asker.asked.clear()
    asker.lookup(OTHER)
    assert not [path for path in asker.asked if path.startswith("tile") and ".p/" not in path]


def test_a_partial_tile_that_grew_full_is_taken_as_that(tmp_path: Path) -> None:
    log = log_with_record(200, 10)
    old = log.lookup(f"{MODULE}@{VERSION}")
    log.grow(500)
    log.replaced[f"lookup/{MODULE}@{VERSION}"] = old
    asker = Asker(tmp_path, log)
    partial = "tile/8/0/000.p/211"

    def fetch(path: str) -> bytes:
        if path == partial:
            asker.asked.append(path)
            raise NetworkError("gone", status=410)
        return asker.fetch(path)

    asker.client = ChecksumDatabase(Key.parse(log.key), State(tmp_path, log.name), fetch)
    assert asker.lookup().h1 == H1
    assert asker.asked[-2:] == [partial, "tile/8/0/000"]


def test_capital_letters_are_escaped(tmp_path: Path) -> None:
    asker = Asker(tmp_path, log_with_record())
    with pytest.raises(ProofError, match=r"has no record of example\.org/Big@v1\.0\.0-RC1"):
        asker.client.lookup("example.org/Big", "v1.0.0-RC1")
    assert asker.asked == ["lookup/example.org/!big@v1.0.0-!r!c1"]


def test_damaged_cache_is_fetched_anew(tmp_path: Path) -> None:
    log = log_with_record(300, 5)
    Asker(tmp_path, log).lookup()
    for tile in (tmp_path / log.name / "tile").rglob("*"):
        if tile.is_file():
            tile.write_bytes(b"\0" * len(tile.read_bytes()))
    asker = Asker(tmp_path, log)
    assert asker.lookup().h1 == H1
    assert [path for path in asker.asked if path.startswith("tile")]


def all_tiles(log: ChecksumLog, tiles: Iterable[Tile]) -> dict[Tile, bytes]:
    return {tile: log.tile(tile.level, tile.index, tile.width) or b"" for tile in tiles}


def test_the_engines_hashing_agrees_with_the_recursive_definition() -> None:
    leaves = [leaf_hash(filler(number)) for number in range(600)]
    for size in (1, 2, 3, 255, 256, 257, 600):
        log = ChecksumLog(size)
        tree = Tree(Head(size, hash_of(leaves, 0, size)), partial(all_tiles, log))
        older = [old for old in (1, 2, 3, 100, 255, 256, 257, size) if old <= size]
        tree.prove(range(size), older)
        assert [tree.record_hash(number) for number in range(size)] == leaves[:size]
        assert [tree.root_of(old) for old in older] == [hash_of(leaves, 0, old) for old in older]
        assert tree.tile(0, 0).width == min(size, WIDTH)


REAL_NOTE = (
    "go.sum database tree\n756113\nk9nFMBuXq8uk+9SQNxs/Vadri2XDkaoo96u4uMa0qE0=\n\n"
    "\u2014 sum.golang.org "
    "Az3grgIHxiDLRpsKUElIX5vJMlFS79SqfQDSgHQmON922lNdJ5zxF8SSPPcah3jhIkpG8LSKNaWXiy7IldOSDCt4Pwk=\n"
)


def test_a_note_of_the_real_log_verifies() -> None:
    key = parse_gosumdb("sum.golang.org").key
    assert open_note(REAL_NOTE.encode(), key).startswith("go.sum database tree\n756113\n")
    with pytest.raises(ProofError):
        open_note(REAL_NOTE.replace("756113", "756114").encode(), key)


GOSUMDB = {
    "sum.golang.org": ("sum.golang.org", None),
    "sum.golang.google.cn": ("sum.golang.org", "https://sum.golang.google.cn"),
    "sum.golang.org https://mirror.example/sum/": ("sum.golang.org", "https://mirror.example/sum"),
    ChecksumLog().key: ("log.test", None),
    f"{ChecksumLog().key} https://log.example": ("log.test", "https://log.example"),
}


@pytest.mark.parametrize("value", GOSUMDB)
def test_gosumdb_means_what_go_means(value: str) -> None:
    log = parse_gosumdb(value)
    assert (log.key.name, log.url) == GOSUMDB[value]


@pytest.mark.parametrize(
    "value",
    ["off", "unknown.example", "a b c", "x+00000000+AAAA", ChecksumLog().key.replace("log.test", "evil.test"), "%"],
)
def test_gosumdb_that_names_no_log_is_refused(value: str) -> None:
    with pytest.raises(SettingError):
        parse_gosumdb(value)
