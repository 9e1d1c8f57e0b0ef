"""The real `go version` against what the rules say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here, real
from goswitch.model.finding import Kind, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

DIFFERS = Kind(
    "version-differs",
    Severity.ERROR,
    title="`go version`, run here, says something else than the rules do",
    cause="an SDK's folder or its VERSION file names one version and its `bin/go` is another, or is a script",
    message=(
        'builds fail with words like `compile: version "go1.22.4" does not match go tool version "go1.21.6"`,'
        " or succeed with a version that nobody asked for"
    ),
    cure="goswitch repair 1.22.4",
)
SILENT = Kind(
    "no-version",
    Severity.ERROR,
    title="`go version` does not work here",
    cause="the go that is bound here is damaged, or cmd/go refuses a setting or go.mod",
    message="nothing that asks go for its version works, editors among them",
    cure="goswitch repair 1.22.4",
)


@check(DIFFERS, SILENT)
def version_differs(facts: Facts) -> Iterator[Finding]:
    """Run `go version` here and compare."""
    at, said = facts.ask(here), facts.ask(real)
    if said is None or at.program is None:
        return
    version = at.binding.version if at.binding is not None else None
    cure = f"goswitch repair {version}" if version is not None else f"{at.program} version"
    then = at.next
    if not said.toolchain:
        if then is not None and then.selection.refusal and then.selection.refusal in said.said:
            return  # foreseen: the setting or the go.mod is to blame, and other checks name it
        why = f"it says: {said.said}" if said.said else "it says nothing"
        yield SILENT.found(f"{at.program} does not tell its version here", why=why, cure=cure, place=Place(at.program))
    elif then is not None and not then.selection.refusal:
        expected = then.selection.toolchain
        if said.toolchain != expected:
            yield DIFFERS.found(
                f"go version says {said.toolchain} here, but by the rules it is {expected}",
                cure=cure,
                place=Place(then.place or at.program),
            )
