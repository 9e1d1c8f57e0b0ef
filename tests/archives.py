"""Archives for tests, written byte by byte, so that they may lie; and a stand-in SDK that is quick to pack.

The stand-in passes the tree check: its programs have a real header and real build info, and nothing else.
"""

from __future__ import annotations

import gzip
import hashlib
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_ELF_MACHINE = {"amd64": 62, "arm64": 183, "arm": 40}


FRAME = b"0w\xaf\x0c\x92t\x08\x02A\xe1\xc1\x07\xe6\xd6\x18\xe6", b"\xf92C1\x86\x18 r\x00\x82B\x10A\x16\xd8\xf2"
"""What stands around the module info of a program that `go build` made (`cmd/go/internal/modload`, infoStart)."""


def program(version: str, goos: str = "linux", goarch: str = "amd64", said: str = "path\tcmd/go") -> bytes:
    """Return a file that says of itself what Go's programs say; `said` are the lines of its module info."""
    bits = 1 if goarch == "arm" else 2
    head = b"\x7fELF" + bytes([bits, 1, 1, 0]) + bytes(8) + struct.pack("<HH", 2, _ELF_MACHINE[goarch])
    info = b"\xff Go buildinf:\x08\x02".ljust(32, b"\0")
    module = f"{said}\nbuild\tGOARCH={goarch}\nbuild\tGOOS={goos}\n".encode().join(FRAME)
    strings = b"".join(_varint(len(text)) + text for text in (version.encode(), module))
    return head.ljust(256, b"\0") + info + strings


def _varint(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])


def sdk_files(version: str, goos: str = "linux", goarch: str = "amd64") -> dict[str, bytes]:
    """Return the files of a stand-in SDK, by their names in the tree."""
    name = f"go{version}"
    return {
        "VERSION": f"{name}\ntime 2024-05-30T19:26:07Z\n".encode(),
        "bin/go": program(name, goos, goarch),
        "bin/gofmt": program(name, goos, goarch),
        f"pkg/tool/{goos}_{goarch}/compile": program(name, goos, goarch),
        "lib/wasm/go_js_wasm_exec": b"#!/bin/sh\n",
        "src/go.mod": b"module std\n",
        "src/fmt/print.go": b"package fmt\n" * 20_000,
        "src/fmt/empty.go": b"",
    }


def contents(tree: Path) -> dict[str, bytes]:
    """Return the files of an installed SDK by their names in the tree, but for what goswitch adds."""
    found = {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if not name.startswith((".goswitch/", ".unpacked"))}


@dataclass
class ZipEntry:
    """One entry of a zip. `local` and `central` override fields of the two headers by name."""

    name: bytes
    content: bytes
    method: int = 8
    flags: int = 8
    made: int = 3 << 8 | 20
    needs: int = 20
    attributes: int = 0o100644 << 16
    crc: int | None = None
    size: int | None = None
    packed: bytes | None = None
    extra: bytes = b""
    local_extra: bytes | None = None
    comment: bytes = b""
    local: dict[str, int] = field(default_factory=dict)
    local_name: bytes | None = None
    descriptor: bytes | None = None
    start: int | None = None


def deflate(data: bytes) -> bytes:
    """Return a raw deflate stream."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def make_zip(entries: list[ZipEntry], **end: int | bytes) -> bytes:
    """Return a zip. `end` overrides `count`, `here`, `length`, `offset`, `disk`, `comment`, and adds `gap`, `junk`."""
    out = bytearray()
    central = bytearray()
    for entry in entries:
        packed = entry.packed
        if packed is None:
            packed = deflate(entry.content) if entry.method == 8 else entry.content
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        size = len(entry.content) if entry.size is None else entry.size
        start = len(out) if entry.start is None else entry.start
        described = bool(entry.flags & 8)
        fields = {"crc": 0, "packed": 0, "size": 0} if described else {"crc": crc, "packed": len(packed), "size": size}
        fields |= {"flags": entry.flags, "method": entry.method} | entry.local
        name = entry.name if entry.local_name is None else entry.local_name
        extra = entry.extra if entry.local_extra is None else entry.local_extra
        out += struct.pack(
            "<4s5H3L2H", b"PK\3\4", entry.needs, fields["flags"], fields["method"], 0, 0, fields["crc"],
            fields["packed"], fields["size"], len(name), len(extra),
        )  # fmt: skip
        out += name + extra + packed
        if described:
            honest = struct.pack("<4s3L", b"PK\7\10", crc, len(packed), size & 0xFFFFFFFF)
            out += honest if entry.descriptor is None else entry.descriptor
        central += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", entry.made, entry.needs, entry.flags, entry.method, 0, 0, crc, len(packed),
            size & 0xFFFFFFFF, len(entry.name), len(entry.extra), len(entry.comment), 0, 0, entry.attributes, start,
        )  # fmt: skip
        central += entry.name + entry.extra + entry.comment
    gap = end.get("gap", b"")
    assert isinstance(gap, bytes)
    out += gap
    comment = end.get("comment", b"")
    junk = end.get("junk", b"")
    assert isinstance(comment, bytes)
    assert isinstance(junk, bytes)
    tail = struct.pack(
        "<4s4H2LH", b"PK\5\6", end.get("disk", 0), 0, end.get("here", len(entries)), end.get("count", len(entries)),
        end.get("length", len(central)), end.get("offset", len(out)), len(comment),
    )  # fmt: skip
    return bytes(out + central + tail + comment + junk)


def module_zip(version: str, platform: str = "linux-amd64", files: dict[str, bytes] | None = None) -> bytes:
    """Return the module zip of a stand-in SDK (or of `files`)."""
    root = f"golang.org/toolchain@v0.0.1-go{version}.{platform}/"
    goos, _, goarch = platform.partition("-")
    contents = sdk_files(version, goos, goarch) if files is None else files
    renamed = {name.replace("go.mod", "_go.mod"): content for name, content in contents.items()}
    return make_zip([ZipEntry(f"{root}{name}".encode(), content) for name, content in renamed.items()])


@dataclass
class TarEntry:
    """One entry of a tar; any header field may lie."""

    name: bytes
    content: bytes = b""
    kind: bytes = b"0"
    mode: bytes = b"0000644"
    size: bytes | None = None
    link: bytes = b""
    magic: bytes = b"ustar\x0000"
    prefix: bytes = b""
    checksum: bytes | None = None
    devices: bytes = b""


def make_tar(entries: list[TarEntry], end: bytes = bytes(1024)) -> bytes:
    """Return a tar."""
    out = bytearray()
    for entry in entries:
        size = b"%011o" % len(entry.content) if entry.size is None else entry.size
        block = bytearray(512)
        for place, value in [
            (0, entry.name), (100, entry.mode), (108, b"0000000"), (116, b"0000000"), (124, size),
            (136, b"00000000000"), (148, b"        "), (156, entry.kind), (157, entry.link), (257, entry.magic),
            (329, entry.devices), (345, entry.prefix),
        ]:  # fmt: skip
            block[place : place + len(value)] = value
        block[148:156] = b"%06o\0 " % sum(block) if entry.checksum is None else entry.checksum
        out += block + entry.content + bytes(-len(entry.content) % 512)
    return bytes(out + end)


def official_archive(version: str, goos: str = "linux", goarch: str = "amd64") -> bytes:
    """Return the tar.gz of a stand-in SDK as go.dev lays it out."""
    entries = [TarEntry(b"go/", kind=b"5", mode=b"0000755")]
    for name, content in sdk_files(version, goos, goarch).items():
        mode = b"0000755" if name.startswith(("bin/", "pkg/tool/")) else b"0000644"
        entries.append(TarEntry(f"go/{name}".encode(), content, mode=mode))
    return gzip.compress(make_tar(entries), mtime=0)


def release_file(version: str, archive: bytes, arch: str = "amd64", goos: str = "linux") -> dict[str, object]:
    """Return a file as go.dev's list describes it."""
    return {
        "filename": f"go{version}.{goos}-{arch}.tar.gz",
        "os": goos,
        "arch": arch,
        "version": f"go{version}",
        "sha256": hashlib.sha256(archive).hexdigest(),
        "size": len(archive),
        "kind": "archive",
    }
