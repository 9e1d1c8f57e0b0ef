"""A folder in which nothing can run: what it asks for is not there, or can't be read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here
from goswitch.errors import GoswitchError
from goswitch.model.finding import Kind, Place, Severity
from goswitch.resolve.pins import find_pin
from goswitch.resolve.rule import ignore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

UNBOUND = Kind(
    "nothing-bound",
    Severity.ERROR,
    title="no SDK can run in this folder",
    cause="the pinned version is not installed, the pin can't be read, or nothing installed satisfies go.mod",
    message="the shims fail with the same words (126, or 127 where there is no go at all), in editors and make too",
    cure="goswitch install",
)


@check(UNBOUND)
def unbound(facts: Facts) -> Iterator[Finding]:
    """Ask the rule."""
    error = facts.ask(here).error
    if error is not None:
        yield UNBOUND.found(error.message, cure=error.help, place=_pin(facts))


def _pin(facts: Facts) -> Place | None:
    try:
        pin = find_pin(facts.cwd, facts.env, ignore)
    except GoswitchError:
        return None
    return Place(Path(pin.origin.place), pin.origin.line) if pin is not None and pin.origin.line else None
