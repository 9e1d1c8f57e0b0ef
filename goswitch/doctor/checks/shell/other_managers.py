"""Other managers' hooks in the shell's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.shell_files import shell_files
from goswitch.model.finding import Kind, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

HOOK = Kind(
    "other-manager-hook",
    Severity.WARNING,
    title="a shell's file starts another Go manager",
    cause="goenv, gvm, asdf, mise, g or gobrew was set up in it, by hand or by its installer",
    message="it puts its own go before the shims or exports GOROOT, at each prompt or whenever a shell starts",
    cure="take the line out, or leave Go to that manager: goswitch setup --undo",
)

_EFFECTS = {
    "goenv": "goenv puts its shims on PATH, and they export GOROOT",
    "gvm": "gvm exports GOROOT and GOPATH and replaces cd",
    "asdf": "asdf puts its shims on PATH; its Go plugin exports GOROOT",
    "mise": "mise changes PATH and GOROOT at each prompt where its configuration names Go",
    "g": "g exports GOROOT and puts its go on PATH",
    "gobrew": "gobrew puts its go on PATH",
}


@check(HOOK)
def other_managers(facts: Facts) -> Iterator[Finding]:
    """Look for their lines."""
    for file in facts.ask(shell_files):
        told: set[str] = set()
        for line in file.lines.managers:
            if line.manager in told:
                continue
            told.add(line.manager)
            yield HOOK.found(
                f"{file.path.name} starts {line.manager}: {line.text}",
                why=_EFFECTS[line.manager],
                cure=f"take line {line.line} out of {file.path}, or leave Go to {line.manager}: goswitch setup --undo",
                place=Place(file.path, line.line),
                severity=None if line.manager != "mise" else Severity.NOTE,
            )
