"""Many projects at once: what each is bound to, who disagrees there, what is found there."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.doctor.check import load_topic, run
from goswitch.doctor.facts import Facts
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.table import SH, SHELL, bindings
from goswitch.resolve.usage import projects

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.doctor.bindings import Row
    from goswitch.doctor.check import Report
    from goswitch.doctor.probes.here import Here

TOPIC = "bindings"
"""What is looked for in each project; the other topics are about the machine."""

_MOST_AT_ONCE = 8


@dataclass(frozen=True)
class Project:
    """One project: what is bound, the rows of its table, what was found."""

    folder: Path
    here: Here
    rows: tuple[Row, ...]
    report: Report

    @property
    def disagreeing(self) -> tuple[str, ...]:
        """Who has another Go there, the shells apart: they are the same everywhere."""
        return tuple(dict.fromkeys(row.who for row in self.rows if not row.agrees and row.who not in {SHELL, SH}))


def look_at_all(facts: Facts, top: Path) -> list[Project]:
    """Look at each project in `top` and below, several at a time, in the order of their paths."""
    folders = sorted(projects(top, facts.layout.sdk_root))
    checks = load_topic(TOPIC).checks

    def look(folder: Path) -> Project:
        at = facts.world._replace(cwd=folder)
        own = Facts(at, facts.layout, toolchain=facts.toolchain, auto_install=facts.auto_install, deep=facts.deep)
        return Project(folder, own.ask(here), own.ask(bindings), run(checks, own))

    with ThreadPoolExecutor(min(_MOST_AT_ONCE, 2 * (os.cpu_count() or 1))) as pool:
        return list(pool.map(look, folders))
