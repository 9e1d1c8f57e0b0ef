"""GO111MODULE: the switch from the years before modules were the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.origins import setting
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

NOT_ON = Kind(
    "modules-not-on",
    Severity.WARNING,
    title="GO111MODULE is not on",
    cause="a setting from before Go 1.16, when modules became the rule, in a shell's file or the user's go/env file",
    message=(
        "with `off` go.mod is ignored, no toolchain is chosen by it, and dependencies are not found:"
        " `go: modules disabled by GO111MODULE=off; see 'go help modules'`; `auto` does so outside of modules"
    ),
    cure="go env -u GO111MODULE",
)


@check(NOT_ON)
def go111module(facts: Facts) -> Iterator[Finding]:
    """Look at the value."""
    found = setting(facts, "GO111MODULE")
    if found is None or found.value == "on":
        return
    if found.value in {"off", "auto"}:
        severity = Severity.ERROR if found.value == "off" else Severity.WARNING
        effect = "go.mod is ignored" if found.value == "off" else "modules are off outside of a module"
        yield NOT_ON.found(f"{found}: {effect}", cure=found.unset, place=found.place, severity=severity)
    else:
        why = f"Go refuses it: `go: unknown environment setting GO111MODULE={found.value}`"
        yield NOT_ON.found(f"{found} is refused", why=why, cure=found.unset, place=found.place, severity=Severity.ERROR)
