"""What dead processes left is deleted, also while a process that they had started still writes into it."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY

from goswitch.model.layout import Layout
from goswitch.sdk.leftovers import clear_dead, clear_leftovers, clear_ours, staging_name
from goswitch.system.exchange import old_one
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "sdk", tmp_path / "data", tmp_path / "cache", tmp_path / "config")


def test_a_writer_that_is_still_there_finds_nothing_to_write_into(layout: Layout) -> None:
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


def test_what_belongs_to_another_sdk_stays(layout: Layout) -> None:
    entry(layout, "go1.20")
    other = entry(layout, "go1.20.3")
    clear_leftovers(layout, "go1.20")
    assert list(layout.staging.iterdir()) == [other]


def entry(layout: Layout, name: str) -> Path:
    """Make something in the staging folder."""
    path = layout.staging / staging_name(name)
    (path / name / "src").mkdir(parents=True)
    return path


@pytest.fixture
def living(layout: Layout) -> Iterator[str]:
    """The name of an SDK that another process works on."""
    program = (
        "import sys; from pathlib import Path; from goswitch.system.locks import held\n"
        "with held(Path(sys.argv[1]), 'go1.22.4', does='installs go1.22.4', timeout=0): print(flush=True); input()"
    )
    words = [sys.executable, "-c", program, str(layout.locks)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPOSITORY) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"\n"
        yield "go1.22.4"
        process.communicate(b"\n")


def test_the_dead_are_cleared_up_and_the_living_are_not(living: str, layout: Layout) -> None:
    """Beside another process, and beside another thread of this one."""
    theirs, ours, dead = entry(layout, living), entry(layout, "go1.21.6"), entry(layout, "go1.20.3")
    (layout.locks / "go1.19.1.holder").write_text("4711 installs go1.19.1\n")
    with held(layout.locks, "go1.21.6", timeout=0):
        clear_dead(layout)
        assert sorted(layout.staging.iterdir()) == sorted([theirs, ours])
        assert not dead.exists()
        assert sorted(path.name for path in layout.locks.glob("*.holder")) == ["go1.21.6.holder", f"{living}.holder"]
    clear_dead(layout)
    assert list(layout.staging.iterdir()) == [theirs]


def test_an_sdk_that_is_nowhere_else_stays(layout: Layout) -> None:
    """A repair that is killed between two of three renames has taken it out, and put nothing in its place."""
    taken_out = entry(layout, "go1.22.4")
    old_one(taken_out / "go1.22.4").mkdir()
    clear_dead(layout)
    assert list(layout.staging.iterdir()) == [taken_out]
    (layout.sdk_root / "go1.22.4").mkdir()
    clear_dead(layout)
    assert list(layout.staging.iterdir()) == []


def test_what_can_not_be_cleared_up_is_no_error(layout: Layout) -> None:
    dead = entry(layout, "go1.22.4")
    layout.locks.write_text("in the way")
    clear_dead(layout)
    assert dead.exists()


def test_nothing_is_made_where_there_is_nothing(layout: Layout) -> None:
    clear_dead(layout)
    assert not layout.sdk_root.exists()


def test_who_ends_deletes_what_is_its_own(living: str, layout: Layout) -> None:
    theirs, ours = layout.staging / f"{living}@1.aaaaaaaa", entry(layout, "go1.21.6")
    theirs.mkdir()
    with held(layout.locks, "go1.21.6", timeout=0):
        clear_ours(layout)
        assert not ours.exists()
        assert theirs.exists()
        assert [path.name for path in layout.locks.glob("*.holder")] == [f"{living}.holder"]
