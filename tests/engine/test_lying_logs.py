"""The checksum database client against logs that lie: whatever they send or sign, no lie is believed or kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from checksum_log import ChecksumLog
from log_asker import H1, MODULE, OTHER, VERSION, Asker, log_with_record

from goswitch.errors import ProofError

if TYPE_CHECKING:
    from pathlib import Path

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
