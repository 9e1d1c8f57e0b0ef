"""The build mode: whether this SDK has it on the target, and whether it can be without cgo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cgo import cgo
from goswitch.model.cgo_tables import NEED_CGO, mode_supported
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

NO_PLATFORM = Kind(
    "platform-unknown",
    Severity.ERROR,
    title="This SDK has no such GOOS/GOARCH",
    cause="a typing mistake, or a port that came later or was dropped",
    message='"go: unsupported GOOS/GOARCH pair nope/amd64"',
    cure="go tool dist list",
)

UNSUPPORTED = Kind(
    "build-mode-unsupported",
    Severity.ERROR,
    title="This SDK has the build mode not on that platform",
    cause="plugins are for Linux, macOS and FreeBSD, c-shared and c-archive for some more; newer releases have more",
    message='"-buildmode=plugin not supported on windows/amd64"',
    cure="go help buildmode",
)

NEEDS_CGO = Kind(
    "build-mode-needs-cgo",
    Severity.ERROR,
    title="The build mode needs cgo, and cgo is off",
    cause="c-shared, c-archive and plugin are linked by the C compiler; CGO_ENABLED=0 or a cross-build switches it off",
    message='"-buildmode=c-shared requires external (cgo) linking, but cgo is not enabled"',
    cure="export CGO_ENABLED=1",
)


@check(NO_PLATFORM, UNSUPPORTED, NEEDS_CGO)
def build_modes(facts: Facts) -> Iterator[Finding]:
    """Look the mode up in the SDK's own source."""
    look = facts.ask(cgo)
    if look is None:
        return
    mode = look.asked.mode
    if not look.known:
        yield NO_PLATFORM.found(
            f"Go {look.version} has no {look.target}",
            why=f'"go: unsupported GOOS/GOARCH pair {look.target}"',
            cure="go tool dist list",
        )
        return
    supported = look.source("internal/platform/supported.go", "cmd/internal/sys/supported.go")
    if mode_supported(supported, mode, look.goos, look.goarch) is False:
        yield UNSUPPORTED.found(
            f"Go {look.version} has no -buildmode={mode} for {look.target}",
            why=f'"-buildmode={mode} not supported on {look.target}"',
            cure="go help buildmode",
        )
    elif mode in NEED_CGO and look.off and look.goos != "wasip1":
        yield NEEDS_CGO.found(
            f"-buildmode={mode} needs cgo, which is off for {look.target}",
            why=f'"-buildmode={mode} requires external (cgo) linking, but cgo is not enabled", or, in files that import'
            ' "C", "build constraints exclude all Go files"',
            cure="export CGO_ENABLED=1",
        )
