"""A tar is read from memory that is used again: each chunk dies when the next one is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import TarEntry, make_tar, sdk_files

from goswitch.system.tar import read_tar

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = {f"go/{name}": content for name, content in sdk_files("1.22.4").items()}


def reused(data: bytes, size: int) -> Iterator[memoryview]:
    space = bytearray(size)
    for start in range(0, len(data), size):
        piece = data[start : start + size]
        space[: len(piece)] = piece
        yield memoryview(space)[: len(piece)]
        space[:] = b"\xff" * size


@pytest.mark.parametrize("size", [1, 300, 512, 700, 1 << 20])
def test_whatever_lies_across_two_chunks_is_read_whole(size: int) -> None:
    long = b"go/" + b"long/" * 30 + b"name"
    entries = [TarEntry(name.encode(), content) for name, content in FILES.items()]
    entries += [TarEntry(b"x", b"%d path=%s\n" % (len(long) + 10, long), kind=b"x"), TarEntry(b"go/short", b"content")]
    found = {}
    for entry in read_tar(reused(make_tar(entries), size), "go/"):
        if entry.pieces is not None:
            found[f"go/{entry.name}"] = b"".join(bytes(piece) for piece in entry.pieces)
    assert found == {**FILES, long.decode(): b"content"}


@pytest.mark.parametrize("size", [300, 1 << 20])
def test_what_is_not_taken_is_passed_over(size: int) -> None:
    entries = [TarEntry(b"go/long", b"x" * 5000), TarEntry(b"go/short", b"y"), TarEntry(b"go/last", b"z" * 700)]
    found = []
    for entry in read_tar(reused(make_tar(entries), size), "go/"):
        found.append(entry.name)
        if entry.name == "long" and entry.pieces is not None:
            next(iter(entry.pieces))
    assert found == ["long", "short", "last"]
