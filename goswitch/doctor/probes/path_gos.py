"""Every `go` on PATH in the order in which they win, each with its version, its owner and what kind of thing it is."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.owners import owner_of
from goswitch.errors import GoswitchError
from goswitch.model.layout import SHIMS_MARK
from goswitch.resolve.next_go import version_in
from goswitch.resolve.path_search import HOOK_BIN
from goswitch.system import look
from goswitch.system.binary import SCRIPT, inspect
from goswitch.system.processes import ask

if TYPE_CHECKING:
    from goswitch.doctor.facts import Facts

_PATIENCE = 5.0
"""Seconds that another manager's shim may take to tell its version."""

_SAID = re.compile(r"\bgo version (?:devel )?(go\S+)")


class What(enum.StrEnum):
    """What a `go` on PATH is."""

    SHIM = "shim"
    HOOK = "hook"
    """The bound SDK's own folder, which our hook put there."""
    PROGRAM = "program"
    SCRIPT = "script"
    """Another manager's shim, or a wrapper: what it runs depends on the folder."""


@dataclass(frozen=True)
class OnPath:
    """One `go`. `version` is a toolchain name, "" if nothing tells it; `goroot` is None for scripts."""

    program: Path
    what: What
    version: str
    owner: str
    goroot: Path | None

    @property
    def is_ours(self) -> bool:
        """Whether it follows the folder as goswitch has it."""
        return self.what in {What.SHIM, What.HOOK}


def path_gos(facts: Facts) -> tuple[OnPath, ...]:
    """Look for `go` in each folder of PATH; one that stands twice counts once."""
    found: dict[Path, OnPath] = {}
    for entry in facts.env.get("PATH", "").split(":"):
        program = Path(entry) / "go"
        if entry.startswith("/") and program not in found and look.is_program(program):
            found[program] = _describe(program, facts)
    return tuple(found.values())


def _describe(program: Path, facts: Facts) -> OnPath:
    if (program.parent / SHIMS_MARK).is_file():
        at = facts.ask(here)
        return OnPath(program, What.SHIM, at.name, "goswitch", at.goroot)
    real = program.resolve()
    goroot = real.parent.parent
    if str(program.parent) == facts.env.get(HOOK_BIN):
        return OnPath(program, What.HOOK, f"go{version_in(goroot)}", owner_of(program, facts.layout), goroot)
    try:
        binary = inspect(real)
    except GoswitchError:
        return OnPath(program, What.PROGRAM, "", owner_of(program, facts.layout), goroot)
    if binary.container in {None, SCRIPT}:
        return OnPath(program, What.SCRIPT, _ask_version(program, facts), owner_of(program, facts.layout), None)
    version = binary.version or ""
    if not version and (told := version_in(goroot)):
        version = f"go{told}"
    if not version:
        return OnPath(program, What.SCRIPT, _ask_version(program, facts), owner_of(program, facts.layout), None)
    return OnPath(program, What.PROGRAM, version.split()[0], owner_of(program, facts.layout), goroot)


def _ask_version(program: Path, facts: Facts) -> str:
    offline = {"GOTOOLCHAIN": "local", "GOPROXY": "off", "MISE_OFFLINE": "1"}
    answer = ask([str(program), "version"], cwd=facts.cwd, env={**facts.env, **offline}, limit=_PATIENCE)
    said = _SAID.search(answer.out)
    return said.group(1) if said is not None else ""
