"""Zips that no Go release is like: each is refused, and nothing is written outside the tree."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from archives import ZipEntry, deflate, make_zip, module_zip, sdk_files

from goswitch.errors import ArchiveError
from goswitch.sdk.reporter import Silent
from goswitch.sdk.sources.streaming import directory_of
from goswitch.sdk.unpacking import unpack_zip
from goswitch.system.growing import Growing

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.system.workers import Workers

ROOT = "golang.org/toolchain@v0.0.1-go1.22.4.linux-amd64/"


def entry(name: str | bytes, content: bytes = b"x", **fields: object) -> ZipEntry:
    raw = name if isinstance(name, bytes) else ROOT.encode() + name.encode()
    return replace(ZipEntry(raw, content), **fields)  # type: ignore[arg-type]


GOOD = entry("VERSION", b"go1.22.4\n")
BIG = b"0123456789abcdef" * 4096


def one(name: str | bytes, content: bytes = b"x", **fields: object) -> bytes:
    return make_zip([GOOD, entry(name, content, **fields)])


def two(first: str, second: str) -> bytes:
    return make_zip([entry(first), entry(second)])


def overlapping() -> bytes:
    return make_zip([GOOD, entry("a", BIG), replace(entry("b", BIG), start=0)])


def shifted() -> bytes:
    plain = make_zip([GOOD])
    end_of_data = plain.index(b"PK\1\2")
    return b"MZ.." + make_zip([replace(GOOD, start=4)], offset=end_of_data + 4)


def many() -> bytes:
    return make_zip([entry(f"f{number}", b"") for number in range(30_001)])


ODD_EXTRA = struct.pack("<HHB", 0x7075, 1, 1)

HOSTILE = {
    "climbs out": (one("../escape"), "the archive has a name that leads elsewhere"),
    "climbs out inside": (one("a/../../escape"), "the archive has a name that leads elsewhere"),
    "dot component": (one("a/./b"), "the archive has a name that leads elsewhere"),
    "absolute": (one(b"/etc/passwd"), "the archive has a name outside"),
    "outside the root": (one(b"golang.org/other@v1/x"), "the archive has a name outside"),
    "a sibling of the root": (one(ROOT.encode()[:-1] + b"x/y"), "the archive has a name outside"),
    "empty component": (one("a//b"), "the archive has a name that leads elsewhere"),
    "the root itself": (one(""), "the archive has a file with the name of a folder"),
    "backslash": (one("a\\..\\b"), "the archive has a name with forbidden characters"),
    "drive letter": (one("c:x"), "the archive has a name with forbidden characters"),
    "NUL": (one("a\0b"), "the archive has a name with forbidden characters"),
    "newline": (one("a\nb"), "the archive has a name with forbidden characters"),
    "not UTF-8": (one(ROOT.encode() + b"\xff\xfe"), "the archive has a name that is not UTF-8"),
    "not composed": (one("u\u0308"), "the archive has a name that is not in composed form"),
    "too long a name": (one("a/" * 300 + "b"), "the archive has a name of 650 bytes"),
    "twice": (two("a", "a"), "twice"),
    "twice but for case": (two("a/README", "a/readme"), "twice"),
    "folders that differ in case": (two("Src/a", "src/b"), "the archive has folders whose names differ in case alone"),
    "file, then folder": (two("a", "a/b"), "below a name that is a file"),
    "folder, then file": (two("a/b", "a"), "as a file and as a folder"),
    "file, then folder in other case": (two("A", "a/b"), "below a name that is a file"),
    "folder entry": (one("dir/", b"", method=0, flags=0), "the archive has a file with the name of a folder"),
    "symlink": (one("link", b"/etc/passwd", attributes=0o120777 << 16), ", which is no regular file"),
    "device": (one("dev", b"", attributes=0o020666 << 16), ", which is no regular file"),
    "FIFO": (one("fifo", b"", attributes=0o010666 << 16), ", which is no regular file"),
    "setuid": (one("su", attributes=0o104755 << 16), "with a mode that no Go release has"),
    "DOS folder": (one("dir", b"", attributes=0x10), "with a mode that no Go release has"),
    "encrypted": (one("secret", flags=9), "in a way that Go does not use"),
    "strange method": (one("lzma", method=14), "in a way that Go does not use"),
    "stored with two sizes": (one("s", b"abc", method=0, flags=0, size=2), "the zip declares impossible sizes for"),
    "needs zip64": (one("z", needs=45), "in a way that Go does not use"),
    "zip64 extra": (one("z", extra=struct.pack("<HHQ", 1, 8, 1 << 40)), "the zip has extra data for"),
    "other name in extra": (one("n", extra=struct.pack("<HHBL", 0x7075, 5, 1, 0)), "the zip has extra data for"),
    "extra in the directory alone": (one("d", extra=ODD_EXTRA, local_extra=b""), "the zip has extra data for"),
    "extra in the header alone": (one("h", local_extra=ODD_EXTRA), "the zip has extra data for"),
    "damaged extra": (one("e", extra=b"UT\xff\xff"), "the zip has extra data for"),
    "comment on a file": (one("c", comment=b"hello"), "the zip's directory is damaged"),
    "a terabyte declared": (one("t", BIG, size=0xFFFFFFFE), "the zip declares 4294967294 bytes for"),
    "more than deflate can make": (
        one("bomb", BIG, packed=b"\x03\x00", size=64 << 20),
        "the zip declares 67108864 bytes for",
    ),
    "makes more than declared": (
        one("more", BIG, size=100, crc=zlib.crc32(BIG[:100])),
        "deflate data does not hold the 100 bytes that were declared",
    ),
    "makes less than declared": (
        one("less", b"abc", size=4000),
        "deflate data does not hold the 4000 bytes that were declared",
    ),
    "wrong CRC": (one("crc", b"abc", crc=1), "the zip's content of"),
    "damaged deflate": (one("bad", b"abc", packed=b"\xff\xff\xff\xff"), "damaged deflate data"),
    "junk behind the deflate end": (
        one("junk", b"abc", packed=deflate(b"abc") + b"junk"),
        "deflate data does not hold the 3 bytes that were declared",
    ),
    "local name differs": (one("a", local_name=ROOT.encode() + b"b"), "does not agree with its directory"),
    "local method differs": (one("a", local={"method": 0}), "does not agree with its directory"),
    "local flags differ": (one("a", local={"flags": 0}), "does not agree with its directory"),
    "local sizes lie": (one("a", b"abc", flags=0, local={"size": 4}), "do not agree with its directory"),
    "local sizes lie beside a descriptor": (
        one("a", b"abc", local={"size": 4, "crc": 1, "packed": 1}),
        "do not agree with its directory",
    ),
    "descriptor lies": (
        one("a", b"abc", descriptor=struct.pack("<4s3L", b"PK\7\10", 1, 2, 3)),
        "do not agree with its directory",
    ),
    "descriptor is missing": (one("a", b"abc", descriptor=b""), "do not agree with its directory"),
    "entries overlap": (overlapping(), "the zip's entries overlap or leave gaps at"),
    "one entry under two names": (
        make_zip([GOOD, replace(entry("again", b"go1.22.4\n"), start=0)]),
        "the zip's entries overlap or leave gaps at",
    ),
    "a gap before the directory": (make_zip([GOOD], gap=b"hidden" * 10), "do not agree with its directory"),
    "begins with something else": (shifted(), "entries overlap or leave gaps"),
    "comment at the end": (make_zip([GOOD], comment=b"PK"), "the zip does not end with its directory"),
    "junk at the end": (make_zip([GOOD], junk=b"junk"), "the zip does not end with its directory"),
    "a first disk": (make_zip([GOOD], disk=1), "the zip declares 1 entries or several disks"),
    "fewer entries declared": (
        make_zip([GOOD, entry("a")], count=1, here=1),
        "the zip's directory has more in it than its entries",
    ),
    "more entries declared": (make_zip([GOOD], count=2, here=2), "the zip's directory is cut off"),
    "directory elsewhere": (make_zip([GOOD], offset=3), "the zip's directory is not where its end says"),
    "directory longer": (make_zip([GOOD], length=1000), "the zip's directory is not where its end says"),
    "empty": (make_zip([]), "the zip declares 0 entries or several disks"),
    "no zip": (b"<html>" * 100, "the zip does not end with its directory"),
    "nothing": (b"", "the zip is too short"),
    "30,001 entries": (many(), "the zip declares 30001 entries or several disks"),
}


def unpack(data: bytes, base: Path, workers: Workers) -> dict[str, str]:
    path, tree = base / "x.zip", base / "in" / "tree"
    tree.mkdir(parents=True)
    path.write_bytes(data)
    growing = Growing(path)
    growing.reach(len(data), len(data))
    growing.end()
    return unpack_zip(growing, directory_of(path, len(data), ROOT), tree, 0, Silent(), workers).digests


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_zip_is_refused(kind: str, tmp_path: Path, workers: Workers) -> None:
    data, reason = HOSTILE[kind]
    with pytest.raises(ArchiveError, match=re.escape(reason)):
        unpack(data, tmp_path, workers)
    outside = [path for path in tmp_path.rglob("*") if tmp_path / "in/tree" not in [path, *path.parents]]
    assert sorted(path.name for path in outside) == ["in", "x.zip"]
    assert not any(path.is_symlink() for path in tmp_path.rglob("*"))


def test_a_module_zip_is_taken_with_its_names_and_bits(tmp_path: Path, workers: Workers) -> None:
    digests = unpack(module_zip("1.22.4"), tmp_path, workers)
    tree = tmp_path / "in/tree"
    files = sdk_files("1.22.4")
    assert {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*") if path.is_file()} == files
    assert set(digests) == {ROOT + name.replace("go.mod", "_go.mod") for name in files}
    programs = {
        str(path.relative_to(tree)) for path in tree.rglob("*") if path.is_file() and path.stat().st_mode & 0o111
    }
    assert programs == {"bin/go", "bin/gofmt", "pkg/tool/linux_amd64/compile", "lib/wasm/go_js_wasm_exec"}


def test_entries_without_descriptors_are_taken(tmp_path: Path, workers: Workers) -> None:
    unpack(make_zip([entry("a", BIG, flags=0), entry("b", b"stored", method=0, flags=0)]), tmp_path, workers)
    assert (tmp_path / "in/tree/a").read_bytes() == BIG
    assert (tmp_path / "in/tree/b").read_bytes() == b"stored"


def test_a_directory_beyond_the_first_tail_is_read(tmp_path: Path, workers: Workers) -> None:
    entries = [entry(f"{'d' * 200}/{number:05d}", b"", flags=0, method=0) for number in range(5000)]
    assert len(unpack(make_zip(entries), tmp_path, workers)) == 5000
