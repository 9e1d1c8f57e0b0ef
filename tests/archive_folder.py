"""A folder of archives with their list, as the source `directory` takes it: SDKs for commands, without any server."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import shutil
import struct
from pathlib import Path
from typing import Any

from archives import TarEntry, make_tar, program, release_file, sdk_files
from sdks import host

from goswitch.model.distribution import is_program

_PAGE = 0x10000
_LOAD, _NOTE, _READ_WRITE = 1, 4, 6


def runnable(version: str, does: str = "true") -> bytes:
    """Return a program that does what a program of the system does, and says of itself that it is this `go`."""
    text = bytearray(Path(shutil.which(does) or f"/bin/{does}").read_bytes())
    text += bytes(-len(text) % _PAGE)
    here = host()
    told = program(f"go{version}", here.goos, here.goarch)
    info = told[told.index(b"\xff Go buildinf:") :]
    _load_too(text, len(text), len(info))
    return bytes(text) + info


def _load_too(elf: bytearray, place: int, size: int) -> None:
    """Make a note of a 64-bit ELF the header of a writable segment at `place`: build info is looked for in those."""
    table = struct.unpack_from("<Q", elf, 32)[0]
    length, count = struct.unpack_from("<2H", elf, 54)
    headers = [table + number * length for number in range(count)]
    end = max(sum(struct.unpack_from("<Q16xQ", elf, at + 16)) for at in headers)
    note = max(at for at in headers if struct.unpack_from("<I", elf, at)[0] == _NOTE)
    address = end + -end % _PAGE + _PAGE
    struct.pack_into("<2I6Q", elf, note, _LOAD, _READ_WRITE, place, address, address, size, size, _PAGE)


def stand_in(version: str, does: str = "true") -> dict[str, bytes]:
    """Return the files of an SDK for this machine whose programs run."""
    here = host()
    files = sdk_files(version, here.goos, here.goarch)
    return {
        name: runnable(version, does) if name.startswith(("bin/", "pkg/tool/")) else data
        for name, data in files.items()
    }


def archive_folder(folder: Path, *versions: str, does: str = "true", noise: int = 0) -> list[dict[str, Any]]:
    """Make archives of `versions` for this machine and their list in `folder`; return what the list says of them.

    Each has `noise` files more, of 16 KiB that can't be packed.
    """
    folder.mkdir(parents=True)
    listed: list[dict[str, Any]] = []
    more = {f"src/noise/{number}": random.Random(number).randbytes(16 << 10) for number in range(noise)}
    for version in versions:
        entries = [
            TarEntry(f"go/{name}".encode(), data, mode=b"0000755" if is_program(name) else b"0000644")
            for name, data in (stand_in(version, does) | more).items()
        ]
        archive = gzip.compress(make_tar(entries), 1, mtime=0)
        file: dict[str, Any] = release_file(version, archive, host().archive_arch, host().goos)
        file["filename"] = f"go{version}.{host().archive}.tar.gz"
        (folder / file["filename"]).write_bytes(archive)
        assert file["sha256"] == hashlib.sha256(archive).hexdigest()
        listed.append(file)
    write_list(folder, listed)
    return listed


def write_list(folder: Path, files: list[dict[str, Any]]) -> None:
    """Write the list."""
    releases = [{"version": file["version"], "stable": True, "files": [file]} for file in files]
    (folder / "releases.json").write_text(json.dumps(releases))
