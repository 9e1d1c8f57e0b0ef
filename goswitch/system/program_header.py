"""The headers of programs: ELF, Mach-O (thin and fat) and PE, as far as they say for which machine and where data lies.

Sources: the ELF gABI, Apple's `mach-o/loader.h` and `fat.h`, Microsoft's PE/COFF specification; Go's own choices of
OS ABI and machine from `cmd/link/internal/ld`. A header may be damaged or lie: nothing read here is trusted to be
within the file, and no table is followed further than a real one reaches.
"""

from __future__ import annotations

import struct
from typing import NamedTuple, Protocol

_MOST_SEGMENTS = 512
_MOST_SLICES = 20
"""A Java class file has the magic of a fat Mach-O, and its version where that has the count: 45 at least."""

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
_ELF_OS = {2: "netbsd", 6: "solaris", 9: "freebsd", 12: "openbsd"}
_MACHO = {0x01000007: "amd64", 0x0100000C: "arm64", 7: "386", 12: "arm"}
_PE = {0x14C: "386", 0x8664: "amd64", 0x1C0: "arm", 0x1C4: "arm", 0xAA64: "arm64"}

_FAT = {b"\xca\xfe\xba\xbe": ">5I", b"\xca\xfe\xba\xbf": ">2I2Q2I"}
_PE32_PLUS = 0x20B
_LOAD = 1


class Bytes(Protocol):
    """A file that is read at places; a read past its end is short, never an error."""

    size: int

    def at(self, place: int, count: int) -> bytes:
        """Return up to `count` bytes from `place` on."""


class Segment(NamedTuple):
    """A part of the file that is loaded: its address in memory, its place and size in the file."""

    address: int
    place: int
    size: int
    writable: bool


class Header(NamedTuple):
    """What a header says.

    `goos` is None for an ELF of no particular system (Linux has none); `machines` are Go's names of the architectures,
    several in a fat Mach-O, none for a machine that Go does not know. `segments` are those of the first of them.
    `whole` is false where the file ends before what its header promises.
    """

    container: str
    goos: str | None
    machines: tuple[str, ...]
    segments: tuple[Segment, ...] = ()
    whole: bool = True


def read_header(file: Bytes) -> Header | None:
    """Return what the header of a program says, None for a file that is no program of these three kinds."""
    head = file.at(0, 64)
    if head[:4] == b"\x7fELF" and len(head) >= 20:  # noqa: PLR2004 - up to e_machine
        return _elf(file, head)
    if head[:4] in {b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"}:
        return _macho(file, 0)
    if head[:4] in _FAT:
        return _fat(file, head[:4])
    if head[:2] == b"MZ" and len(head) == 64:  # noqa: PLR2004 - the DOS header's size
        return _pe(file, struct.unpack_from("<I", head, 60)[0])
    return None


def _elf(file: Bytes, head: bytes) -> Header:
    wide, little = head[4] == 2, head[5] == 1  # noqa: PLR2004 - ELFCLASS64
    order = "<" if little else ">"
    machine = struct.unpack_from(f"{order}H", head, 18)[0]
    names = tuple(name for name in _ELF.get((head[4], machine), ()) if (name in _LITTLE_ENDIAN) == little)
    complete = len(head) >= (64 if wide else 52)
    head = head.ljust(64, b"\0")
    place = struct.unpack_from(f"{order}Q" if wide else f"{order}I", head, 32 if wide else 28)[0]
    length, count = struct.unpack_from(f"{order}2H", head, 54 if wide else 42)
    count = min(count, _MOST_SEGMENTS)
    form = struct.Struct(f"{order}2I6Q" if wide else f"{order}8I")
    table = file.at(place, length * count) if length >= form.size else b""
    segments = []
    for start in range(0, len(table) - form.size + 1, length or 1):
        if wide:
            kind, flags, offset, address, _, size, _, _ = form.unpack_from(table, start)
        else:
            kind, offset, address, _, size, _, flags, _ = form.unpack_from(table, start)
        if kind == _LOAD:
            segments.append(Segment(address, offset, size, writable=bool(flags & 2)))
    whole = complete and len(table) == length * count and _inside(file, segments)
    return Header("elf", _ELF_OS.get(head[7]), names, tuple(segments), whole)


def _macho(file: Bytes, base: int) -> Header:
    """Read one Mach-O that begins at `base`: 0, or where a slice of a fat one lies."""
    head = file.at(base, 32).ljust(32, b"\0")
    wide = head[:4] == b"\xcf\xfa\xed\xfe"
    cpu, _, _, count, length = struct.unpack_from("<5I", head, 4)
    commands = file.at(base + (32 if wide else 28), min(length, 1 << 20))
    segments = []
    start = 0
    for _ in range(min(count, _MOST_SEGMENTS)):
        kind, size = struct.unpack("<2I", commands[start : start + 8].ljust(8, b"\0"))
        form = struct.Struct("<24x4Q2I" if wide else "<24x6I")
        if kind == (0x19 if wide else 1) and size >= form.size and start + form.size <= len(commands):
            address, _, offset, stored, _, rights = form.unpack_from(commands, start)
            segments.append(Segment(address, base + offset, stored, writable=bool(rights & 2)))
        start += max(size, 8)
    known = _MACHO.get(cpu)
    whole = len(commands) == min(length, 1 << 20) and _inside(file, segments)
    return Header("macho", "darwin", (known,) if known else (), tuple(segments), whole)


def _fat(file: Bytes, magic: bytes) -> Header | None:
    form = struct.Struct(_FAT[magic])
    count = struct.unpack(">I", file.at(4, 4).ljust(4, b"\0"))[0]
    if not 0 < count <= _MOST_SLICES:
        return None
    table = file.at(8, form.size * count)
    rows = [form.unpack_from(table, start) for start in range(0, len(table) - form.size + 1, form.size)]
    slices = [_macho(file, row[2]) for row in rows]
    machines = tuple(_MACHO[row[0]] for row in rows if row[0] in _MACHO)
    whole = len(rows) == count and all(each.whole for each in slices)
    return Header("macho", "darwin", machines, slices[0].segments if slices else (), whole)


def _pe(file: Bytes, place: int) -> Header | None:
    head = file.at(place, 24 + 32)
    if head[:4] != b"PE\0\0":
        return None
    head = head.ljust(24 + 32, b"\0")
    machine, count = struct.unpack_from("<2H", head, 4)
    optional = struct.unpack_from("<H", head, 20)[0]
    wide = struct.unpack_from("<H", head, 24)[0] == _PE32_PLUS
    image = struct.unpack_from("<Q" if wide else "<I", head, 24 + (24 if wide else 28))[0]
    count = min(count, _MOST_SEGMENTS)
    form = struct.Struct("<8x4I12xI")
    table = file.at(place + 24 + optional, form.size * count)
    segments = []
    for start in range(0, len(table) - form.size + 1, form.size):
        _, address, size, offset, flags = form.unpack_from(table, start)
        segments.append(Segment(image + address, offset, size, writable=bool(flags & 0x80000000)))
    known = _PE.get(machine)
    whole = len(table) == form.size * count and _inside(file, segments)
    return Header("pe", "windows", (known,) if known else (), tuple(segments), whole)


def _inside(file: Bytes, segments: list[Segment]) -> bool:
    return all(segment.size == 0 or segment.place + segment.size <= file.size for segment in segments)
