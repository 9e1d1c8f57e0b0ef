"""cgo that is off, by a setting or without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cgo import cgo
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

_EXCLUDED = 'files that import "C" are left out: "build constraints exclude all Go files", or "undefined: …"'

CROSS = Kind(
    "cgo-off-by-cross-build",
    Severity.ERROR,
    title="Building for another platform has switched cgo off, without a word",
    cause="GOOS or GOARCH differ from this machine's, and CGO_ENABLED is not set",
    message=_EXCLUDED,
    cure="export CGO_ENABLED=1 CC=aarch64-linux-gnu-gcc",
)

NO_COMPILER = Kind(
    "cgo-off-without-compiler",
    Severity.ERROR,
    title="cgo is off because no C compiler is on PATH",
    cause="from Go 1.20 on cgo is off where neither CC is set nor the default compiler, gcc or clang, is found",
    message=_EXCLUDED,
    cure="apt-get install gcc",
)

SET = Kind(
    "cgo-switched-off",
    Severity.WARNING,
    title="cgo is switched off by CGO_ENABLED=0",
    cause="the variable is set in the environment, or by `go env -w`",
    message=_EXCLUDED,
    cure="unset CGO_ENABLED; go env -u CGO_ENABLED",
)

UNSUPPORTED = Kind(
    "cgo-unsupported",
    Severity.ERROR,
    title="There is no cgo on that platform",
    cause="js, wasip1, plan9 and some others have none",
    message='with CGO_ENABLED=1 the build fails in odd words, such as "cgo: unknown ptrSize for $GOARCH "wasm""',
    cure="build without cgo: CGO_ENABLED=0",
)


@check(CROSS, NO_COMPILER, SET, UNSUPPORTED)
def switched_off(facts: Facts) -> Iterator[Finding]:
    """Say why cgo is off, if it is."""
    look = facts.ask(cgo)
    if look is None or not look.known:
        return
    match look.off:
        case "cross":
            yield CROSS.found(
                f"cgo is off for {look.target}: this machine is {facts.world.platform}, and CGO_ENABLED is not set",
                cure="export CGO_ENABLED=1, and CC with a compiler for the target",
            )
        case "compiler":
            yield NO_COMPILER.found(
                f"cgo is off: CC is not set, and {look.cc[0]} is not on PATH",
                cure=f"install {look.cc[0]}, or export CC=/path/to/compiler",
            )
        case "set" if look.setting is not None:
            yield SET.found(f"cgo is switched off: CGO_ENABLED=0 ({look.setting.origin})", cure=SET.cure)
        case "unsupported":
            yield UNSUPPORTED.found(f"Go {look.version} has no cgo for {look.target}", cure=UNSUPPORTED.cure)
        case _:
            return
