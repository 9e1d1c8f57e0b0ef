"""A pin below what go.mod or go.work asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.doctor.probes.pinned import pinned
from goswitch.model.finding import Kind, Severity
from goswitch.model.too_new import STRICT, too_new
from goswitch.model.version import compare, from_toolchain, is_valid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

BELOW = Kind(
    "pin-below-floor",
    Severity.ERROR,
    title="The pin is below the go line",
    cause="a dependency or `go get` raised the go line, and the pin stayed",
    message='a pin is obeyed, so Go refuses: "go: go.mod requires go >= 1.23 (running go 1.22.4; GOTOOLCHAIN=local)"',
    cure="goswitch pin 1.23",
)

OTHER_TOOLCHAIN = Kind(
    "pin-below-toolchain-line",
    Severity.WARNING,
    title="The pin is below the toolchain line",
    cause="the toolchain line was raised, and the pin stayed",
    message="who has goswitch builds with the pin; who has only Go, or CI that reads go.mod, with the toolchain line",
    cure="goswitch pin 1.23.4",
)


@check(BELOW, OTHER_TOOLCHAIN)
def below_floor(facts: Facts) -> Iterator[Finding]:
    """Hold the pin against both lines."""
    pin, file = facts.ask(pinned), facts.ask(modfiles).deciding
    if pin is None or pin.version is None or file is None:
        return
    go, toolchain = file.go, file.toolchain
    named = from_toolchain(toolchain.value) if toolchain is not None else ""
    if go is not None and is_valid(go.value) and compare(pin.version.text, go.value) < 0:
        local = facts.env.get("GOTOOLCHAIN") or facts.toolchain
        then = too_new(pin.version.text, go.value, shown=file.path.name, toolchain=local)
        switches = local != "local" and compare(pin.version.text, STRICT) >= 0
        yield BELOW.found(
            f"the pin {pin.version} is below `go {go.value}` of {file.path.name}",
            why=f"Go switches away from the pin ({local})" if switches else f"Go {pin.version} says: {then.words}",
            place=pin.place or file.at(go.line),
            cure=f"goswitch pin {go.value}",
            severity=None if then.refuses else Severity.WARNING,
        )
    elif toolchain is not None and named and compare(pin.version.text, named) < 0:
        yield OTHER_TOOLCHAIN.found(
            f"the pin {pin.version} is below `toolchain {toolchain.value}` of {file.path.name}",
            place=pin.place or file.at(toolchain.line),
            cure=f"goswitch pin {named}",
        )
