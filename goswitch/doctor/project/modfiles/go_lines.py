"""Files without a go line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

NO_GO_LINE = Kind(
    "no-go-line",
    Severity.WARNING,
    title="go.mod or go.work has no go line",
    cause="the file is older than Go 1.12, or was written by hand",
    message="Go takes it for `go 1.16` in go.mod and `go 1.18` in go.work: generics and all later features are off",
    cure="go mod edit -go=1.22",
)


@check(NO_GO_LINE)
def go_lines(facts: Facts) -> Iterator[Finding]:
    """Look for files without a go line."""
    for file in facts.ask(modfiles).all:
        if file.go is None and not file.strict.refusals:
            verb, implied = ("work", "1.18") if file.is_work else ("mod", "1.16")
            yield NO_GO_LINE.found(
                f"{file.path.name} has no go line, so Go takes it for `go {implied}`",
                why="features of the language and defaults of GODEBUG are those of that version",
                place=file.at(0),
                cure=f"go {verb} edit -go=1.22",
            )
