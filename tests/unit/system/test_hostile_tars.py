"""Tars that no Go release is like: each is refused, and nothing is written outside the tree."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from typing import TYPE_CHECKING

import pytest
from archives import TarEntry, make_tar, official_archive, sdk_files

from goswitch.errors import DiskError
from goswitch.sdk.reporter import Silent
from goswitch.sdk.unpacking_tar import unpack_tar
from goswitch.system.growing import Growing
from goswitch.system.worker_process import SLOT

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.sdk.unpacking import Unpacked
    from goswitch.system.workers import Workers

FOLDER = TarEntry(b"go/", kind=b"5", mode=b"0000755")
GOOD = TarEntry(b"go/VERSION", b"go1.22.4\n")


def tgz(*entries: TarEntry, end: bytes = bytes(1024)) -> bytes:
    return gzip.compress(make_tar([FOLDER, GOOD, *entries], end), mtime=0)


def one(name: bytes, content: bytes = b"x", **fields: bytes) -> bytes:
    return tgz(TarEntry(name, content, **fields))


def pax(*records: bytes, kind: bytes = b"x") -> TarEntry:
    lines = b""
    for record in records:
        length = len(record) + 3
        length += len(b"%d" % length) - 1
        lines += b"%d %s\n" % (length, record)
    return TarEntry(b"PaxHeaders/x", lines, kind=kind)


PLAIN = make_tar([FOLDER, GOOD])
PACKED = gzip.compress(PLAIN, mtime=0)

HOSTILE = {
    "climbs out": (one(b"go/../escape"), "the archive has a name that leads elsewhere"),
    "climbs out deeper": (one(b"go/a/../../../escape"), "the archive has a name that leads elsewhere"),
    "absolute": (one(b"/etc/passwd"), "the archive has a name outside go/"),
    "outside the root": (one(b"other/file"), "the archive has a name outside go/"),
    "no root": (one(b"file"), "the archive has a name outside go/"),
    "a sibling of the root": (one(b"gopher/file"), "the archive has a name outside go/"),
    "dot component": (one(b"go/./a"), "the archive has a name that leads elsewhere"),
    "leading dot": (one(b"./go/a"), "the archive has a name outside go/"),
    "empty component": (one(b"go//a"), "the archive has a name that leads elsewhere"),
    "backslash": (one(b"go/a\\b"), "the archive has a name with forbidden characters"),
    "drive letter": (one(b"go/c:a"), "the archive has a name with forbidden characters"),
    "control character": (one(b"go/a\x01b"), "the archive has a name with forbidden characters"),
    "not UTF-8": (one(b"go/\xff"), "the archive has a name that is not UTF-8"),
    "file with the name of a folder": (one(b"go/a/"), "the archive has a file with the name of a folder"),
    "prefix climbs out": (one(b"x", prefix=b"go/../.."), "the archive has a name that leads elsewhere"),
    "symlink": (one(b"go/l", b"", kind=b"2", link=b"/etc/passwd"), ", which is neither a file nor a folder"),
    "hard link": (one(b"go/l", b"", kind=b"1", link=b"go/VERSION"), ", which is neither a file nor a folder"),
    "a file with a link name": (one(b"go/l", link=b"go/VERSION"), ", which is neither a file nor a folder"),
    "character device": (one(b"go/d", b"", kind=b"3"), ", which is neither a file nor a folder"),
    "block device": (one(b"go/d", b"", kind=b"4"), ", which is neither a file nor a folder"),
    "FIFO": (one(b"go/d", b"", kind=b"6"), ", which is neither a file nor a folder"),
    "contiguous file": (one(b"go/d", kind=b"7"), ", which is neither a file nor a folder"),
    "old-style file": (one(b"go/d", kind=b"\0"), ", which is neither a file nor a folder"),
    "old-style folder": (one(b"go/d/", b"", kind=b"\0"), ", which is neither a file nor a folder"),
    "GNU sparse file": (one(b"go/s", kind=b"S"), ", which is neither a file nor a folder"),
    "GNU long link": (one(b"././@LongLink", b"/etc/passwd\0", kind=b"K"), ", which is neither a file nor a folder"),
    "GNU volume": (one(b"go/v", b"", kind=b"V"), ", which is neither a file nor a folder"),
    "unknown kind": (one(b"go/u", kind=b"Z"), ", which is neither a file nor a folder"),
    "setuid": (one(b"go/su", mode=b"0004755"), "with the mode 4755 and 1 bytes"),
    "sticky folder": (tgz(TarEntry(b"go/t/", kind=b"5", mode=b"0001777")), "with the mode 1777 and 0 bytes"),
    "folder with content": (tgz(TarEntry(b"go/t/", b"content", kind=b"5")), "with the mode 644 and 7 bytes"),
    "twice": (tgz(TarEntry(b"go/a"), TarEntry(b"go/a")), "twice"),
    "twice but for case": (tgz(TarEntry(b"go/A"), TarEntry(b"go/a")), "twice"),
    "folder twice": (tgz(TarEntry(b"go/d/", kind=b"5"), TarEntry(b"go/d/", kind=b"5")), "the archive has the folder"),
    "folders that differ in case": (
        tgz(TarEntry(b"go/D/", kind=b"5"), TarEntry(b"go/d/", kind=b"5")),
        "the archive has folders whose names differ in case alone",
    ),
    "file, then folder": (tgz(TarEntry(b"go/a"), TarEntry(b"go/a/b")), "below a name that is a file"),
    "file, then folder entry": (tgz(TarEntry(b"go/a"), TarEntry(b"go/a/", kind=b"5")), "below a name that is a file"),
    "folder, then file": (tgz(TarEntry(b"go/a/", kind=b"5"), TarEntry(b"go/a")), "as a file and as a folder"),
    "pax path climbs out": (
        tgz(pax(b"path=go/../../x"), TarEntry(b"go/x")),
        "the archive has a name that leads elsewhere",
    ),
    "pax path with NUL": (tgz(pax(b"path=go/x\0y"), TarEntry(b"go/x")), "the tar has a forbidden name"),
    "pax path twice": (
        tgz(pax(b"path=go/x", b"path=go/y"), TarEntry(b"go/x")),
        "the tar has an extended header that no Go release needs: b'path'",
    ),
    "pax empty path": (tgz(pax(b"path="), TarEntry(b"go/x")), "the tar has an extended header with an empty name"),
    "pax size": (
        tgz(pax(b"size=1"), TarEntry(b"go/x", b"abc")),
        "the tar has an extended header that no Go release needs: b'size'",
    ),
    "pax link": (
        tgz(pax(b"linkpath=/etc"), TarEntry(b"go/x")),
        "the tar has an extended header that no Go release needs",
    ),
    "pax sparse": (
        tgz(pax(b"GNU.sparse.major=1"), TarEntry(b"go/x")),
        "the tar has an extended header that no Go release needs: b'GNU.sparse.major'",
    ),
    "pax global": (tgz(pax(b"path=go/x", kind=b"g"), TarEntry(b"go/x")), ", which is neither a file nor a folder"),
    "pax malformed": (
        tgz(TarEntry(b"x", b"99 path=go/x\n", kind=b"x"), TarEntry(b"go/x")),
        "the tar has a malformed extended header",
    ),
    "pax not ended": (
        tgz(TarEntry(b"x", b"11 path=go/x", kind=b"x"), TarEntry(b"go/x")),
        "the tar has a malformed extended header",
    ),
    "pax of nothing": (tgz(pax(b"path=go/x")), "the tar has no proper end"),
    "pax upon GNU name": (
        tgz(pax(b"path=go/x"), TarEntry(b"x", b"go/y\0", kind=b"L"), TarEntry(b"go/z")),
        "the tar has a misplaced or oversized extended header",
    ),
    "pax of 10 kB": (
        tgz(pax(b"comment=" + b"c" * 10_000), TarEntry(b"go/x")),
        "the tar has a misplaced or oversized extended header",
    ),
    "GNU name climbs out": (
        tgz(TarEntry(b"././@LongLink", b"go/../../x\0", kind=b"L"), TarEntry(b"go/x")),
        "the archive has a name that leads elsewhere",
    ),
    "negative size": (one(b"go/x", size=b"-0000000001"), "the tar has a header with a malformed size"),
    "base-256 size": (one(b"go/x", size=b"\x80" + bytes(10) + b"\x01"), "the tar has a header with a malformed size"),
    "a terabyte declared": (one(b"go/x", size=b"17777777777"), "the archive unpacks to more than 629145600 bytes"),
    "size beyond the end": (one(b"go/x", size=b"00000010000"), "the tar ends too early"),
    "size is no number": (one(b"go/x", size=b"hello"), "the tar has a header with a malformed size"),
    "wrong checksum": (one(b"go/x", checksum=b"000001\0 "), "the tar has a header with a wrong checksum"),
    "other format": (one(b"go/x", magic=b"notatar\0"), "the tar has a header of another format"),
    "no end": (tgz(end=b""), "the tar ends too early"),
    "half an end": (tgz(end=bytes(512)), "the tar ends too early"),
    "something behind the end": (
        tgz(end=bytes(1024) + b"hidden".ljust(512, b"\0")),
        "something follows the end of the tar",
    ),
    "an entry behind the end": (
        tgz(end=bytes(1024) + make_tar([TarEntry(b"go/hidden")])),
        "something follows the end of the tar",
    ),
    "cut in the middle": (PACKED[: len(PACKED) // 2], "the gzip data ends too early"),
    "no gzip trailer": (PACKED[:-8], "the gzip data ends too early"),
    "half a trailer": (PACKED[:-4], "the gzip data ends too early"),
    "wrong gzip CRC": (PACKED[:-8] + b"\0\0\0\0" + PACKED[-4:], "damaged gzip data"),
    "wrong gzip length": (PACKED[:-4] + b"\1\0\0\0", "damaged gzip data"),
    "junk behind the gzip": (PACKED + b"junk", "something follows the end of the gzip data"),
    "a second gzip member": (PACKED + gzip.compress(b"hidden"), "something follows the end of the gzip data"),
    "zlib instead of gzip": (zlib.compress(PLAIN), "damaged gzip data"),
    "plain tar": (PLAIN, "damaged gzip data"),
    "a web page": (b"<!DOCTYPE html><html></html>" * 40, "damaged gzip data"),
    "nothing": (b"", "the gzip data ends too early"),
    "30,001 entries": (
        tgz(*[TarEntry(b"go/f%d" % number) for number in range(30_001)]),
        "the archive has more than 30000 entries",
    ),
}


def unpack(data: bytes, base: Path, workers: Workers, reporter: Silent | None = None) -> Unpacked:
    path, tree = base / "x.tar.gz", base / "in" / "tree"
    tree.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    growing = Growing(path)
    growing.reach(len(data), len(data))
    growing.end()
    return unpack_tar(growing, "go/", tree, 0, reporter or Silent(), workers)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_tar_is_refused(kind: str, tmp_path: Path, workers: Workers) -> None:
    data, reason = HOSTILE[kind]
    assert reason in str(unpack(data, tmp_path, workers).damage)
    outside = [path for path in tmp_path.rglob("*") if tmp_path / "in/tree" not in [path, *path.parents]]
    assert sorted(path.name for path in outside) == ["in", "x.tar.gz"]
    assert not any(path.is_symlink() for path in tmp_path.rglob("*"))


def test_an_official_archive_is_taken_with_its_names_and_bits(tmp_path: Path, workers: Workers) -> None:
    unpacked = unpack(official_archive("1.22.4"), tmp_path, workers)
    tree = tmp_path / "in/tree"
    assert unpacked.damage is None
    assert {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*") if path.is_file()} == sdk_files(
        "1.22.4"
    )
    programs = {
        str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file() and path.stat().st_mode & 0o111
    }
    assert programs == {"bin/go", "bin/gofmt", "pkg/tool/linux_amd64/compile"}


LONG = b"go/" + b"long/" * 30 + b"name"


@pytest.mark.parametrize(
    "entries",
    [
        [TarEntry(b"long/" * 15 + b"name", b"content", prefix=b"go/" + b"long/" * 14 + b"long")],
        [pax(b"path=" + LONG, b"mtime=1.5"), TarEntry(b"go/short", b"content")],
        [TarEntry(b"././@LongLink", LONG + b"\0", kind=b"L"), TarEntry(b"go/short", b"content", magic=b"ustar  \0")],
    ],
    ids=["ustar prefix", "pax", "GNU"],
)
def test_long_names_are_read_in_the_three_ways_that_go_wrote_them(
    entries: list[TarEntry], tmp_path: Path, workers: Workers
) -> None:
    unpacked = unpack(tgz(*entries), tmp_path, workers)
    assert unpacked.damage is None
    assert (tmp_path / "in/tree" / LONG.decode().removeprefix("go/")).read_bytes() == b"content"


def test_a_folder_may_be_listed_behind_its_files(tmp_path: Path, workers: Workers) -> None:
    entries = [TarEntry(b"go/a/b/c", b"x"), TarEntry(b"go/a/b/", kind=b"5"), TarEntry(b"go/a/", kind=b"5")]
    unpacked = unpack(tgz(*entries, TarEntry(b"go/e/", kind=b"5")), tmp_path, workers)
    assert unpacked.damage is None
    assert list(unpacked.digests) == ["go/VERSION", "go/a/b/c"]
    assert (tmp_path / "in/tree/a/b/c").read_bytes() == b"x"
    assert (tmp_path / "in/tree/e").is_dir()


def test_files_of_all_sizes_arrive_whole_whoever_writes_them(tmp_path: Path, workers: Workers) -> None:
    sizes = [0, 1, SLOT - 1, SLOT, SLOT + 1, 5, 3 * SLOT + 7, 0, *range(500, 900), SLOT * 2, 0]
    content = {f"d{number % 7}/f{number}": bytes([number % 251]) * size for number, size in enumerate(sizes)}
    tar = tgz(*[TarEntry(b"go/" + name.encode(), data) for name, data in content.items()])
    unpacked = unpack(tar, tmp_path, workers)
    assert unpacked.damage is None
    assert {name: (tmp_path / "in/tree" / name).read_bytes() for name in content} == content
    expected = {f"go/{name}": hashlib.sha256(data).hexdigest() for name, data in content.items()}
    assert {name: digest for name, digest in unpacked.digests.items() if name != "go/VERSION"} == expected
    assert unpacked.sha256 == hashlib.sha256(tar).hexdigest()


@pytest.mark.parametrize("many", [1, 3000], ids=["told at the end", "told on the way"])
def test_what_can_not_be_written_is_said_and_the_workers_stay_usable(
    many: int, tmp_path: Path, workers: Workers
) -> None:
    (tmp_path / "in/tree").mkdir(parents=True)
    (tmp_path / "in/tree/there").write_bytes(b"")
    entries = [TarEntry(b"go/there"), *[TarEntry(b"go/f%d" % number, bytes(20_000)) for number in range(many)]]
    with pytest.raises(DiskError, match=r"File exists: .*/in/tree/there"):
        unpack(tgz(*entries), tmp_path, workers)
    assert unpack(tgz(TarEntry(b"go/x", b"y")), tmp_path / "again", workers).damage is None


class Counted(Silent):
    """Keeps what it is told of files."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int | None]] = []

    def files(self, done: int, total: int | None) -> None:
        self.told.append((done, total))


@pytest.mark.parametrize("damaged", [False, True])
def test_files_are_counted_folders_are_not_and_the_count_never_goes_back(
    damaged: bool, tmp_path: Path, workers: Workers
) -> None:
    files = [TarEntry(b"go/d%d/f" % number, bytes(30_000)) for number in range(100)]
    folders = [TarEntry(b"go/d%d/" % number, kind=b"5") for number in range(100)]
    reporter = Counted()
    unpack(tgz(*files, *folders, end=b"" if damaged else bytes(1024)), tmp_path, workers, reporter)
    counts = [done for done, _ in reporter.told]
    assert counts == sorted(counts)
    assert reporter.told[0] == (0, None)
    assert reporter.told[-1] == (counts[-1], counts[-1])
    assert damaged or counts[-1] == 101
