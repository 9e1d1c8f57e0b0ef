"""Toolchain lines that name no release, have no effect, or stand where the shims do not look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.model.finding import Kind, Severity
from goswitch.model.version import compare, from_toolchain, is_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.modfiles import ReadFile
    from goswitch.model.finding import Finding
    from goswitch.model.gomod import Line

LANGUAGE = Kind(
    "language-as-toolchain",
    Severity.ERROR,
    title="The toolchain line names a language version, which is no release",
    cause="from Go 1.21 on releases have a patch, `go1.24.0`; `1.24` alone is the language and stands in the go line",
    message=(
        'an older go that switches fails: "go: invalid toolchain: go1.24 is a language version but not a toolchain'
        ' version (go1.24.x)"'
    ),
    cure="go mod edit -toolchain=go1.24.0",
)

WITHOUT_EFFECT = Kind(
    "toolchain-below-go",
    Severity.WARNING,
    title="The toolchain line is older than the go line",
    cause="the go line was raised and the toolchain line left",
    message="Go passes the toolchain line over without a word: what runs is by the go line",
    cure="go mod edit -toolchain=none",
)

BEYOND = Kind(
    "toolchain-below-directives",
    Severity.NOTE,
    title="The toolchain line stands below other directives",
    cause="it was written by hand; Go's own commands write it next to the go line",
    message=(
        "shims and hooks read go.mod no further than the first directive below the go line, so they choose by the go"
        " line alone; cmd/go itself then still switches to the toolchain line"
    ),
    cure="move the line up, next to the go line",
)


@check(LANGUAGE, WITHOUT_EFFECT, BEYOND)
def toolchain_lines(facts: Facts) -> Iterator[Finding]:
    """Look at the toolchain line of what decides; those of used modules and of dependencies count for nothing."""
    file = facts.ask(modfiles).deciding
    line = file.toolchain if file is not None else None
    if file is None or line is None:
        return
    version = from_toolchain(line.value)
    if version and is_language(version):
        yield LANGUAGE.found(
            f"`toolchain {line.value}` names a language version, which is no release",
            why=(
                f'an older go that switches fails: "go: invalid toolchain: {line.value} is a language version but not'
                f' a toolchain version ({line.value}.x)"'
            ),
            place=file.at(line.line),
            cure=f"go {_verb(file)} edit -toolchain={line.value}.0",
        )
    elif version and file.go is not None and compare(version, file.go.value) < 0:
        yield WITHOUT_EFFECT.found(
            f"`toolchain {line.value}` is older than `go {file.go.value}` in line {file.go.line}",
            place=file.at(line.line),
            cure=f"go {_verb(file)} edit -toolchain=none",
        )
    if _is_beyond(file, line):
        yield BEYOND.found(
            f"`toolchain {line.value}` stands below other directives, where shims do not look",
            place=file.at(line.line),
            cure=f"move line {line.line} of {file.path.name} up, next to the go line",
        )


def _is_beyond(file: ReadFile, line: Line) -> bool:
    return file.quick.toolchain == line and file.ours.toolchain is None


def _verb(file: ReadFile) -> str:
    return "work" if file.is_work else "mod"
