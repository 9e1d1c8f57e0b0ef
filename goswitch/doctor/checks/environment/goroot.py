"""GOROOT in the environment: an SDK that is not the one that runs here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.origins import origin_of
from goswitch.doctor.probes.path_gos import What, path_gos
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

EXPORTED = Kind(
    "goroot-exported",
    Severity.WARNING,
    title="GOROOT is exported and names another SDK than the one that is bound here",
    cause="a line in a shell's file, another manager's hook, an editor or a devcontainer exports it",
    message=(
        "the shims override it, but a go that is called by its path compiles with that SDK's tools:"
        ' `compile: version "go1.22.4" does not match go tool version "go1.21.6"`; VS Code refuses to choose a Go'
    ),
    cure="unset GOROOT",
)
GONE = Kind(
    "goroot-no-sdk",
    Severity.ERROR,
    title="GOROOT is exported and is no SDK",
    cause="the SDK that it names was removed or moved, or the path is mistyped",
    message=(
        "a go that is called by its path says `go: cannot find GOROOT directory: /nonexistent`,"
        " or `package fmt is not in std` where the folder is there and is no SDK"
    ),
    cure="unset GOROOT",
)

_UNHIDDEN = (
    "the go that runs here obeys it, and compiles with that SDK's tools:"
    ' `compile: version "go1.22.4" does not match go tool version "go1.21.6"`'
)


@check(EXPORTED, GONE)
def goroot(facts: Facts) -> Iterator[Finding]:
    """Compare GOROOT with the bound SDK."""
    value = facts.env.get("GOROOT", "")
    if not value:
        return
    origin = origin_of(facts, "GOROOT")
    cure = ("unset GOROOT", f"take line {origin.line} out of {origin.file}" if origin else "find what exports it")
    tree = facts.cwd / value
    if not (tree / "src").is_dir() or not (tree / "bin").is_dir():
        what = "is no SDK" if tree.is_dir() else "is not there"
        yield GONE.found(f"GOROOT is exported, and {value} {what}", cure=cure, place=origin)
        return
    at = facts.ask(here)
    if at.goroot is not None and tree.resolve() != at.goroot.resolve():
        gos = facts.ask(path_gos)
        is_hidden = bool(gos) and gos[0].what is What.SHIM
        yield EXPORTED.found(
            f"GOROOT is exported as {value}, but {at.name} is bound here ({at.goroot})",
            cure=cure,
            place=origin,
            why=None if is_hidden else _UNHIDDEN,
            severity=Severity.WARNING if is_hidden else Severity.ERROR,
        )
