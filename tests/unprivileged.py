"""Running goswitch as a user without rights, as users are: root passes every permission check."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from box import REPOSITORY, Ran

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


@cache
def python() -> tuple[list[str], str]:
    """Return the words that start a Python as an unprivileged user, and the PYTHONPATH with which it runs goswitch."""
    path = f"{REPOSITORY}:{sysconfig.get_path('purelib')}"
    if os.geteuid() != 0:
        return [sys.executable], path
    for candidate in (sys.executable, "/usr/bin/python3"):
        words = [*AS_NOBODY, candidate]
        probe = [*words, "-c", "import sys, click, goswitch; sys.exit(sys.version_info < (3, 11))"]
        if subprocess.run(probe, env={"PYTHONPATH": path}, capture_output=True, check=False, cwd="/").returncode == 0:
            return words, path
    raise AssertionError("no Python that an unprivileged user may run: install Debian's python3")


@contextmanager
def readable_folder() -> Iterator[Path]:
    """Give a folder that others than root reach, and remove it."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for found in folder.rglob("*"):
            if found.is_dir() and not found.is_symlink():
                found.chmod(0o755)
        shutil.rmtree(folder)


def give_to_nobody(*paths: Path) -> None:
    """Make the unprivileged user the owner."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)


def run_goswitch(*arguments: str, cwd: Path, env: dict[str, str]) -> Ran:
    """Run `goswitch-py` as the unprivileged user."""
    words, path = python()
    done = subprocess.run(
        [*words, "-m", "goswitch", *arguments],
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "PWD": str(cwd), **env, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
