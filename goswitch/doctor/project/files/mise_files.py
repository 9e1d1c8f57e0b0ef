"""mise.toml: the Go that mise installs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.mentions import SHARED, compare_files
from goswitch.doctor.probes.project import project_files
from goswitch.integrate import mise
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

OTHER = Kind(
    "mise-other-go",
    Severity.ERROR,
    title="mise.toml names another Go than the pin",
    cause="one was raised and the other forgotten",
    message="people with mise build with another Go than people with goswitch",
    cure="write the pin's version there",
)


@check(OTHER, *SHARED)
def mise_files(facts: Facts) -> Iterator[Finding]:
    """Hold each against the pin."""
    yield from compare_files(facts, OTHER, facts.ask(project_files).mise, mise.mentions)
