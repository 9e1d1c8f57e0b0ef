"""Archives that were good once: whatever bytes change, they are refused in our words, and nothing leaves the tree.

Bounded: hypothesis draws mutations of small good archives, and archives whose every field may lie. Mutations of a tar
are made before it is compressed, with its header's checksums mended, so that they come further than the first check.
"""

from __future__ import annotations

import gzip
import tempfile
from contextlib import suppress
from pathlib import Path

from archives import TarEntry, ZipEntry, make_tar, make_zip, module_zip, sdk_files
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goswitch.errors import ArchiveError
from goswitch.sdk.reporter import Silent
from goswitch.sdk.sources.streaming import directory_of
from goswitch.sdk.unpacking import unpack_zip
from goswitch.sdk.unpacking_tar import unpack_tar
from goswitch.system.growing import Growing
from goswitch.system.workers import Workers

ROOT = "golang.org/toolchain@v0.0.1-go1.22.4.linux-amd64/"
FILES = {name: content[:300] for name, content in sdk_files("1.22.4").items()}
ZIP = module_zip("1.22.4", files=FILES)
TAR = make_tar(
    [TarEntry(b"go/", kind=b"5"), TarEntry(b"x", b"27 path=go/a/longer/name/x\n", kind=b"x"), TarEntry(b"go/y", b"1")]
    + [TarEntry(f"go/{name}".encode(), content) for name, content in FILES.items()]
)
WORDS = [b"../", b"/", b"\\", b"\0", b"go/", b"..", b"2", b"5", b"L", b"x", b"\xff" * 4, b"PK\1\2", b"7777777", b"-1"]

change = st.tuples(
    st.sampled_from(["put", "put", "put", "put", "drop", "copy"]),
    st.integers(0, 1 << 20),
    st.integers(0, 1 << 20),
    st.binary(min_size=1, max_size=4) | st.sampled_from(WORDS),
)
changes = st.lists(change, min_size=1, max_size=4)
bounded = settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def changed(data: bytes, drawn: list[tuple[str, int, int, bytes]], *, within: int) -> bytes:
    """Change `data` at places counted from its end, where a zip has its directory, or within its first bytes."""
    for kind, first, second, put in drawn:
        size = max(1, len(data))
        place, other = (size - 1 - first % min(size, within)), second % size
        if kind == "put":
            data = data[:place] + put + data[place + len(put) :]
        elif kind == "drop":
            data = data[:place] + data[place + 1 + second % 64 :]
        else:
            data = data[:place] + data[other : other + 1 + first % 600] + data[place:]
    return data


def mended(tar: bytes) -> bytes:
    """Give every block that looks like a header the checksum that it should have."""
    out = bytearray(tar)
    for start in range(0, len(out) - 511, 512):
        if out[start + 257 : start + 262] == b"ustar":
            out[start + 148 : start + 156] = b" " * 8
            out[start + 148 : start + 156] = b"%06o\0 " % sum(out[start : start + 512])
    return bytes(out)


def survive(data: bytes, *, is_zip: bool) -> None:
    """Unpack in a folder of its own; nothing but the tree may be there in the end, and no link in it."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        path, tree = base / "archive", base / "in" / "tree"
        tree.mkdir(parents=True)
        path.write_bytes(data)
        growing = Growing(path)
        growing.reach(len(data), len(data))
        growing.end()
        with suppress(ArchiveError):
            if is_zip:
                unpack_zip(growing, directory_of(path, len(data), ROOT), tree, 0, Silent(), Workers(0))
            else:
                unpack_tar(growing, "go/", tree, 0, Silent(), Workers(0))
        assert sorted(found.name for found in base.iterdir()) == ["archive", "in"]
        assert [found.name for found in (base / "in").iterdir()] == ["tree"]
        for found in tree.rglob("*"):
            assert not found.is_symlink()
            assert found.is_dir() or found.is_file()
            assert found.stat().st_nlink == 1 or found.is_dir()
            assert found.stat().st_mode & 0o7022 == 0


def test_the_unchanged_ones_are_taken() -> None:
    survive(ZIP, is_zip=True)
    survive(gzip.compress(TAR), is_zip=False)


@bounded
@given(changes, st.sampled_from([len(ZIP), 22, 1500]))
@example([("put", 0, 0, b"\1")], 22)
def test_a_changed_zip(drawn: list[tuple[str, int, int, bytes]], within: int) -> None:
    survive(changed(ZIP, drawn, within=within), is_zip=True)


@bounded
@given(changes, st.booleans())
def test_a_changed_tar(drawn: list[tuple[str, int, int, bytes]], mend: bool) -> None:
    tar = changed(TAR, drawn, within=len(TAR))
    survive(gzip.compress(mended(tar) if mend else tar, 1), is_zip=False)


@bounded
@given(changes)
def test_a_changed_gzip(drawn: list[tuple[str, int, int, bytes]]) -> None:
    packed = gzip.compress(TAR, 1, mtime=0)
    survive(changed(packed, drawn, within=len(packed)), is_zip=False)


PARTS = [
    b"a",
    b"A",
    b"b",
    b"..",
    b".",
    b"",
    b"\xff",
    b"x\\y",
    b"c:",
    b"\0",
    b"\n",
    "e\u0301".encode(),
    b"_go.mod",
    b"n" * 250,
]
numbers = st.sampled_from([0, 1, 5, 0xFFFF, 0xFFFFFFFF, 1 << 31])


def names(root: bytes) -> st.SearchStrategy[bytes]:
    """Draw names below the root, or nearly."""
    inner = st.lists(st.sampled_from(PARTS[:3]) | st.sampled_from(PARTS), min_size=1, max_size=3).map(b"/".join)
    return st.builds(lambda begin, rest: begin + rest, st.sampled_from([root] * 5 + [b"", b"/", root.upper()]), inner)


some = st.none() | st.none() | st.none()
zip_entries = st.builds(
    ZipEntry,
    name=names(ROOT.encode()),
    content=st.binary(max_size=40),
    method=st.sampled_from([8, 8, 8, 0, 0, 12]),
    flags=st.sampled_from([8, 8, 8, 0, 0, 1, 0x800]),
    attributes=st.sampled_from([0o100644 << 16] * 5 + [0, 0o120777 << 16, 0o104755 << 16, 0x10]),
    crc=some | numbers,
    size=some | numbers,
    packed=some | st.binary(max_size=30),
    local=st.just({}) | st.just({}) | st.dictionaries(st.sampled_from(["crc", "packed", "size"]), numbers, max_size=2),
    descriptor=some | st.binary(max_size=20),
    start=some | st.integers(0, 200),
)
tar_entries = st.builds(
    TarEntry,
    name=names(b"go/").map(lambda name: name[:100]),
    content=st.binary(max_size=40) | st.sampled_from([b"20 path=go/../../x\n", b"12 path=/x\n\n", b"9 a=b", b"go/x\0"]),
    kind=st.sampled_from([b"0"] * 5 + [b"5", b"x", b"L", b"1", b"2", b"3", b"6", b"7", b"g", b"S", b"\0"]),
    mode=st.sampled_from([b"0000644", b"0000755", b"0004755", b"0000777", b"x"]),
    size=some | st.sampled_from([b"00000000000", b"00000000005", b"77777777777", b"\x80" + bytes(10), b"-1", b"9"]),
    magic=st.sampled_from([b"ustar\x0000"] * 4 + [b"ustar  \0", bytes(8)]),
    prefix=st.sampled_from([b"", b"", b"", b"go", b"go/..", b"/"]),
    link=st.sampled_from([b"", b"", b"", b"/etc", b"../x"]),
)


@bounded
@given(st.lists(zip_entries, min_size=1, max_size=4), st.sampled_from([b"", b"", b"", b"junk"]))
def test_a_zip_whose_fields_lie(entries: list[ZipEntry], gap: bytes) -> None:
    survive(make_zip(entries, gap=gap), is_zip=True)


@bounded
@given(st.lists(tar_entries, min_size=1, max_size=4), st.sampled_from([bytes(1024)] * 3 + [b"", bytes(512)]))
def test_a_tar_whose_fields_lie(entries: list[TarEntry], end: bytes) -> None:
    survive(gzip.compress(make_tar(entries, end), 1), is_zip=False)
