"""With `--try`: ten lines are really compiled, in a folder for temporary files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cgo import cgo
from goswitch.model.finding import Kind, Severity
from goswitch.system.processes import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

FAILED = Kind(
    "cgo-does-not-build",
    Severity.ERROR,
    title="Ten lines with cgo do not compile",
    cause="what the findings beside it say, or what the compiler says",
    message="Go's own output is shown",
    cure="goswitch check --cgo --try",
)

_PROGRAM = """package main

// #include <stdlib.h>
// static int twice(int n) { return abs(n) * 2; }
import "C"

//export Twice
func Twice(n C.int) C.int { return C.twice(n) }

func main() { println(Twice(21)) }
"""

_LONGEST = 300.0
_SHOWN_LINES = 4


@check(FAILED)
def trial(facts: Facts) -> Iterator[Finding]:
    """Compile for the target in the build mode, with the settings of this shell but GOFLAGS."""
    look = facts.ask(cgo)
    if look is None or not look.asked.trial:
        return
    import tempfile  # noqa: PLC0415 - only a trial needs it

    with tempfile.TemporaryDirectory(prefix="goswitch-cgo-") as name:
        folder = Path(name)
        (folder / "go.mod").write_text("module trial\n", encoding="utf-8")
        (folder / "main.go").write_text(_PROGRAM, encoding="utf-8")
        env = {**facts.env, "GOROOT": str(look.goroot), "GOTOOLCHAIN": "local", "GOWORK": "off", "GOFLAGS": ""}
        env |= {"GOOS": look.goos, "GOARCH": look.goarch, "PWD": name}
        words = [str(look.goroot / "bin/go"), "build", f"-buildmode={look.asked.mode}", "-o", "trial.out", "."]
        answer = ask(words, cwd=folder, env=env, limit=_LONGEST)
    if answer.status != 0:
        said = [line for line in answer.err.splitlines() if line.strip() and not line.startswith("#")]
        yield FAILED.found(
            f"ten lines with cgo do not compile for {look.target} with -buildmode={look.asked.mode}",
            why=f"Go says: {' | '.join(said[:_SHOWN_LINES]) or 'nothing'}".replace(name, "trial"),
            cure="mend what is said, then goswitch check --cgo --try",
        )
