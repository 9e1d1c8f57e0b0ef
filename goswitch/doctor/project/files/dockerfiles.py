"""Dockerfiles: their images of Go, what they copy from such, and archives of Go that they fetch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.mentions import SHARED, compare_files
from goswitch.doctor.probes.project import project_files
from goswitch.integrate import dockerfile
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

OTHER = Kind(
    "dockerfile-other-go",
    Severity.ERROR,
    title="A Dockerfile brings another Go than the pin",
    cause="the pin was raised and the image left, or the other way round",
    message="what is built in the container is not what was tested outside",
    cure="write the pin's version there",
)


@check(OTHER, *SHARED)
def dockerfiles(facts: Facts) -> Iterator[Finding]:
    """Hold each against the pin."""
    yield from compare_files(facts, OTHER, facts.ask(project_files).dockerfiles, dockerfile.mentions)
