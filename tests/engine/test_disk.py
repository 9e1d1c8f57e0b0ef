"""Disks that are full, read-only, elsewhere or noexec, and limits of the process: no SDK, a reason, and no litter.

What is mounted is mounted in a namespace of the child's own (`unshare --mount`), so that nothing of it outlives a test.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import pytest
from archive_folder import archive_folder
from box import REPOSITORY

from goswitch.sdk.digests import compare, read_digests

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from box import Box

VERSION = "1.22.4"
ENOUGH = 6
"""Descriptors, the three standard streams included, with which an install succeeds."""
MINE = ["unshare", "--mount", "--propagation", "private", "sh", "-euc"]


@cache
def may_mount() -> bool:
    """Tell whether this machine lets us mount a tmpfs in a namespace."""
    if shutil.which("unshare") is None:
        return False
    probe = [*MINE, "mount -t tmpfs -o size=64k none /mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


mounting = pytest.mark.skipif(not may_mount(), reason="mounting a tmpfs needs root and a mount namespace")


@pytest.fixture
def folder(box: Box) -> Path:
    """A folder with an archive of 1.22.4."""
    archive_folder(box.base / "archives", VERSION)
    return box.base / "archives"


def script(box: Box, folder: Path, before: str, after: str = "") -> subprocess.CompletedProcess[str]:
    """Run `before`, an install as JSON, and `after` (which knows its $status) in a namespace of their own."""
    install = f"'{sys.executable}' -m goswitch install --json --source 'directory:{folder}' {VERSION}"
    text = f"{before}\nstatus=0\n{install} || status=$?\n{after}\nexit $status"
    env = {**box.env, "PYTHONPATH": str(REPOSITORY)}
    return subprocess.run(
        [*MINE, text], env=env, cwd=box.project, capture_output=True, text=True, check=False, timeout=120
    )


LEFT = """
find "$HOME/sdk" -mindepth 1 -maxdepth 1 ! -name .goswitch >&2
find "$HOME/sdk/.goswitch/staging" -mindepth 1 -maxdepth 1 2>/dev/null >&2 || :
"""


SIZES = [f"size={kib}k" for kib in range(40, 700, 40)]
INODES = [f"nr_inodes={count}" for count in (4, 6, 8, 10, 14, 18, 20, 22, 23, 24, 25, 26, 27, 28, 29, 30, 34)]


@mounting
@pytest.mark.parametrize("options", [SIZES, INODES], ids=["blocks", "inodes"])
def test_a_full_disk_at_any_stage(options: list[str], box: Box, folder: Path) -> None:
    """From hardly any room to enough: the first sizes fail early, the last ones when all but the marker is there."""
    (box.home / "sdk").mkdir()
    seen = []
    for option in options:
        ran = script(box, folder, f'mount -t tmpfs -o {option} none "$HOME/sdk"', LEFT)
        left = [line for line in ran.stderr.splitlines() if line.startswith(f"{box.home}/sdk/")]
        seen.append(ran.returncode)
        assert "Traceback" not in ran.stderr
        if ran.returncode == 0:
            assert left == [f"{box.home}/sdk/go1.22.4"]
            continue
        assert ran.returncode == 7, (option, ran.stderr)
        assert "No space left on device" in ran.stderr
        assert "help: free some space: goswitch cache --clear" in ran.stderr
        assert left in ([], [f"{box.home}/sdk/go1.22.4"] if option.startswith("nr_inodes") else []), option
    assert seen[0] == 7
    assert seen[-1] == 0
    assert seen == sorted(seen, reverse=True)


@mounting
def test_a_read_only_sdk_root(box: Box, folder: Path) -> None:
    (box.home / "sdk").mkdir()
    ran = script(box, folder, 'mount -t tmpfs -o ro none "$HOME/sdk"')
    assert ran.returncode == 7
    assert "Read-only file system" in ran.stderr
    assert "Traceback" not in ran.stderr


@mounting
def test_noexec_is_named_before_anything_is_unpacked(box: Box, folder: Path) -> None:
    (box.home / "sdk").mkdir()
    ran = script(box, folder, 'mount -t tmpfs -o noexec,size=4m none "$HOME/sdk"', LEFT)
    assert ran.returncode == 7
    assert f"{box.home}/sdk is on a file system that is mounted noexec: no go could run there" in ran.stderr
    assert "help: choose another place with GOSWITCH_SDK_ROOT" in ran.stderr


@mounting
def test_the_cache_and_the_staging_on_other_file_systems(box: Box, folder: Path) -> None:
    """No rename crosses file systems: what is staged lies under the SDK root, the cached in the cache."""
    for place in ("sdk", ".cache", ".local/share"):
        (box.home / place).mkdir(parents=True)
    before = "".join(f'mount -t tmpfs -o size=4m none "$HOME/{place}"\n' for place in ("sdk", ".cache", ".local/share"))
    ran = script(
        box, folder, before, 'test -x "$HOME/.local/share/goswitch/shims/go1.22.4" && test -d "$HOME/sdk/go1.22.4"'
    )
    assert ran.returncode == 0, ran.stderr


def limited(box: Box, folder: Path, limit: Callable[[], None]) -> tuple[int, str]:
    """Install in a process with a limit; return its status and stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "goswitch", "install", "--source", f"directory:{folder}", VERSION],
        env={**box.env, "PYTHONPATH": str(REPOSITORY)}, cwd=box.project, capture_output=True, text=True, check=False,
        timeout=120, preexec_fn=limit,
    )  # fmt: skip
    return done.returncode, done.stderr


def require_nothing_or_a_whole(box: Box, status: int, said: str) -> None:
    sdk = box.root / f"go{VERSION}"
    assert "Traceback" not in said
    assert "bug" not in said
    assert list((box.root / ".goswitch/staging").glob("*")) == []
    assert sdk.exists() == (sdk / ".unpacked-success").exists() == (status == 0), said
    if status == 0:
        assert not compare(sdk, read_digests(sdk))


@pytest.mark.parametrize("size", [1000, 100_000])
def test_files_may_not_grow_beyond_a_limit(size: int, box: Box, folder: Path) -> None:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    status, said = limited(box, folder, limit)
    assert (status, "File too large" in said) == (7, True), said
    require_nothing_or_a_whole(box, status, said)


SHORT = """
import resource, sys
from goswitch.cli.main import main
import goswitch.sdk.install, goswitch.sdk.sources
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.mark.parametrize("count", [3, 4, 5, 6, 7, 8, 16])
def test_too_few_descriptors(count: int, box: Box, folder: Path) -> None:
    """From so few that nothing can be opened to enough: a reason or an SDK, never both or neither."""
    words = [sys.executable, "-c", SHORT, str(count), "install", "--source", f"directory:{folder}", VERSION]
    env = {**box.env, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(words, env=env, cwd=box.project, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == (7 if count < ENOUGH else 0), done.stderr
    assert count >= ENOUGH or "Too many open files" in done.stderr
    assert "Traceback" not in done.stderr
    assert (box.root / f"go{VERSION}").exists() == (count >= ENOUGH)
    # With so few not even what was staged can be deleted: the next run does it.
    assert box.run("install", "--source", f"directory:{folder}", VERSION).status == 0
    require_nothing_or_a_whole(box, 0, "")


def modes(tree: Path) -> set[int]:
    return {path.lstat().st_mode & 0o777 for path in [tree, *tree.rglob("*")]}


@pytest.mark.parametrize(("umask", "expected"), [(0o077, {0o700, 0o600}), (0, {0o755, 0o644}), (0o022, {0o755, 0o644})])
def test_umask_narrows_and_never_widens(umask: int, expected: set[int], box: Box, folder: Path) -> None:
    status, said = limited(box, folder, lambda: os.umask(umask))  # type: ignore[arg-type]
    assert status == 0, said
    assert modes(box.root / f"go{VERSION}") == expected
