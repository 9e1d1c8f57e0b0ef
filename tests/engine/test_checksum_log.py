"""The checksum database client, against a small log that signs what the test wants it to sign."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from checksum_log import ChecksumLog, filler, hash_of

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

MODULE, VERSION = "golang.org/toolchain", "v0.0.1-go1.22.4.linux-amd64"
OTHER = "v0.0.1-go1.23.0.linux-amd64"
H1 = "h1:fpN6sm7ztDx02tXUzDKA/dY3Ir5VY3Eid9lluf0PK30="
SIZES = [0, 1, 2, 5, 254, 255, 256, 257, 511, 512, 700, 65_535, 65_536, 65_800]


class Asker:
    """A client of one log with one state, which counts what it asks."""

    def __init__(self, folder: Path, log: ChecksumLog, *, key: str | None = None) -> None:
        self.log, self.folder = log, folder
        self.asked: list[str] = []
        self.offline = False
        self.client = ChecksumDatabase(Key.parse(key or log.key), State(folder, log.name), self.fetch)

    def fetch(self, path: str) -> bytes:
        self.asked.append(path)
        if self.offline:
            raise NetworkError("offline")
        body = self.log.answer(path)
        if body is None:
            raise NetworkError(f"no {path}", status=404)
        return body

    def lookup(self, version: str = VERSION) -> Record:
        return self.client.lookup(MODULE, version)

    @property
    def newest(self) -> bytes:
        return (self.folder / self.log.name / "newest").read_bytes()


def log_with_record(before: int = 5, after: int = 3) -> ChecksumLog:
    log = ChecksumLog(before)
    log.add(MODULE, VERSION, H1)
    log.grow(after)
    return log


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


NAME = f"lookup/{MODULE}@{VERSION}"


def forged_signature(log: ChecksumLog) -> None:
    answer = log.lookup(f"{MODULE}@{VERSION}")
    log.replaced[NAME] = answer.replace(b"\n9\n", b"\n8\n")


def foreign_key(log: ChecksumLog) -> None:
    other = ChecksumLog(5, seed=b"x" * 32)
    other.add(MODULE, VERSION, H1)
    log.replaced[NAME] = other.lookup(f"{MODULE}@{VERSION}")


def foreign_name(log: ChecksumLog) -> None:
    other = ChecksumLog(5, name="other.test")
    other.add(MODULE, VERSION, H1)
    log.replaced[NAME] = other.lookup(f"{MODULE}@{VERSION}")


def no_signature(log: ChecksumLog) -> None:
    text, _, _ = log.lookup(f"{MODULE}@{VERSION}").rpartition(b"\n\n")
    log.replaced[NAME] = text + b"\n\n"


def wrong_leaf(log: ChecksumLog) -> None:
    log.replaced[NAME] = log.lookup(f"{MODULE}@{VERSION}").replace(b"h1:fpN6", b"h1:AAAA")


def wrong_number(log: ChecksumLog) -> None:
    log.replaced[NAME] = log.lookup(f"{MODULE}@{VERSION}").replace(b"5\n", b"4\n", 1)


def number_beyond_the_end(log: ChecksumLog) -> None:
    log.replaced[NAME] = log.lookup(f"{MODULE}@{VERSION}").replace(b"5\n", b"5000\n", 1)


def record_of_another(log: ChecksumLog) -> None:
    log.add(MODULE, OTHER, H1)
    log.replaced[NAME] = log.lookup(f"{MODULE}@{OTHER}")


def truncated_tile(log: ChecksumLog) -> None:
    log.replaced["tile/8/0/000.p/9"] = (log.tile(0, 0, 9) or b"")[:-1]


def empty_tile(log: ChecksumLog) -> None:
    log.replaced["tile/8/0/000.p/9"] = b""


def changed_tile(log: ChecksumLog) -> None:
    tile = bytearray(log.tile(0, 0, 9) or b"")
    tile[0] ^= 1
    log.replaced["tile/8/0/000.p/9"] = bytes(tile)


def signed_root_of_another_tree(log: ChecksumLog) -> None:
    log.replaced[NAME] = b"5\n" + log.records[5] + b"\n" + log.sign(9, b"r" * 32)


def signed_nonsense(log: ChecksumLog) -> None:
    log.replaced[NAME] = b"5\n" + log.records[5] + b"\n" + log.sign(9, b"short")


def web_page(log: ChecksumLog) -> None:
    log.replaced[NAME] = b"<html>please log in</html>"


def not_utf8(log: ChecksumLog) -> None:
    log.replaced[NAME] = b"5\n\xff\n\n\xff\xfe\n\n\xff\n"


LIES = {
    forged_signature: "signature of the checksum database log.test does not hold",
    foreign_key: "is not signed by its key",
    foreign_name: "is not signed by its key",
    no_signature: "malformed note",
    wrong_leaf: "is not in its tree",
    wrong_number: "is not in its tree",
    number_beyond_the_end: "beyond its own end",
    record_of_another: "does not name",
    truncated_tile: "bytes for a tile",
    empty_tile: "bytes for a tile",
    changed_tile: "do not give the signed tree head",
    signed_root_of_another_tree: "do not give the signed tree head",
    signed_nonsense: "no tree head",
    web_page: "malformed answer",
    not_utf8: "malformed note",
}


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_a_lie_is_refused_and_nothing_of_it_is_kept(lie: object, tmp_path: Path) -> None:
    log = log_with_record(5, 3)
    assert callable(lie)
    lie(log)
    asker = Asker(tmp_path, log)
    with pytest.raises(ProofError, match=re.escape(LIES[lie])):
        asker.lookup()
    kept = {path.name for path in tmp_path.rglob("*") if path.is_file()} - {"newest.lock"}
    if lie not in {wrong_leaf, wrong_number, record_of_another}:
        assert kept == set()
    assert not (tmp_path / log.name / "lookup").exists()


def test_a_changed_full_tile_is_refused(tmp_path: Path) -> None:
    log = log_with_record(300, 300)
    tile = bytearray(log.tile(0, 1, 256) or b"")
    tile[-1] ^= 1  # not the record's own hash: a neighbour that nothing but the tile above covers
    log.replaced["tile/8/0/001"] = bytes(tile)
    with pytest.raises(ProofError, match="does not belong to the signed tree"):
        Asker(tmp_path, log).lookup()


def forked(log: ChecksumLog, size: int) -> ChecksumLog:
    """Return a log of the same key with another history."""
    other = ChecksumLog(0)
    other.records = [b"another past\n", *log.records[1:]]
    other.numbers = dict(log.numbers)
    other.grow(size - len(other.records))
    return other


@pytest.mark.parametrize("size", [9, 30], ids=["same size", "longer"])
def test_a_fork_is_refused_and_the_evidence_kept(size: int, tmp_path: Path) -> None:
    log = log_with_record(5, 3)
    log.add(MODULE, OTHER, H1)
    log.records, spare = log.records[:9], log.records[9]
    Asker(tmp_path, log).lookup()
    newest = log.note()
    other = forked(log, size)
    other.records.append(spare)
    other.numbers[f"{MODULE}@{OTHER}"] = len(other.records) - 1
    asker = Asker(tmp_path, other)
    with pytest.raises(ProofError, match="shows another history than before") as caught:
        asker.lookup(OTHER)
    evidence = next((tmp_path / log.name).glob("evidence-*.txt"))
    assert str(evidence) in caught.value.help[0]
    assert newest in evidence.read_bytes()
    assert other.note() in evidence.read_bytes()
    assert asker.newest == newest


def test_a_log_rolled_back_to_another_past_is_refused(tmp_path: Path) -> None:
    log = log_with_record(5, 30)
    log.add(MODULE, OTHER, H1)
    Asker(tmp_path, log).lookup(OTHER)
    past = ChecksumLog(3)
    past.add(MODULE, VERSION, H1)
    with pytest.raises(ProofError, match="shows another history than before"):
        Asker(tmp_path, past).lookup()


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
