"""Directives that the Go of this project does not know yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.doctor.probes.pinned import running_version
from goswitch.model.finding import Kind, Severity
from goswitch.model.modfile import FIRST_READ_BY
from goswitch.model.version import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

UNKNOWN = Kind(
    "directive-unknown",
    Severity.ERROR,
    title="go.mod has a directive that the Go here does not know",
    cause="`toolchain` is read since Go 1.21, `godebug` since 1.23, `tool` since 1.24, `ignore` since 1.25",
    message='older Go refuses the file before it looks at the go line: "go.mod:3: unknown directive: tool"',
    cure="goswitch pin 1.24",
)


@check(UNKNOWN)
def newer_directives(facts: Facts) -> Iterator[Finding]:
    """Look for directives newer than the Go that is pinned, or that runs here."""
    version = facts.ask(running_version)
    if version is None:
        return
    for file in facts.ask(modfiles).all:
        if file.strict.refusals:
            continue
        told: set[str] = set()
        for verb, line, _ in file.strict.directives:
            first = FIRST_READ_BY.get(verb)
            if first is None or verb in told or compare(version.series, first) >= 0:
                continue
            told.add(verb)
            yield UNKNOWN.found(
                f"Go {version} does not know `{verb}`, which Go {first} was the first to read",
                why=f'every command fails: "{file.path.name}:{line}: unknown directive: {verb}"',
                place=file.at(line),
                cure=f"goswitch pin {first}",
            )
