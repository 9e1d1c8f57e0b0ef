"""GOENV: another file than the usual one for Go's own settings, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.shell_files import origin_in_files
from goswitch.model.finding import Kind, Severity
from goswitch.model.go_env import read_go_env
from goswitch.sdk.goenv import user_env_file
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

ELSEWHERE = Kind(
    "goenv-elsewhere",
    Severity.WARNING,
    title="GOENV is exported, so settings that were written before are not read",
    cause="GOENV=off or another file, set for one command or a container's build and kept",
    message="what `go env -w` wrote has no effect where GOENV is set, and has where it isn't: shell and editor differ",
    cure="unset GOENV",
)


@check(ELSEWHERE)
def goenv(facts: Facts) -> Iterator[Finding]:
    """Look for settings that are left out."""
    value = facts.env.get("GOENV", "")
    usual = user_env_file({name: text for name, text in facts.env.items() if name != "GOENV"}, facts.world.home)
    if not value or usual is None or facts.cwd / value == usual:
        return
    data = look.read_regular(usual) or b""
    left_out = sorted(read_go_env(data.decode("utf-8", "replace")))
    if left_out:
        yield ELSEWHERE.found(
            f"GOENV={value}, so {usual} is not read: {', '.join(left_out)}",
            cure="unset GOENV",
            place=origin_in_files(facts, "GOENV"),
        )
