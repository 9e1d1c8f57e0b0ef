"""Commands killed at their n-th call of the kernel that changes a name: amid writing shims, amid deleting trees.

strace kills the process, so there need be no points in the code where it could be.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from archive_folder import archive_folder, stand_in
from box import REPOSITORY, Box
from shells import require

from goswitch.sdk.digests import compare, read_digests

if TYPE_CHECKING:
    from pathlib import Path

VERSION, OTHER = "1.22.4", "1.21.6"
NAME = f"go{VERSION}"
SHIMS = [".goswitch-shims", "go", "gofmt"]
THREE = ("1.20.3", OTHER, VERSION)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kills") / "archives"
    archive_folder(folder, *THREE)
    return folder


@pytest.fixture
def world(box: Box, archives: Path) -> Box:
    """A home that installs from a folder."""
    box.env |= {"GOSWITCH_SOURCES": f"directory:{archives}", "PYTHONDONTWRITEBYTECODE": "1"}
    return box


def killed_at(box: Box, call: str, number: int, *words: str) -> bool:
    """Run a command; kill it when it calls `call` for the `number`-th time. Tell whether it came to that."""
    inject = ["-e", f"trace=?{call}", "-e", f"inject=?{call}:signal=KILL:when={number}"]
    done = subprocess.run(
        [require("strace"), "-f", "-qq", "-o", "/dev/null", *inject, sys.executable, "-m", "goswitch", *words],
        env={**box.env, "PYTHONPATH": str(REPOSITORY)}, cwd=box.project, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode != 0


def require_whole_and_no_litter(box: Box, *versions: str) -> None:
    names = sorted(f"go{version}" for version in versions or [VERSION])
    for name in names:
        assert (box.root / name / ".unpacked-success").exists()
        assert not compare(box.root / name, read_digests(box.root / name))
    assert sorted(path.name for path in box.root.iterdir() if path.name != ".goswitch") == names
    assert left_over(box) == []
    shims = sorted(path.name for path in (box.home / ".local/share/goswitch/shims").iterdir())
    assert shims == sorted([*SHIMS, *names])


def left_over(box: Box) -> list[str]:
    """Return what lies in the staging folder, and the notes of who holds a lock."""
    found = [*(box.root / ".goswitch/staging").glob("*"), *(box.root / ".goswitch/locks").glob("*.holder")]
    return sorted(path.name for path in found)


def shim_runs(box: Box) -> bool:
    shim = box.home / ".local/share/goswitch/shims/go"
    env = {**box.env, "GOSWITCH_VERSION": VERSION}
    return subprocess.run([shim, "version"], env=env, capture_output=True, check=False).returncode == 0


def test_an_install_killed_at_any_rename(world: Box) -> None:
    """Of what is kept, of the SDK itself, and of each shim: the next install makes it whole."""
    number = 1
    while killed_at(world, "rename", number, "install", VERSION):
        number += 1
        assert world.run("install", VERSION).status == 0
        require_whole_and_no_litter(world)
        assert shim_runs(world)
        shutil.rmtree(world.home)
        world.home.mkdir()
    assert number > len(SHIMS) + 2
    require_whole_and_no_litter(world)


def test_three_installs_side_by_side_killed_at_any_rename(world: Box) -> None:
    """At the n-th of whichever thread comes to it first: the next install makes all whole, each once."""
    number = 1
    while killed_at(world, "rename", number, "install", *THREE):
        number += 1
        ran = world.run("install", *THREE)
        assert ran.status == 0, ran.err
        require_whole_and_no_litter(world, *THREE)
        shutil.rmtree(world.home)
        world.home.mkdir()
    assert number > 2
    require_whole_and_no_litter(world, *THREE)


def test_shims_written_anew_are_there_at_any_moment(world: Box) -> None:
    assert world.run("install", VERSION).status == 0
    number = 1
    while killed_at(world, "rename", number, "config", "set", "toolchain", "path"):
        number += 1
        assert shim_runs(world)
        assert world.run("config", "set", "toolchain", "local").status == 0
        require_whole_and_no_litter(world)
    assert number > 2


FILES = len(stand_in(VERSION))
DELETIONS = [1, 2, FILES // 2, FILES, FILES + 8]
"""Which of the calls that delete a file or folder of the tree; the folders are more than eight."""


@pytest.mark.parametrize("number", DELETIONS)
def test_an_uninstall_killed_amid_deleting(number: int, world: Box) -> None:
    assert world.run("install", VERSION).status == 0
    assert killed_at(world, "unlinkat", number, "uninstall", VERSION)
    assert not (world.root / NAME).exists()
    (left,) = (world.root / ".goswitch/staging").iterdir()
    assert left.name.startswith(f"{NAME}@")
    assert not shim_runs(world)
    if number % 2:
        assert world.run("uninstall", VERSION).status == 126
        assert not (world.home / ".local/share/goswitch/shims" / NAME).exists()
        assert list((world.root / ".goswitch/staging").iterdir()) == []
    assert world.run("install", VERSION).status == 0
    require_whole_and_no_litter(world)


@pytest.mark.parametrize("number", DELETIONS)
def test_a_repair_killed_amid_deleting_the_old_one(number: int, world: Box) -> None:
    assert world.run("install", VERSION).status == 0
    (world.root / NAME / "src/extra.go").touch()
    assert killed_at(world, "unlinkat", number, "repair", VERSION)
    assert not compare(world.root / NAME, read_digests(world.root / NAME)), "the new one counts"
    assert shim_runs(world)
    assert world.run("repair", VERSION).status == 0
    require_whole_and_no_litter(world)


@pytest.mark.parametrize(
    "next_words", [("install", "1.20.3"), ("uninstall", OTHER), ("prune", "--yes"), ("repair", OTHER)]
)
def test_whoever_comes_next_clears_up_what_a_killed_repair_left(next_words: tuple[str, ...], world: Box) -> None:
    assert world.run("install", VERSION, OTHER).status == 0
    world.sdk("go1.22.1")  # for prune
    assert killed_at(world, "unlinkat", FILES // 2, "repair", VERSION)
    assert [name.partition("@")[0] for name in left_over(world)] == [f"{NAME}.holder", NAME]
    assert world.run(*next_words).status == 0
    assert left_over(world) == []
    assert not compare(world.root / NAME, read_digests(world.root / NAME))
