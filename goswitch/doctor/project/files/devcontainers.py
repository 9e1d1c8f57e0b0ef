"""devcontainer.json: its image, its Go feature, its build arguments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.mentions import SHARED, compare_files
from goswitch.doctor.probes.project import project_files
from goswitch.integrate import devcontainer
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

OTHER = Kind(
    "devcontainer-other-go",
    Severity.ERROR,
    title="The devcontainer brings another Go than the pin",
    cause="the pin was raised and the image or the feature left",
    message="editor and tests in the container use another Go than those outside",
    cure="write the pin's version there",
)


@check(OTHER, *SHARED)
def devcontainers(facts: Facts) -> Iterator[Finding]:
    """Hold each against the pin."""
    yield from compare_files(facts, OTHER, facts.ask(project_files).devcontainers, devcontainer.mentions)
