"""What a program says of itself, for programs written by hand; the real ones are in tests/real."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

import pytest
from archives import program

from goswitch.errors import DiskError
from goswitch.system.binary import SCRIPT, Binary, inspect

if TYPE_CHECKING:
    from pathlib import Path

ELF = b"\x7fELF"
_SLICES = [(0x01000007, 3, 64, 32, 0), (0x0100000C, 0, 96, 32, 0)]
FAT = (b"\xca\xfe\xba\xbe" + struct.pack(">I", 2) + b"".join(struct.pack(">5I", *row) for row in _SLICES)).ljust(
    64, b"\0"
) + b"".join(b"\xcf\xfa\xed\xfe" + struct.pack("<I", row[0]).ljust(28, b"\0") for row in _SLICES)


def elf(ident: bytes, order: str, machine: int) -> bytes:
    """Return an ELF header and nothing else."""
    return ELF + ident + bytes(8) + struct.pack(f"{order}HH", 2, machine) + bytes(44)


PROGRAMS = {
    "ELF amd64": (program("go1.22.4"), Binary("elf", "amd64", "go1.22.4", "linux", "amd64", package="cmd/go")),
    "ELF arm": (program("go1.22.4", goarch="arm"), Binary("elf", "arm", "go1.22.4", "linux", "arm", package="cmd/go")),
    "big-endian s390x": (elf(b"\2\2\1\0", ">", 22), Binary("elf", "s390x")),
    "little-endian mips64": (elf(b"\2\1\1\0", "<", 8), Binary("elf", "mips64le")),
    "unknown machine": (elf(b"\2\1\1\0", "<", 999), Binary("elf", None)),
    "Mach-O arm64": (b"\xcf\xfa\xed\xfe" + struct.pack("<L", 0x0100000C), Binary("macho", "arm64", system="darwin")),
    "PE amd64": (
        b"MZ".ljust(60, b"\0") + struct.pack("<L", 64) + b"PE\0\0" + struct.pack("<H", 0x8664),
        Binary("pe", "amd64", system="windows"),
    ),
    "FreeBSD": (elf(b"\2\1\1\x09", "<", 62), Binary("elf", "amd64", system="freebsd")),
    "fat Mach-O": (FAT, Binary("macho", "amd64", system="darwin", others=("arm64",))),
    "fat Mach-O that is cut off": (FAT[:30], Binary("macho", "amd64", system="darwin", whole=False)),
    "a Java class, which has the same magic": (b"\xca\xfe\xba\xbe\0\0\0\x34" + bytes(64), Binary(None, None)),
    "ELF whose program headers lie past its end": (
        ELF + b"\2\1\1\0" + bytes(8) + struct.pack("<HHLQQ", 2, 62, 1, 0, 1 << 40) + bytes(14)
        + struct.pack("<HH", 56, 3) + bytes(8),
        Binary("elf", "amd64", whole=False),
    ),
    "ELF whose program headers have no size": (
        ELF + b"\2\1\1\0" + bytes(8) + struct.pack("<HHLQQ", 2, 62, 1, 0, 64) + bytes(14)
        + struct.pack("<HH", 0, 0xFFFF) + bytes(100),
        Binary("elf", "amd64"),
    ),
    "PE that points nowhere": (b"MZ".ljust(60, b"\0") + struct.pack("<L", 1 << 31), Binary(None, None)),
    "script": (b"#!/bin/sh\n", Binary(SCRIPT, None)),
    "text": (b"hello\n", Binary(None, None)),
    "short": (b"\x7fE", Binary(None, None)),
    "short ELF": (ELF, Binary(None, None)),
    "empty": (b"", Binary(None, None)),
    "magic out of line": (
        elf(b"\2\1\1\0", "<", 0) + bytes(1) + program("go1.22.4")[256:],
        Binary("elf", None),
    ),
    "build info cut off": (program("go1.22.4")[:290], Binary("elf", "amd64")),
    "build info of 2 GB": (program("go1.22.4")[:288] + b"\xff\xff\xff\xff\x07go1", Binary("elf", "amd64")),
    "the magic as a constant before the real one": (
        program("go1.22.4")[:256] + b"\xff Go buildinf:\x08\x02".ljust(32, b"\0") + b"\2xy" + bytes(29)
        + program("go1.22.4")[256:],
        Binary("elf", "amd64", "go1.22.4", "linux", "amd64", package="cmd/go"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", PROGRAMS)
def test_what_a_program_says(kind: str, tmp_path: Path) -> None:
    data, expected = PROGRAMS[kind]
    (tmp_path / "x").write_bytes(data)
    assert inspect(tmp_path / "x") == expected


def test_on_which_machine_a_program_starts(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(FAT)
    fat = inspect(tmp_path / "x")
    assert [fat.runs_on("darwin", arch) for arch in ("amd64", "arm64", "386")] == [True, True, False]
    assert not fat.runs_on("linux", "amd64")
    (tmp_path / "x").write_bytes(PROGRAMS["FreeBSD"][0])
    assert inspect(tmp_path / "x").runs_on("freebsd", "amd64")
    assert not inspect(tmp_path / "x").runs_on("linux", "amd64")


def test_a_fifo_and_a_folder_are_no_programs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert inspect(tmp_path / "fifo") == inspect(tmp_path) == Binary(None, None)


def test_a_file_of_a_terabyte_is_not_read_to_its_end(tmp_path: Path) -> None:
    with (tmp_path / "x").open("wb") as file:
        file.write(PROGRAMS["FreeBSD"][0])
        file.truncate(1 << 40)
    assert inspect(tmp_path / "x").goarch == "amd64"


def test_a_program_that_is_not_there_is_a_disk_error(tmp_path: Path) -> None:
    with pytest.raises(DiskError):
        inspect(tmp_path / "none")
