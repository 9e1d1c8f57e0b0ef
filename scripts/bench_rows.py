"""Rows of a benchmark: run in turn, round by round, so that noise hits all alike, and shown as a table of ratios."""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass
class Row:
    """One row: what is run, the row that it is held against, and at most how many times as long it may take."""

    name: str
    run: Callable[[], float]
    against: str = ""
    target: float | None = None
    times: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median in milliseconds."""
        return statistics.median(self.times)


def measure(rows: Sequence[Row], rounds: int, *, warm: bool) -> None:
    """Run all rows in turn, `rounds` times by the clock; `warm` runs each once for nothing just before."""
    for _ in range(rounds):
        for row in rows:
            if warm:
                row.run()  # warms the caches that the row before has cooled
            row.times.append(row.run())


def show(rows: Sequence[Row], digits: int = 3) -> None:
    """Print the table."""
    medians = {row.name: row.median for row in rows}
    print("| what | median ms | ratio | to | target |")
    print("| --- | ---: | ---: | --- | ---: |")
    for row in rows:
        ratio = f"{row.median / medians[row.against]:.2f}" if row.against else ""
        target = f"≤ {row.target:.2f}" if row.target is not None else ""
        print(f"| {row.name} | {row.median:.{digits}f} | {ratio} | {row.against} | {target} |")
