"""Our own records of an SDK: its receipt and its files.sha256."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

DAMAGED = Kind(
    "sdk-record-damaged",
    Severity.WARNING,
    title="What goswitch wrote down about an SDK can't be read",
    cause="receipt.json or files.sha256 was changed by hand, or a disk lost its end",
    message="`goswitch verify` has nothing to hold the SDK against; the SDK itself may be whole",
    cure="goswitch repair 1.22.4",
)


@check(DAMAGED)
def records(facts: Facts) -> Iterator[Finding]:
    """Report the records that could not be read."""
    for sdk in facts.ask(sdks):
        if not sdk.unreadable:
            for problem in sdk.problems:
                yield DAMAGED.found(problem.message, cure=problem.help or (f"goswitch repair {sdk.name}",))
