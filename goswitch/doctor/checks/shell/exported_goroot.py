"""Lines that export GOROOT, whether or not this shell has read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.shell_files import origin_in_files, who_exports
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

LINE = Kind(
    "goroot-in-shell-file",
    Severity.WARNING,
    title="a shell's file exports GOROOT",
    cause="an old installation guide, or another manager's installer",
    message="Go has found its SDK by itself since 1.9; an exported GOROOT only ever points at the wrong one",
    cure="take the line out",
)


@check(LINE)
def exported_goroot(facts: Facts) -> Iterator[Finding]:
    """Name each line; the one that the check of GOROOT itself names is passed over."""
    told = origin_in_files(facts, "GOROOT") if facts.env.get("GOROOT") else None
    for place, line in who_exports(facts, "GOROOT"):
        if place != told:
            yield LINE.found(
                f"{place.file.name} exports GOROOT={line.value}",
                cure=f"take line {place.line} out of {place.file}",
                place=place,
            )
