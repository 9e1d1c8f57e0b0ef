"""Folders come about when a file needs them; who else makes them, now or before, does not matter."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from goswitch.errors import ArchiveError
from goswitch.sdk.unpacked_files import write_file, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Chunks:
    """Contents of files, cut into chunks anywhere, each with the files that begin in it."""

    def __init__(self, *chunks: tuple[bytes, list[tuple[str, int, bool]]]) -> None:
        self._chunks = chunks
        self.count = 0
        self.note: list[tuple[str, int, bool]] = []

    def __iter__(self) -> Iterator[memoryview]:
        for chunk, note in self._chunks:
            self.note = note
            yield memoryview(chunk)


def test_files_lie_behind_each_other_across_chunks(tmp_path: Path) -> None:
    chunks = Chunks(
        (b"abcd", [("a", 1, True), ("empty", 0, False), ("d/long", 7, False)]),
        (b"", []),
        (b"efg", []),
        (b"hxy", [("x", 1, False), ("y", 2, False)]),
        (b"z", [("last", 0, False)]),
    )
    digests = write_files(chunks, str(tmp_path))
    found = {"a": b"a", "empty": b"", "d/long": b"bcdefgh", "x": b"x", "y": b"yz", "last": b""}
    assert {name: (tmp_path / name).read_bytes() for name in found} == found
    assert digests == b"".join(hashlib.sha256(content).digest() for content in found.values())
    assert chunks.count == len(found)
    assert [name for name in found if os.access(tmp_path / name, os.X_OK)] == ["a"]


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="Linux alone is told")
@pytest.mark.parametrize("refuses", [False, True])
def test_a_long_file_is_on_its_way_to_the_disk_once_it_is_whole(
    refuses: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is written, whatever the kernel says to that."""
    told: list[int] = []

    def advise(descriptor: int, start: int, length: int, advice: int) -> None:
        assert (start, length, advice) == (0, 0, os.POSIX_FADV_DONTNEED)
        told.append(os.fstat(descriptor).st_size)
        if refuses:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(os, "posix_fadvise", advise)
    half = bytes(1 << 15)
    for name, pieces in (("short", [half]), ("long", [half, half]), ("odd", [half, half[1:]])):
        write_file(str(tmp_path), name, pieces, executable=False)
    assert told == [1 << 16]
    assert (tmp_path / "long").read_bytes() == half * 2


def test_content_that_does_not_come_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cut off"):
        write_files(Chunks((b"ab", [("a", 3, False)])), str(tmp_path))


def test_another_worker_may_make_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = os.mkdir

    def late(path: str, mode: int) -> None:
        """Make it, as another worker that was faster, and then try."""
        make(path, mode)
        make(path, mode)

    monkeypatch.setattr(os, "mkdir", late)
    write_file(str(tmp_path), "a/b", [b"x"], executable=False)
    assert (tmp_path / "a/b").read_bytes() == b"x"
