"""What a Go program says of itself, read out of the file without running it: for which machine, built by which Go.

`program_header.py` reads the header, `build_info.py` the build info. Only the few kilobytes where these lie are read,
with pread: a file that shrinks meanwhile gives a short answer, where a mapping would kill the process.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, NamedTuple

from goswitch.system.build_info import read_build_info
from goswitch.system.files import doing
from goswitch.system.program_header import read_header

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "script"
"""The container of a file that begins with `#!`: a wrapper, where a program is expected."""


class Binary(NamedTuple):
    """What a program is: container, architecture, and what its build info says; each None where it says nothing.

    `goarch` is the first architecture of a fat program and `others` the rest. `system` is the system of the header,
    which Linux leaves open. `whole` is false where the file ends before what its header promises. `package`, `module`
    and `module_version` say what was built.
    """

    container: str | None
    goarch: str | None
    version: str | None = None
    build_goos: str | None = None
    build_goarch: str | None = None
    system: str | None = None
    others: tuple[str, ...] = ()
    whole: bool = True
    package: str | None = None
    module: str | None = None
    module_version: str | None = None

    @property
    def goos(self) -> str | None:
        """The system that it is for: by its build info, else by its header; None where neither says it."""
        return self.build_goos or self.system

    def runs_on(self, goos: str, goarch: str) -> bool:
        """Tell whether the header (not the build info) lets the program start on a machine."""
        if goarch not in {self.goarch, *self.others}:
            return False
        container = {"darwin": "macho", "windows": "pe"}.get(goos, "elf")
        return self.container == container and (self.system or goos) == goos


class _File:
    """An open file, read at places."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self.size = size

    def at(self, place: int, count: int) -> bytes:
        """Return up to `count` bytes from `place` on."""
        if not 0 <= place < self.size:
            return b""
        return os.pread(self._descriptor, min(count, self.size - place), place)


def inspect(path: Path) -> Binary:
    """Read a program file. A file that is no program gives a Binary of Nones; raise DiskError if it can't be read."""
    with doing("read", path):
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                return Binary(None, None)
            return _inspect(_File(descriptor, status.st_size))
        finally:
            os.close(descriptor)


def _inspect(file: _File) -> Binary:
    header = read_header(file)
    if header is None:
        return Binary(SCRIPT if file.at(0, 2) == b"#!" else None, None)
    info = read_build_info(file, header.segments)
    return Binary(
        container=header.container,
        goarch=header.machines[0] if header.machines else None,
        version=info.version if info else None,
        build_goos=info.settings.get("GOOS") if info else None,
        build_goarch=info.settings.get("GOARCH") if info else None,
        system=header.goos,
        others=header.machines[1:],
        whole=header.whole,
        package=(info.package or None) if info else None,
        module=(info.module or None) if info else None,
        module_version=(info.module_version or None) if info else None,
    )
