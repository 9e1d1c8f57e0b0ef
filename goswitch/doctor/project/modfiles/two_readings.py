"""Files that the strict parser accepts while the quick scanner reads another version out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding
    from goswitch.model.gomod import Line

DIFFERENT = Kind(
    "two-readings",
    Severity.ERROR,
    title="The quick scanner and the strict parser read different versions",
    cause="a line within a block begins with the word `go` or `toolchain`; the quick scanner knows no blocks",
    message='the toolchain is chosen by a line that means something else: "go: invalid toolchain "v1.0.0" in go.mod"',
    cure="write the block's line as a line of its own, with its keyword",
)


@check(DIFFERENT)
def two_readings(facts: Facts) -> Iterator[Finding]:
    """Look for a go or toolchain line that only one of the two sees."""
    for file in facts.ask(modfiles).all:
        if file.strict.refusals:
            continue  # refused_lines says what both make of it
        for key, quick, strict in (
            ("go", file.quick.go, file.strict.go),
            ("toolchain", file.quick.toolchain, file.strict.toolchain),
        ):
            if quick is not None and quick != strict:
                yield DIFFERENT.found(
                    f"the quick scanner reads `{key} {quick.value}`, the strict parser {_strict(key, strict)}",
                    place=file.at(quick.line),
                    cure=f"write line {quick.line} of {file.path.name} outside of the block, with its keyword",
                )


def _strict(key: str, line: Line | None) -> str:
    return f"`{key} {line.value}` in line {line.line}" if line is not None else f"no {key} line"
