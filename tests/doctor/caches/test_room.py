"""Room on the disk of the caches, on a real small file system (`unshare --mount`: nothing of it outlives the test)."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from box import REPOSITORY

from goswitch.doctor.checks.caches.room import room

if TYPE_CHECKING:
    from sighted import Looker

MINE = ["unshare", "--mount", "--propagation", "private", "sh", "-euc"]


@cache
def may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    probe = [*MINE, "mount -t tmpfs -o size=64k none /mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def found_on(looker: Looker, options: str) -> dict[str, Any]:
    """Return the one thing that is found where GOCACHE lies on a tmpfs that is mounted with `options`."""
    cache_folder = looker.box.home / ".cache/go-build"
    cache_folder.mkdir(parents=True)
    command = (
        f"mount -t tmpfs -o {options} none '{cache_folder}'; exec '{sys.executable}' -m goswitch doctor caches --json"
    )
    done = subprocess.run(
        [*MINE, command],
        env={**looker.box.env, "PYTHONPATH": str(REPOSITORY)},
        cwd=looker.box.project,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    (found,) = json.loads(done.stdout)["findings"]
    return dict(found)


@pytest.mark.skipif(not may_mount(), reason="mounting a tmpfs needs root and a mount namespace")
@pytest.mark.parametrize(
    ("options", "said"),
    [("size=8m", "8 MB left where GOCACHE is"), ("size=600m,nr_inodes=1000", "files left where GOCACHE is")],
)
def test_a_small_disk(looker: Looker, options: str, said: str) -> None:
    found = found_on(looker, options)
    assert (found["id"], found["help"]) == ("cache-nearly-full", ["go clean -cache"])
    assert said in found["fact"]


@pytest.mark.skipif(not may_mount(), reason="mounting a tmpfs needs root and a mount namespace")
def test_a_read_only_disk(looker: Looker) -> None:
    found = found_on(looker, "ro")
    assert found["fact"].endswith("its file system is read-only")


def test_silence(looker: Looker) -> None:
    assert looker.find(room) == []
