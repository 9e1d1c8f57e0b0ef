"""Many commands at once: one download for all, and readers that never see a missing or half SDK."""

from __future__ import annotations

import itertools
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
from archive_folder import archive_folder, stand_in
from box import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from box import Box

KEPT, COMING = "1.22.4", "1.21.6"
ROUNDS = 5


class Reader(threading.Thread):
    """Calls `look` in a loop until it is told to stop; `seen` counts what it says, `error` is what it raised."""

    def __init__(self, look: Callable[[], str]) -> None:
        super().__init__(daemon=True)
        self._look, self._stop_asked = look, threading.Event()
        self.seen: dict[str, int] = {}
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._stop_asked.is_set():
                what = self._look()
                self.seen[what] = self.seen.get(what, 0) + 1
        except BaseException as error:  # noqa: BLE001 - handed to the thread that joins
            self.error = error

    def finish(self) -> dict[str, int]:
        self._stop_asked.set()
        self.join()
        if self.error is not None:
            raise self.error
        return self.seen


@pytest.fixture
def world(box: Box) -> Box:
    """A home with 1.22.4, its shims, and a folder from which 1.21.6 may come."""
    archive_folder(box.base / "archives", KEPT, COMING)
    box.env |= {"GOSWITCH_SOURCES": f"directory:{box.base}/archives"}
    assert box.run("install", KEPT).status == 0
    return box


def shim(box: Box, version: str) -> str:
    """Run the shim `go` bound to a version: what it does is run it, or say that it is not there."""
    shims = box.home / ".local/share/goswitch/shims"
    done = subprocess.run(
        [shims / "go", "version"],
        env={**box.env, "GOSWITCH_VERSION": version}, cwd=box.project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode == 0:
        assert (done.stdout, done.stderr) == ("", "")
        return "runs"
    # Just before the marker is written an SDK is incomplete, and said to be; removed between look and exec, not found.
    assert done.returncode in {126, 127}, (done.returncode, done.stderr)
    assert any(words in done.stderr for words in ("is not installed", "is incomplete", "not found")), done.stderr
    return "is not there"


def tree(box: Box, version: str) -> str:
    """Look at the tree, between two looks at its marker: while that stands, all files do."""
    sdk = box.root / f"go{version}"
    try:
        before = [identity(path) for path in (sdk, sdk / ".unpacked-success")]
        missing = [name for name in stand_in_names(version) if not (sdk / name).is_file()]
        after = [identity(path) for path in (sdk, sdk / ".unpacked-success")]
    except FileNotFoundError:
        return "is not there"
    assert before != after or not missing, missing
    return "is whole"


def identity(path: Path) -> tuple[int, int]:
    """Tell a file or folder from one that has got its inode since."""
    status = path.stat()
    return status.st_ino, status.st_ctime_ns


def stand_in_names(version: str) -> list[str]:
    return list(stand_in(version))


def test_readers_beside_installs_uninstalls_and_rehashes(world: Box) -> None:
    """One reader runs what stays, one what comes and goes, one looks at its tree."""
    stays = Reader(lambda: shim(world, KEPT))
    comes = Reader(lambda: shim(world, COMING))
    looks = Reader(lambda: tree(world, COMING))
    # Each change of this setting writes the shims `go` and `gofmt` anew.
    values = itertools.cycle(["path", "local"])
    rehashes = Reader(lambda: str(world.run("config", "set", "toolchain", next(values)).status))
    readers = (stays, comes, looks, rehashes)
    for reader in readers:
        reader.start()
    for _ in range(ROUNDS):
        for verb in ("install", "uninstall"):
            ran = world.run(verb, COMING)
            assert ran.status == 0, ran.err
    said = [reader.finish() for reader in readers]
    assert set(said[0]) == {"runs"}
    assert set(said[1]) == {"runs", "is not there"}
    assert set(said[2]) == {"is whole", "is not there"}
    assert set(said[3]) == {"0"}


def test_many_commands_install_and_uninstall_one_version(world: Box) -> None:
    """Whatever the order: each succeeds or says that it is not installed, and what is left is whole or nothing."""
    words = [["install", COMING], ["uninstall", COMING]] * 6
    env = {**world.env, "PYTHONPATH": str(REPOSITORY)}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "goswitch", *verb],
            env=env, cwd=world.project, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        )
        for verb in words
    ]  # fmt: skip
    for verb, process in zip(words, started, strict=True):
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0 or (verb[0] == "uninstall" and "is not installed" in said), said
    assert world.run("install", COMING).status == 0
    assert tree(world, COMING) == "is whole"
    assert list((world.root / ".goswitch/staging").glob("*")) == []
