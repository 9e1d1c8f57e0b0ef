"""Rows of a benchmark: run in turn, round by round, so that noise hits all alike, and shown as a table of ratios."""

from __future__ import annotations

import os
import shutil
import statistics
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

QUIET = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]


@dataclass
class Row:
    """One row: what is run, the row that it is held against, and at most how many times as long it may take.

    `limit` is a target in milliseconds.
    """

    name: str
    run: Callable[[], float]
    against: str = ""
    target: float | None = None
    limit: float | None = None
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median in milliseconds."""
        return statistics.median(self.times)

    def ratio(self, other: Row) -> float:
        """Return how many times as long as `other` it takes: the median over the rounds.

        The machine is now faster, now slower, for seconds: within one round both meet the same.
        """
        return statistics.median(mine / its for mine, its in zip(self.times, other.times, strict=True))


def process(words: list[str], folder: Path, env: dict[str, str]) -> Callable[[], float]:
    """Return a function that runs a program in a folder and returns the milliseconds from its start to its end."""
    program = shutil.which(words[0], path=env["PATH"])
    if program is None:
        raise SystemExit(f"bench: {words[0]} is not on PATH")
    surroundings = {**env, "PWD": str(folder)}

    def run() -> float:
        os.chdir(folder)
        start = time.perf_counter_ns()
        pid = os.posix_spawn(program, words, surroundings, file_actions=QUIET)
        _, status = os.waitpid(pid, 0)
        took = (time.perf_counter_ns() - start) / 1e6
        if status != 0:
            raise SystemExit(f"bench: {words} ended with {status}")
        return took

    return run


def measure(rows: Sequence[Row], rounds: int, *, warm: bool) -> None:
    """Run all rows in turn, `rounds` times by the clock; `warm` runs each once for nothing just before."""
    for _ in range(rounds):
        for row in rows:
            if warm:
                row.run()  # warms the caches that the row before has cooled
            row.times.append(row.run())


def show(rows: Sequence[Row], digits: int = 3) -> None:
    """Print the table."""
    named = {row.name: row for row in rows}
    print("| what | median ms | ratio | to | target |")
    print("| --- | ---: | ---: | --- | ---: |")
    for row in rows:
        ratio = f"{row.ratio(named[row.against]):.2f}" if row.against else ""
        target = f"≤ {row.target:.2f}" if row.target is not None else ""
        if row.limit is not None:
            target = f"≤ {row.limit:.2f} ms"
        print(f"| {row.name} | {row.median:.{digits}f} | {ratio} | {row.against} | {target} |")
