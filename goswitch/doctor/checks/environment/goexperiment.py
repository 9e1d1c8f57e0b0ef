"""GOEXPERIMENT: a compiler and runtime that are not the released ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.origins import setting
from goswitch.model.finding import Kind, Severity
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

SET = Kind(
    "goexperiment-set",
    Severity.WARNING,
    title="GOEXPERIMENT is set: everything is compiled with experiments switched",
    cause="an experiment was tried out and kept, or belongs to one project",
    message="programs differ from those of CI, and `runtime.Version()` says so: `go1.22.4 X:rangefunc`",
    cure="go env -u GOEXPERIMENT",
)
UNKNOWN = Kind(
    "goexperiment-unknown",
    Severity.ERROR,
    title="GOEXPERIMENT names an experiment that the bound SDK doesn't know",
    cause="experiments come and go with the series: `rangefunc` is known to 1.22 alone",
    message="every go command fails: `go: unknown GOEXPERIMENT rangefunc`",
    cure="go env -u GOEXPERIMENT",
)

_FLAGS = "src/internal/goexperiment/flags.go"
_FIELD = re.compile(r"^\t([A-Z][A-Za-z0-9]*)\s+bool\b", re.MULTILINE)
_ALWAYS = {"none"}


@check(SET, UNKNOWN)
def goexperiment(facts: Facts) -> Iterator[Finding]:
    """Compare the names with those in the SDK's source (`internal/goexperiment`, `internal/buildcfg/exp.go`)."""
    found = setting(facts, "GOEXPERIMENT")
    if found is None:
        return
    tree = facts.ask(here).goroot
    source = (look.read_regular(tree / _FLAGS) if tree is not None else None) or b""
    known = {name.lower() for name in _FIELD.findall(source.decode("utf-8", "replace"))} | _ALWAYS
    names = [name.strip().removeprefix("no") if name.strip() not in known else name for name in found.value.split(",")]
    unknown = [name for name in names if name and name.strip() not in known]
    if source and unknown:
        at = facts.ask(here)
        yield UNKNOWN.found(
            f"{found}: {at.name} has no experiment {', '.join(unknown)}",
            why=f"every go command fails: `go: unknown GOEXPERIMENT {unknown[0]}`",
            cure=found.unset,
            place=found.place,
        )
    else:
        yield SET.found(f"{found}: all that is compiled here is compiled so", cure=found.unset, place=found.place)
