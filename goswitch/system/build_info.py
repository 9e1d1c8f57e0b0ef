"""The build info in a Go program: which Go built it, and with which settings (`debug/buildinfo`).

A 32-byte header, 16-byte aligned, near the beginning of the writable data. Since Go 1.18 (flag 2 at byte 15) the two
strings follow it, each behind its length as a varint; from 1.13 to 1.17 the header has two pointers, of the size at
byte 14 and the byte order of flag 1, to Go strings (pointer and length). Before 1.13 there is none.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goswitch.system.program_header import Bytes, Segment

_MAGIC = b"\xff Go buildinf:"
_ALIGN = 16
_HEADER = 32
_LONGEST = 1 << 20
_STEP = 1 << 18
_FURTHEST = 1 << 28
"""A program of more than 256 MB has its build info before that, or none that is looked for."""

_INLINE = 2
_BIG_ENDIAN = 1


class BuildInfo(NamedTuple):
    """The version that `go version FILE` prints (with its experiments, `go1.22.4 X:…`), and the build settings.

    `package` is the import path of the main package, `module` that of its module and `module_version` its version,
    `(devel)` for one that was built from a checkout; each "" where it is not said.
    """

    version: str
    settings: dict[str, str]
    package: str = ""
    module: str = ""
    module_version: str = ""


def read_build_info(file: Bytes, segments: Sequence[Segment]) -> BuildInfo | None:
    """Return the build info of a program; None where there is none, or none that can be read.

    `segments` say where its data lies. Without any, all of it is searched.
    """
    for place in _headers(file, segments):
        header = file.at(place, _HEADER)
        if len(header) < _HEADER:
            continue
        if header[15] & _INLINE:
            version, following = _inline(file, place + _HEADER)
            module = _inline(file, following)[0]
        else:
            version, module = _pointed(file, segments, header)
        # A program that reads build info holds the magic as a constant, too.
        if version.startswith(("go", "devel")):
            return _parsed(version, module)
    return None


def _parsed(version: str, text: str) -> BuildInfo:
    """Return what the module info says: lines of words between tabs, in a frame of 16 bytes that are no text."""
    start = text.find("path\t")
    lines = [line.split("\t") for line in text[max(start, 0) :].split("\n")]
    settings = dict(line[1].partition("=")[::2] for line in lines if line[0] == "build" and len(line) > 1)
    package = next((line[1] for line in lines if line[0] == "path" and len(line) > 1), "")
    module = next((line for line in lines if line[0] == "mod"), [])
    named, at = [*module[1:3], "", ""][:2]
    return BuildInfo(version, settings, package, named, at)


def _headers(file: Bytes, segments: Sequence[Segment]) -> Iterator[int]:
    """Give the places of everything that could be the header, the likeliest first."""
    writable = [segment for segment in segments if segment.writable]
    parts = [(part.place, part.size, part.address) for part in writable] if segments else [(0, file.size, 0)]
    for start, size, address in parts:
        end = min(start + min(size, _FURTHEST), file.size)
        place = start
        while place < end:
            chunk = file.at(place, min(_STEP + len(_MAGIC), end - place))
            found = chunk.find(_MAGIC)
            while found != -1:
                if (address + place + found - start) % _ALIGN == 0:
                    yield place + found
                found = chunk.find(_MAGIC, found + 1)
            place += _STEP


def _inline(file: Bytes, place: int) -> tuple[str, int]:
    """Return the string behind the varint at `place`, and where the next one is; "" if it can't be all there."""
    length, shift = 0, 0
    for byte in file.at(place, 5):
        place += 1
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    text = file.at(place, length) if length <= _LONGEST else b""
    return (text.decode("utf-8", "replace") if len(text) == length else ""), place + length


def _pointed(file: Bytes, segments: Sequence[Segment], header: bytes) -> tuple[str, str]:
    width = header[14]
    if width not in {4, 8}:
        return "", ""
    order = ">" if header[15] & _BIG_ENDIAN else "<"
    form = struct.Struct(f"{order}2{'Q' if width == 8 else 'I'}")  # noqa: PLR2004 - bytes of a pointer

    def string(address: int) -> str:
        pair = _loaded(file, segments, address, form.size)
        if len(pair) < form.size:
            return ""
        start, length = form.unpack(pair)
        text = _loaded(file, segments, start, length) if length <= _LONGEST else b""
        return text.decode("utf-8", "replace") if len(text) == length else ""

    version, module = form.unpack_from(header, 16)
    return string(version), string(module)


def _loaded(file: Bytes, segments: Sequence[Segment], address: int, count: int) -> bytes:
    """Return what is in memory at `address` once the program is loaded."""
    for segment in segments:
        if segment.address <= address < segment.address + segment.size:
            offset = address - segment.address
            return file.at(segment.place + offset, min(count, segment.size - offset))
    return b""
