"""CircleCI: its images of Go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.mentions import SHARED, compare_files
from goswitch.doctor.probes.project import project_files
from goswitch.integrate import pipelines
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

OTHER = Kind(
    "circleci-other-go",
    Severity.ERROR,
    title="CircleCI runs another Go than the pin",
    cause="the pin was raised and the image left",
    message="CI tests with another Go than people build with",
    cure="write the pin's version there",
)


@check(OTHER, *SHARED)
def circleci(facts: Facts) -> Iterator[Finding]:
    """Hold each against the pin."""
    yield from compare_files(facts, OTHER, facts.ask(project_files).circleci, pipelines.circleci_mentions)
