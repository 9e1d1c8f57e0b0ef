"""How much memory a command takes with all the processes that it starts: the most that was seen at once.

Linux only: the proportional set size (`Pss` in /proc/PID/smaps_rollup) counts memory that several processes share once.
It is read in a run of its own, as reading it slows down what is read.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PAUSE = 0.01


def most_memory(words: Sequence[str], cwd: Path, env: Mapping[str, str]) -> int:
    """Run a program and return the most bytes that it and its descendants had at any time; 0 where nobody can tell."""
    most = 0
    with subprocess.Popen(words, cwd=cwd, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            most = max(most, sum(_pss(pid) for pid in _tree(process.pid)))
            time.sleep(_PAUSE)
    if process.returncode != 0:
        raise SystemExit(f"bench: {words} ended with {process.returncode}")
    return most


def _tree(pid: int) -> list[int]:
    """Return a process and all that it started, directly or not."""
    found = [pid]
    for each in found:
        for children in Path(f"/proc/{each}/task").glob("*/children"):
            try:
                found += [int(word) for word in children.read_text().split()]
            except OSError:
                continue
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
