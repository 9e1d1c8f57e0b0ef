"""Whether an SDK is of one build: its name, VERSION, bin/go, gofmt, the tools and the source say the same version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.cures import renewed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Kind, Place, Severity
from goswitch.model.version import compare, from_toolchain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding
    from goswitch.sdk.examination import Examined

OTHER_NAME = Kind(
    "sdk-of-another-version",
    Severity.ERROR,
    title="An SDK is not the version that its folder is named for",
    cause="a folder was renamed, or another release was unpacked over it",
    message="what is pinned to one is built with another; cmd/go says `toolchain go1.21.6 invoked to provide go1.22.4`",
    cure="goswitch repair 1.22.4",
)
NO_VERSION = Kind(
    "sdk-without-version",
    Severity.WARNING,
    title="VERSION is missing or can't be read",
    cause="it was deleted; or the SDK was built from source, where only a release has one",
    message="editors that read the version from there show none; `make.bash` can't build in it",
    cure="goswitch repair 1.22.4",
)
FOREIGN_TOOL = Kind(
    "tool-of-another-build",
    Severity.ERROR,
    title="A tool of an SDK was built by another Go than its bin/go",
    cause="one SDK was unpacked over another, or a tool was copied from one to the other",
    message=(
        '`compile: version "go1.21.6" does not match go tool version "go1.22.4"`, or `linked object header mismatch`'
    ),
    cure="goswitch repair 1.22.4",
)
NO_BUILD_INFO = Kind(
    "program-without-build-info",
    Severity.WARNING,
    title="bin/go does not say which version it is",
    cause="it was stripped or packed, or it is damaged",
    message="`go version FILE`, and editors that read it, find no version in it",
    cure="goswitch repair 1.22.4",
)
FOREIGN_SOURCE = Kind(
    "source-of-another-version",
    Severity.ERROR,
    title="The standard library of an SDK is of another version than its bin/go",
    cause="`src` was replaced or links to another SDK's",
    message='builds fail deep down: `link: reference to undefined builtin "runtime.interfaceSwitch"`',
    cure="goswitch repair 1.22.4",
)

_FIRST_WITH_BUILD_INFO = "1.13"


@check(OTHER_NAME, NO_VERSION, FOREIGN_TOOL, NO_BUILD_INFO, FOREIGN_SOURCE)
def build(facts: Facts) -> Iterator[Finding]:
    """Compare what everything in an SDK says of its version."""
    for sdk in facts.ask(sdks):
        if sdk.runs and sdk.go.binary is not None:
            yield from _judge(sdk)


def _judge(sdk: Examined) -> Iterator[Finding]:
    cure = renewed(sdk)
    name = f"go{sdk.sdk.version.released.text}" if sdk.sdk.version is not None else None
    go, line = sdk.go.version, sdk.version_line
    if line is not None and name is not None and line != name:
        fact = f"{sdk.name} is {line}, by its VERSION" if line else f"VERSION of {sdk.name} is empty"
        yield OTHER_NAME.found(fact, cure=cure, place=Place(sdk.tree / "VERSION", 1))
    elif not line and (name is not None or from_toolchain(go or "")):
        yield NO_VERSION.found(f"{sdk.name} has no VERSION", cure=cure)
    told = name or line
    if go is None:
        if sdk.go.binary is not None and sdk.go.binary.goarch and _has_build_info(told):
            yield NO_BUILD_INFO.found(f"bin/go of {sdk.name} has no build info", cure=cure)
        return
    if told and not go.startswith("devel") and go.split(" ")[0] != told:
        yield OTHER_NAME.found(f"bin/go of {sdk.name} is {go}, not {told}", cure=cure)
    for program in sdk.programs[1:]:
        if program.version is not None and program.version != go:
            severity = Severity.ERROR if program.tool.always else Severity.WARNING
            fact = f"{program.tool.path} of {sdk.name} is of {program.version}, bin/go of {go}"
            yield FOREIGN_TOOL.found(
                fact, why=_why(program.path.name, program.version, go), cure=cure, severity=severity
            )
    source = sdk.source_version
    if source is not None and from_toolchain(source) and from_toolchain(go) and source != go.split(" ")[0]:
        yield FOREIGN_SOURCE.found(f"src of {sdk.name} is of {source}, bin/go of {go}", cure=cure)


def _has_build_info(name: str | None) -> bool:
    version = from_toolchain(name or "")
    return bool(version) and compare(version, _FIRST_WITH_BUILD_INFO) >= 0


def _why(tool: str, version: str, go: str) -> str | None:
    """Return what Go says with a tool of another build, None for the kind's own words."""
    return {
        "compile": f'every build fails: `compile: version "{version}" does not match go tool version "{go}"`',
        "link": "programs and tests can't be linked: `linked object header mismatch`",
        "asm": "packages with assembly can't be built: `internal compiler error`, or `flag provided but not defined`",
        "vet": "`go vet` and `go test` report what that version knows, or fail on what it does not",
        "cgo": "packages that call C may be translated wrongly",
        "gofmt": "it formats, and refuses, what its own version does",
    }.get(tool)
