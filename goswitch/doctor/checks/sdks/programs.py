"""The programs of SDKs that can't run: missing, without the right to run, empty, cut off, for another machine."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.cures import renewed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Fix, Kind, SetMode, Severity
from goswitch.system.binary import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding
    from goswitch.model.platform import Platform
    from goswitch.sdk.examination import Examined
    from goswitch.sdk.program import Program
    from goswitch.system.binary import Binary

MISSING = Kind(
    "program-missing",
    Severity.ERROR,
    title="A program of an SDK is missing",
    cause="it was deleted, or put into quarantine by a virus scanner",
    message='the command that needs it says `go: no such tool "compile"`',
    cure="goswitch repair 1.22.4",
)
NOT_EXECUTABLE = Kind(
    "program-not-executable",
    Severity.ERROR,
    title="A program of an SDK has no right to run",
    cause="the SDK was copied through something that keeps no modes: a zip file, a FAT disk, a Windows share",
    message=(
        "`Permission denied` for bin/go, and editors grey out run and build; for a tool `go: error obtaining buildID"
        " for go tool compile: fork/exec …: permission denied`"
    ),
    cure="goswitch doctor --fix",
)
EMPTY = Kind(
    "program-empty",
    Severity.ERROR,
    title="A program of an SDK has no bytes",
    cause="a power cut or a full disk while it was written by something that does not sync",
    message="an empty bin/go prints nothing and succeeds, in every shell; an empty tool is an `exec format error`",
    cure="goswitch repair 1.22.4",
)
CUT_OFF = Kind(
    "program-cut-off",
    Severity.ERROR,
    title="A program of an SDK ends before its own header says",
    cause="a copy or a download that was not finished",
    message="it crashes: `go: error obtaining buildID for go tool compile: signal: segmentation fault`",
    cure="goswitch repair 1.22.4",
)
WRONG_MACHINE = Kind(
    "program-for-another-machine",
    Severity.ERROR,
    title="A program of an SDK is for another system or architecture",
    cause="the archive of another platform was unpacked, or a home folder is shared between machines",
    message="`exec format error`, or `Bad CPU type in executable` on macOS",
    cure="goswitch repair 1.22.4",
)
NO_PROGRAM = Kind(
    "program-is-none",
    Severity.ERROR,
    title="A program of an SDK is no program",
    cause="something else was saved under its name: a web page, a text, a link to a folder",
    message="`exec format error`, or a shell tries to read it: `syntax error`",
    cure="goswitch repair 1.22.4",
)
WRAPPER = Kind(
    "program-is-a-script",
    Severity.WARNING,
    title="A program of an SDK is a script",
    cause="a wrapper was put in its place, to change what it does",
    message="editors that read the version out of bin/go find none, and take what it prints to stderr for a failure",
    cure="goswitch repair 1.22.4",
)


@check(MISSING, NOT_EXECUTABLE, EMPTY, CUT_OFF, WRONG_MACHINE, NO_PROGRAM, WRAPPER)
def programs(facts: Facts) -> Iterator[Finding]:
    """Look at bin/go, bin/gofmt and the tools that builds and tests start."""
    for sdk in facts.ask(sdks):
        if not sdk.runs or sdk.hollow or sdk.unreadable:
            continue
        for program in sdk.programs:
            found = _judge(sdk, program, facts.world.platform)
            if found is not None:
                yield found


def _judge(sdk: Examined, program: Program, platform: Platform) -> Finding | None:
    severity = Severity.ERROR if program.tool.always else Severity.WARNING
    name = f"{program.tool.path} of {sdk.name}"
    if program.size and program.is_file and not program.runnable:
        return _not_executable(sdk, program, name, severity)
    fault = _fault_of_file(program) or (_fault_of_binary(program.binary, platform) if program.binary else None)
    if fault is None:
        return None  # whole; or it can't be read, which is said elsewhere
    kind, words = fault
    why = None
    if kind is MISSING:
        why = f"it is needed {program.tool.needed}"
        if program.tool.path.startswith("pkg/"):
            why += f': `go: no such tool "{program.path.name}"`'
    return kind.found(
        f"{name} {words}", why=why, cure=renewed(sdk), severity=kind.severity if kind is WRAPPER else severity
    )


def _fault_of_file(program: Program) -> tuple[Kind, str] | None:
    if program.mode is None:
        return MISSING, "is missing"
    if not program.is_file:
        return NO_PROGRAM, "is no file"
    if program.size == 0:
        return EMPTY, "is empty"
    return None


def _fault_of_binary(binary: Binary, platform: Platform) -> tuple[Kind, str] | None:
    if binary.container == SCRIPT:
        return WRAPPER, "is a script"
    if binary.container is None:
        return NO_PROGRAM, "is no program"
    if not binary.runs_on(platform.goos, platform.goarch):
        machine = f"{binary.goos or platform.goos}/{binary.goarch or 'an unknown machine'}"
        return WRONG_MACHINE, f"is for {machine}, not {platform}"
    if not binary.whole:
        return CUT_OFF, "is cut off: it ends before its header says"
    return None


def _not_executable(sdk: Examined, program: Program, name: str, severity: Severity) -> Finding:
    mode = stat.S_IMODE(program.mode or 0)
    wanted = mode | (mode & 0o444) >> 2
    path = program.path
    if wanted == mode or path.is_symlink():
        return NOT_EXECUTABLE.found(f"we may not run {name} (mode {mode:04o})", cure=renewed(sdk), severity=severity)
    fix = Fix(f"let all who can read {path} run it", (SetMode(path, mode, wanted),))
    return NOT_EXECUTABLE.found(
        f"{name} has no right to run (mode {mode:04o})", cure="goswitch doctor --fix", fix=fix, severity=severity
    )
