"""GOFLAGS: flags that every go command is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.origins import setting
from goswitch.model.finding import Kind, Severity
from goswitch.model.go_env import split_flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

REFUSED = Kind(
    "goflags-refused",
    Severity.ERROR,
    title="GOFLAGS holds something that Go refuses",
    cause="a word without a dash (spaces need quotes round the whole flag), or -C, which is no flag for all commands",
    message='every go command fails: `go: parsing $GOFLAGS: non-flag "foo"`',
    cure="go env -u GOFLAGS",
)
TOOLEXEC = Kind(
    "goflags-toolexec",
    Severity.WARNING,
    title="GOFLAGS has -toolexec: another program runs each compiler and linker",
    cause="an instrumenting tool (coverage, tracing, obfuscation) was set up for all projects instead of one command",
    message=(
        "builds are slower and their results another's; without that program they fail:"
        " `go: error obtaining buildID for go tool compile: fork/exec /x/tool: no such file or directory`"
    ),
    cure="go env -u GOFLAGS",
)
MOD = Kind(
    "goflags-mod",
    Severity.NOTE,
    title="GOFLAGS has -mod: go.mod is written, or dependencies are taken from vendor, in every project",
    cause="`go env -w GOFLAGS=-mod=mod` or a line in a shell's file, for one project's sake",
    message=(
        "-mod=mod lets every build change go.mod and go.sum; -mod=vendor fails in projects without a vendor folder:"
        " `go: inconsistent vendoring`"
    ),
    cure="go env -u GOFLAGS",
)
MODFILE = Kind(
    "goflags-modfile",
    Severity.WARNING,
    title="GOFLAGS has -modfile: another file than go.mod holds the requirements",
    cause="it was meant for one command, and holds for all",
    message=(
        "the toolchain is still chosen by go.mod, so Go may refuse the other file afterwards, and in projects without"
        " it: `go: open alt.mod: no such file or directory`"
    ),
    cure="go env -u GOFLAGS",
)


@check(REFUSED, TOOLEXEC, MOD, MODFILE)
def goflags(facts: Facts) -> Iterator[Finding]:
    """Read the flags one by one."""
    found = setting(facts, "GOFLAGS")
    if found is None:
        return
    for word in split_flags(found.value):
        name, _, value = word.lstrip("-").partition("=")
        if not word.startswith("-") or word in {"-", "--"}:
            why = f'every go command fails: `go: parsing $GOFLAGS: non-flag "{word}"`'
            yield REFUSED.found(f"{found} is refused", why=why, cure=found.unset, place=found.place)
        elif name == "C":
            why = "every go command fails: `-C flag must be first flag on command line`"
            yield REFUSED.found(f"{found} is refused", why=why, cure=found.unset, place=found.place)
        elif name == "toolexec":
            yield TOOLEXEC.found(f"{found} runs {value} for each compile", cure=found.unset, place=found.place)
        elif name == "modfile":
            yield MODFILE.found(f"{found} puts {value} in the place of go.mod", cure=found.unset, place=found.place)
        elif name == "mod" and value:
            then = facts.ask(here).next
            module = then.file.parent if then is not None and then.file is not None else None
            is_missing = value == "vendor" and module is not None and not (module / "vendor").is_dir()
            yield MOD.found(
                f"{found} holds in every project" + (", and this one has no vendor folder" if is_missing else ""),
                cure=found.unset,
                place=found.place,
                severity=Severity.WARNING if is_missing else Severity.NOTE,
            )
