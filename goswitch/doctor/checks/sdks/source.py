"""Files in an SDK that are not its release's: strangers in `src/`, and files that were changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.checks.sdks.parts import listed
from goswitch.doctor.cures import renewed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

UNKNOWN = Kind(
    "unknown-source-files",
    Severity.ERROR,
    title="The standard library has files that the release does not have",
    cause="one SDK was unpacked over another, or somebody put files there",
    message=(
        "they are compiled with the rest: `roundupsize redeclared in this block`, or `found packages fmt (doc.go) and"
        " other (extra.go)`"
    ),
    cure="goswitch repair 1.22.4",
)
UNUSED = Kind(
    "unused-source-files",
    Severity.NOTE,
    title="The standard library has files beside Go's, which Go does not compile",
    cause="an editor's or a patch's leftovers: `print.go.orig`, `.DS_Store`",
    message="nothing fails, but `goswitch verify` reports them",
    cure="goswitch repair 1.22.4",
)
CHANGED = Kind(
    "sdk-files-changed",
    Severity.WARNING,
    title="Files of an SDK hold something else than when they were installed",
    cause="somebody edited the standard library: editors open it, writable, when one jumps there",
    message="every program that is built with this SDK has the change in it",
    cure="goswitch repair 1.22.4",
)

_COMPILED = (".go", ".s", ".S", ".c", ".h", ".syso")


@check(UNKNOWN, UNUSED, CHANGED)
def source(facts: Facts) -> Iterator[Finding]:
    """Look for names that are not the release's in `src/`, and for what changed since it was installed."""
    for sdk in facts.ask(sdks):
        strangers = [name for name in sdk.contents.extra if name.startswith("src/")]
        compiled = [name for name in strangers if _is_compiled(name)]
        unused = [name for name in strangers if not _is_compiled(name)]
        if compiled:
            yield UNKNOWN.found(
                f"src of {sdk.name} has files that are not of it: {listed(compiled)}", cure=renewed(sdk)
            )
        if unused:
            yield UNUSED.found(f"src of {sdk.name} has files beside Go's: {listed(unused)}", cure=renewed(sdk))
        if sdk.contents.changed:
            changed = list(sdk.contents.changed)
            settings_alone = changed == ["go.env"]
            yield CHANGED.found(
                f"{sdk.name} was changed: {listed(changed)}",
                why="it holds the defaults of Go's settings, as images and distributions set them"
                if settings_alone
                else None,
                cure=(f"goswitch verify {sdk.name}", renewed(sdk)),
                severity=Severity.NOTE if settings_alone else None,
            )


def _is_compiled(name: str) -> bool:
    """Tell whether cmd/go looks at a file: by its suffix, and not hidden by `_` or `.`, nor under testdata."""
    folders = name.split("/")
    return name.endswith(_COMPILED) and not any(it.startswith((".", "_")) or it == "testdata" for it in folders)
