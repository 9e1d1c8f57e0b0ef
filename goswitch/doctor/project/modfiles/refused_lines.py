"""Lines of go.mod and go.work that Go's strict parser refuses, with what the quick scanner makes of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.modfiles import ReadFile
    from goswitch.model.finding import Finding
    from goswitch.model.gomod import Line

REFUSED = Kind(
    "go-mod-refused",
    Severity.ERROR,
    title="Go's parser refuses a line of go.mod or go.work",
    cause=(
        "cmd/go reads the file twice: a quick scanner, which accepts nearly anything, chooses the toolchain; then a"
        " strict parser reads the whole file. Quotes, blocks around `go`, repeated lines, a byte order mark, `v1.21`,"
        " and `/* */` pass the first and not the second"
    ),
    message='every command fails: "go: errors parsing go.mod:" and, for a repeated line, "repeated go statement"',
    cure="mend the line in an editor",
)


@check(REFUSED)
def refused_lines(facts: Facts) -> Iterator[Finding]:
    """Look for lines that the strict parser refuses."""
    for file in facts.ask(modfiles).all:
        for refusal in file.strict.refusals:
            yield REFUSED.found(
                f"Go refuses {file.path.name}: {refusal.text.splitlines()[0]}",
                why=f'every command fails: "go: errors parsing {file.path.name}:"; {_quick_reading(file)}',
                place=file.at(refusal.line),
                cure=f"mend line {refusal.line} of {file.path.name}{_hint(refusal.text)}",
            )


def _quick_reading(file: ReadFile) -> str:
    """Return what the quick scanner makes of the file."""
    lines = [_shown("go", file.quick.go), _shown("toolchain", file.quick.toolchain)]
    read = " and ".join(line for line in lines if line)
    return f"yet the quick scanner, which chooses the toolchain, reads {read or 'no version'}"


def _shown(key: str, line: Line | None) -> str:
    return f"`{key} {line.value}` from line {line.line}" if line is not None else ""


def _hint(text: str) -> str:
    """Return what the line should look like, where that is sure."""
    for words, hint in _HINTS:
        if words in text:
            return f": {hint}"
    return ""


_HINTS = (
    ("\\ufeff", "save the file without a byte order mark"),
    ("use // comments", "write // comments"),
    ("unknown block type: go", "write it as one line: go 1.22.4"),
    ("unknown block type: toolchain", "write it as one line: toolchain go1.22.4"),
    ("repeated", "keep one of the lines"),
    ("invalid go version", "write it without quotes, `go` or `v`: go 1.22.4"),
    ("invalid toolchain version", "write it as toolchain go1.22.4"),
)
