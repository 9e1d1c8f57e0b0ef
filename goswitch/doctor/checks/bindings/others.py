"""Containers and CI that bring another Go than is bound here: `goswitch check` says more about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.mentioned import mentioned
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

OTHER = Kind(
    "elsewhere-other-go",
    Severity.WARNING,
    title="A container, CI or another manager brings another Go than is bound here",
    cause="the pin, go.mod or default was raised and the file was left, or the other way round",
    message="what is built or tested there is not what is built here",
    cure="goswitch check",
)


@check(OTHER)
def others(facts: Facts) -> Iterator[Finding]:
    """Name the rows of the table that disagree."""
    at = facts.ask(here)
    for row in facts.ask(mentioned):
        if not row.agrees:
            yield OTHER.found(
                f"{row.who} has {row.why}, but {at.name} is bound here", cure="goswitch check", place=row.place
            )
