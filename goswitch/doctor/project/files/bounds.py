"""A project with more folders than are looked into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.project import project_files
from goswitch.integrate.project_files import MOST_FOLDERS
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

CUT_SHORT = Kind(
    "too-many-folders",
    Severity.NOTE,
    title="Not all folders of the project were looked into",
    cause=f"it has more than {MOST_FOLDERS} folders, not counting hidden ones, vendor, node_modules and testdata",
    message="Dockerfiles and compose files in the rest are not compared",
    cure="goswitch check DIR",
)


@check(CUT_SHORT)
def bounds(facts: Facts) -> Iterator[Finding]:
    """Say so where the walk ended early."""
    if facts.ask(project_files).cut_short:
        yield CUT_SHORT.found(f"only {MOST_FOLDERS} folders of this project were looked into", cure=CUT_SHORT.cure)
