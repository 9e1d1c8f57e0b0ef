"""What a program says of itself, for programs written by hand; the real ones are in tests/real."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from archives import program

from goswitch.errors import DiskError
from goswitch.system.binary import Binary, inspect

if TYPE_CHECKING:
    from pathlib import Path

ELF = b"\x7fELF"
PROGRAMS = {
    "ELF amd64": (program("go1.22.4"), Binary("elf", "amd64", "go1.22.4", "linux", "amd64")),
    "ELF arm": (program("go1.22.4", goarch="arm"), Binary("elf", "arm", "go1.22.4", "linux", "arm")),
    "big-endian s390x": (ELF + b"\2\2" + bytes(10) + struct.pack(">HH", 2, 22), Binary("elf", "s390x")),
    "little-endian mips64": (ELF + b"\2\1" + bytes(10) + struct.pack("<HH", 2, 8), Binary("elf", "mips64le")),
    "unknown machine": (ELF + b"\2\1" + bytes(10) + struct.pack("<HH", 2, 999), Binary("elf", None)),
    "Mach-O arm64": (b"\xcf\xfa\xed\xfe" + struct.pack("<L", 0x0100000C), Binary("macho", "arm64")),
    "PE amd64": (
        b"MZ".ljust(60, b"\0") + struct.pack("<L", 64) + b"PE\0\0" + struct.pack("<H", 0x8664),
        Binary("pe", "amd64"),
    ),
    "PE that points nowhere": (b"MZ".ljust(60, b"\0") + struct.pack("<L", 1 << 31), Binary(None, None)),
    "script": (b"#!/bin/sh\n", Binary(None, None)),
    "short": (b"\x7fE", Binary(None, None)),
    "short ELF": (ELF, Binary(None, None)),
    "empty": (b"", Binary(None, None)),
    "magic out of line": (ELF.ljust(33, b"\2") + program("go1.22.4")[256:], Binary("elf", None)),
    "build info cut off": (program("go1.22.4")[:290], Binary("elf", "amd64")),
    "build info of 2 GB": (program("go1.22.4")[:288] + b"\xff\xff\xff\xff\x07go1", Binary("elf", "amd64")),
    "the magic as a constant before the real one": (
        program("go1.22.4")[:256] + b"\xff Go buildinf:\x08\x02".ljust(32, b"\0") + b"\2xy" + bytes(29)
        + program("go1.22.4")[256:],
        Binary("elf", "amd64", "go1.22.4", "linux", "amd64"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PROGRAMS)
def test_what_a_program_says(kind: str, tmp_path: Path) -> None:
    data, expected = PROGRAMS[kind]
    (tmp_path / "x").write_bytes(data)
    assert inspect(tmp_path / "x") == expected


def test_a_program_that_is_not_there_is_a_disk_error(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        inspect(tmp_path / "none")
