"""What dead processes left is deleted, also while a process that they had started still writes into it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from goswitch.model.layout import Layout
from goswitch.sdk.leftovers import clear_leftovers, staging_name

if TYPE_CHECKING:
    from pathlib import Path


def test_a_writer_that_is_still_there_finds_nothing_to_write_into(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "sdk", tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    for _ in range(20):
        tree = layout.staging / staging_name("go1.22.4") / "go1.22.4" / "src"
        tree.mkdir(parents=True)
        begun, ended = threading.Event(), threading.Event()

        def write(tree: Path = tree, begun: threading.Event = begun, ended: threading.Event = ended) -> None:
            number = 0
            try:
                while True:
                    (tree / f"file{number}").touch()
                    number += 1
                    if number > 50:
                        begun.set()
            except FileNotFoundError:
                ended.set()

        threading.Thread(target=write, daemon=True).start()
        assert begun.wait(20)
        clear_leftovers(layout, "go1.22.4")
        assert ended.wait(20)
        assert list(layout.staging.iterdir()) == []


def test_what_belongs_to_another_sdk_stays(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "sdk", tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    mine, other = layout.staging / staging_name("go1.20"), layout.staging / staging_name("go1.20.3")
    for entry in (mine, other):
        entry.mkdir(parents=True)
    clear_leftovers(layout, "go1.20")
    assert list(layout.staging.iterdir()) == [other]
