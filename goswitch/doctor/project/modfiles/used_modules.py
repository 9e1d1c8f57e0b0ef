"""The modules that a go.work uses: that they are there, and that they ask for no newer Go than go.work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.model.finding import Kind, Severity
from goswitch.model.too_new import STRICT
from goswitch.model.version import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

ABOVE = Kind(
    "module-above-work",
    Severity.ERROR,
    title="A module's go line is above go.work's",
    cause="the module's go line was raised, by hand or by `go get`; go.work's go and toolchain lines decide alone",
    message=(
        '"go: module x listed in go.work file requires go >= 1.22, but go.work lists go 1.21; to update it:'
        ' go work use", whatever SDK runs'
    ),
    cure="go work use",
)

MISSING = Kind(
    "used-module-missing",
    Severity.ERROR,
    title="go.work uses a folder that has no go.mod",
    cause="the module was moved or removed, or a submodule was not checked out",
    message='"go: cannot load module nope listed in go.work file: open nope/go.mod: no such file or directory"',
    cure="go work edit -dropuse=./nope",
)

_WITHOUT_A_LINE = "1.18"
"""What a go.work without a go line means."""


@check(ABOVE, MISSING)
def used_modules(facts: Facts) -> Iterator[Finding]:
    """Look at each `use` of the go.work that decides."""
    files = facts.ask(modfiles)
    work = files.deciding
    if work is None or not work.is_work:
        return
    lists = work.go.value if work.go is not None else _WITHOUT_A_LINE
    for use in files.uses:
        if use.module is None:
            yield MISSING.found(
                f"go.work uses {use.written}, which has no go.mod",
                why=f'"go: cannot load module {use.written} listed in go.work file"',
                place=work.at(use.line),
                cure=f"go work edit -dropuse={use.written}",
            )
        elif (needs := use.module.go) is not None and _is_too_new(needs.value, lists):
            yield ABOVE.found(
                f"{use.written}/go.mod asks for go {needs.value}, go.work only for go {lists}",
                why=(
                    f'"go: module {use.written} listed in go.work file requires go >= {needs.value},'
                    f' but go.work lists go {lists}", whatever SDK runs'
                ),
                place=use.module.at(needs.line),
                cure="go work use",
            )


def _is_too_new(needs: str, lists: str) -> bool:
    return compare(needs, lists) > 0 and compare(needs, STRICT) >= 0
