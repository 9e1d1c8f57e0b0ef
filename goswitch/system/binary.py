"""What a Go program says of itself, read out of the file without running it.

The header names the machine (ELF, Mach-O, PE); the build info of Go 1.18 and later names the version and GOOS/GOARCH
(`debug/buildinfo`: 16-byte aligned magic, flag 2 at byte 15, two length-prefixed strings at byte 32).
"""

from __future__ import annotations

import mmap
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.system.files import doing

if TYPE_CHECKING:
    from pathlib import Path

_MAGIC = b"\xff Go buildinf:"
_ALIGN = 16
_HEADER = 32
_LONGEST = 1 << 20

_ELF = {
    (1, 3): {"386"},
    (1, 8): {"mips", "mipsle"},
    (2, 8): {"mips64", "mips64le"},
    (2, 21): {"ppc64", "ppc64le"},
    (2, 22): {"s390x"},
    (1, 40): {"arm"},
    (2, 62): {"amd64"},
    (2, 183): {"arm64"},
    (2, 243): {"riscv64"},
    (2, 258): {"loong64"},
}
_LITTLE_ENDIAN = frozenset({"386", "amd64", "arm", "arm64", "loong64", "mips64le", "mipsle", "ppc64le", "riscv64"})
_MACHO = {0x01000007: "amd64", 0x0100000C: "arm64", 7: "386", 12: "arm"}
_PE = {0x14C: "386", 0x8664: "amd64", 0x1C0: "arm", 0x1C4: "arm", 0xAA64: "arm64"}


@dataclass(frozen=True)
class Binary:
    """What a program is: container, architecture, and what its build info says; each None where it says nothing."""

    container: str | None
    goarch: str | None
    version: str | None = None
    build_goos: str | None = None
    build_goarch: str | None = None


def inspect(path: Path) -> Binary:
    """Read a program file. A file that is no program gives a Binary of Nones; raise DiskError if it can't be read."""
    with doing("read", path), path.open("rb") as file:
        if path.stat().st_size == 0:
            return Binary(None, None)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            container, goarch = _header(data)
            if container is None:
                return Binary(None, None)
            return Binary(container, goarch, *_build_info(data))


def _header(data: mmap.mmap) -> tuple[str | None, str | None]:
    head = data[:64]
    if head[:4] == b"\x7fELF" and len(head) >= 20:  # noqa: PLR2004 - up to e_machine
        little = head[5] == 1
        machine = struct.unpack("<H" if little else ">H", head[18:20])[0]
        for name in _ELF.get((head[4], machine), ()):
            if (name in _LITTLE_ENDIAN) == little:
                return "elf", name
        return "elf", None
    if head[:4] in {b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"}:
        return "macho", _MACHO.get(struct.unpack_from("<L", head, 4)[0])
    if head[:2] == b"MZ" and len(head) == 64:  # noqa: PLR2004 - the DOS header's size
        place = struct.unpack_from("<L", head, 60)[0]
        if data[place : place + 4] == b"PE\0\0":
            return "pe", _PE.get(struct.unpack("<H", data[place + 4 : place + 6].ljust(2, b"\0"))[0])
    return None, None


def _build_info(data: mmap.mmap) -> tuple[str | None, str | None, str | None]:
    place = data.find(_MAGIC)
    while place != -1:
        if place % _ALIGN == 0 and place + _HEADER < len(data) and data[place + 15] & 2:
            version, following = _string(data, place + _HEADER)
            # bin/go holds the magic a second time, as a constant of its own code.
            if version.startswith(("go", "devel")):
                module, _ = _string(data, following)
                lines = (line.removeprefix("build\t") for line in module.split("\n") if line.startswith("build\t"))
                settings = dict(line.partition("=")[::2] for line in lines)
                return version, settings.get("GOOS"), settings.get("GOARCH")
        place = data.find(_MAGIC, place + 1)
    return None, None, None


def _string(data: mmap.mmap, place: int) -> tuple[str, int]:
    length, shift = 0, 0
    while place < len(data) and shift < 35:  # noqa: PLR2004 - a varint of five bytes at most
        byte = data[place]
        place += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    if length > _LONGEST:
        return "", place
    return data[place : place + length].decode("utf-8", "replace"), place + length
