"""The C compiler: that it is there, may be run, and is for the target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cgo import cgo
from goswitch.model.finding import Kind, Severity
from goswitch.system.processes import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.cgo import Cgo
    from goswitch.model.finding import Finding

MISSING = Kind(
    "cc-missing",
    Severity.ERROR,
    title="The C compiler is not there, or can't be run",
    cause="CC names a program that is not on PATH, or that has no execute bit; or no compiler is installed",
    message='"cgo: C compiler "nogcc" not found: exec: "nogcc": executable file not found in $PATH"',
    cure="apt-get install gcc",
)

OTHER_TARGET = Kind(
    "cc-for-another-target",
    Severity.ERROR,
    title="The C compiler is for another platform",
    cause="GOOS or GOARCH is set, and CC is still this machine's own compiler",
    message='the assembler refuses runtime/cgo, "Error: no such instruction", or the linker its objects',
    cure="export CC=aarch64-linux-gnu-gcc",
)

ONLY_FOR_BUILDING_GO = Kind(
    "cc-for-is-not-read",
    Severity.WARNING,
    title="CC_FOR_GOOS_GOARCH is set, which go build does not read",
    cause="only make.bash reads it, when Go itself is built; go build reads CC",
    message="the default compiler is used instead",
    cure="export CC=aarch64-linux-gnu-gcc",
)

_MACHINES = {
    "386": r"i[3-6]86|x86_64", "amd64": r"x86_64|amd64|i[3-6]86", "arm": r"arm.*", "arm64": r"aarch64|arm64.*",
    "loong64": r"loongarch64", "mips": r"mips", "mipsle": r"mipsel", "mips64": r"mips64.*", "mips64le": r"mips64el.*",
    "ppc64": r"(?:powerpc|ppc)64", "ppc64le": r"(?:powerpc|ppc)64le", "riscv64": r"riscv64.*", "s390x": r"s390x",
}  # fmt: skip
"""First words of compilers' target triples by GOARCH; Go adds -m32 and -m64 itself."""

_SYSTEMS = {"linux": "linux", "android": "android", "windows": r"mingw|windows|cygwin", "darwin": r"darwin|apple|macos"}


@check(MISSING, OTHER_TARGET, ONLY_FOR_BUILDING_GO)
def compilers(facts: Facts) -> Iterator[Finding]:
    """Look for CC, and ask it for its target (`-dumpmachine`)."""
    look = facts.ask(cgo)
    if look is None or not look.known or look.off in {"set", "unsupported"}:
        return
    unread = f"CC_FOR_{look.goos}_{look.goarch}"
    if facts.env.get(unread) and look.cc_origin == "the default":
        yield ONLY_FOR_BUILDING_GO.found(
            f"{unread} is set, which go build does not read", cure=f"export CC='{facts.env[unread]}'"
        )
    if look.off:
        return
    name = look.cc[0] if look.cc else ""
    if look.program is None:
        yield MISSING.found(
            f"the C compiler {name} ({look.cc_origin}) is not there, or can't be run",
            why=f'"cgo: C compiler "{name}" not found"',
            cure=f"install {name}, or export CC=/path/to/compiler",
        )
        return
    machine = _machine(facts, look)
    if machine is not None and not _fits(machine, look):
        yield OTHER_TARGET.found(
            f"the C compiler {' '.join(look.cc)} ({look.cc_origin}) is for {machine}, not for {look.target}",
            cure="export CC with a compiler for the target",
        )


def _machine(facts: Facts, look: Cgo) -> str | None:
    """Return the target triple that the compiler names; None if it names none."""
    answer = ask([str(look.program), *look.cc[1:], "-dumpmachine"], cwd=facts.cwd, env=facts.env)
    triple = answer.out.strip()
    return triple if answer.status == 0 and re.fullmatch(r"\w+(?:-[\w.]+)+", triple) else None


def _fits(machine: str, look: Cgo) -> bool:
    first, _, rest = machine.partition("-")
    pattern = _MACHINES.get(look.goarch)
    if pattern is not None and re.fullmatch(pattern, first) is None:
        return False
    system = _SYSTEMS.get(look.goos)
    return system is None or re.search(system, rest) is not None
