"""Folders come about when a file needs them; who else makes them, now or before, does not matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archives import TarEntry, make_tar

from goswitch.sdk.unpacked_files import write_file, write_tar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest


class Chunks:
    """A tar in one piece."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.count = 0

    def __iter__(self) -> Iterator[memoryview]:
        yield memoryview(self._data)


def test_a_folder_may_be_listed_behind_its_files(tmp_path: Path) -> None:
    entries = [TarEntry(b"go/a/b/c", b"x"), TarEntry(b"go/a/b/", kind=b"5"), TarEntry(b"go/a/", kind=b"5")]
    assert [name for name, _ in write_tar(Chunks(make_tar(entries)), "go/", str(tmp_path))] == ["a/b/c"]
    assert (tmp_path / "a/b/c").read_bytes() == b"x"


def test_another_worker_may_make_the_same_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os  # noqa: PLC0415 - of this one test

    make = os.mkdir

    def late(path: str, mode: int) -> None:
        """Make it, as another worker that was faster, and then try."""
        make(path, mode)
        make(path, mode)

    monkeypatch.setattr(os, "mkdir", late)
    write_file(str(tmp_path), "a/b", [b"x"], executable=False)
    assert (tmp_path / "a/b").read_bytes() == b"x"
