"""A pin that can't be used."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.pinned import pin_or_error
from goswitch.errors import NotInstalled
from goswitch.model.finding import Kind, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

UNUSABLE = Kind(
    "pin-unusable",
    Severity.ERROR,
    title="The pin is empty, malformed or can't be read",
    cause="a typing mistake, a merge conflict's marks, a path, or a range, which a pin does not have",
    message="nothing runs: a pin is never skipped, and the next one above is not asked",
    cure="goswitch pin 1.22.4",
)


@check(UNUSABLE)
def unusable_pin(facts: Facts) -> Iterator[Finding]:
    """Look for a pin that is an error."""
    error = facts.ask(pin_or_error)
    if isinstance(error, NotInstalled):
        place = re.match(r"(/.*?)(?::(\d+))?: ", error.message)
        yield UNUSABLE.found(
            error.message,
            place=Place(Path(place[1]), int(place[2] or 0)) if place is not None else None,
            cure=error.help or UNUSABLE.cure,
        )
