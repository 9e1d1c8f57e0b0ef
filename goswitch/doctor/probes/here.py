"""The SDK that goswitch binds in this folder, what its cmd/go does then, and what `go version` really says here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import GoswitchError
from goswitch.resolve.next_go import (
    DOWNLOAD,
    NextGo,
    environment_of,
    goroot_of,
    next_of,
    program_of,
    version_there,
)
from goswitch.resolve.rule import resolve
from goswitch.sdk.go_settings import GoSettings

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.resolve.binding import Binding


@dataclass(frozen=True)
class Here:
    """What is bound in this folder; `binding` None where nothing can run, and `error` says why."""

    binding: Binding | None
    error: GoswitchError | None
    program: Path | None = None
    goroot: Path | None = None
    next: NextGo | None = None

    @property
    def name(self) -> str:
        """The toolchain name of what is started, as well as it is known."""
        if self.next is not None:
            return f"go{self.next.local}"
        return self.binding.name if self.binding is not None else ""


@dataclass(frozen=True)
class Real:
    """What `go version` printed here: a toolchain name, or "" and what it said instead."""

    toolchain: str
    said: str


def here(facts: Facts) -> Here:
    """Ask the rule, then cmd/go's own rule."""
    try:
        binding = resolve(facts.cwd, facts.env)
    except GoswitchError as error:
        return Here(None, error)
    then = next_of(binding, facts.world, facts.toolchain)
    return Here(binding, None, program_of(binding), goroot_of(binding), then)


def go_settings(facts: Facts) -> GoSettings:
    """Return Go's own settings, as the bound SDK's cmd/go sees them."""
    return GoSettings(facts.env, facts.world.home, facts.ask(here).goroot)


def real(facts: Facts) -> Real | None:
    """Run `go version` as the shim would; None where there is nothing to run, or where it would have to download."""
    at = facts.ask(here)
    if at.binding is None or at.program is None or (at.next is not None and at.next.where == DOWNLOAD):
        return None
    toolchain, answer = version_there(at.program, facts.cwd, environment_of(at.binding, facts.env, facts.toolchain))
    return Real(toolchain, (answer.err or answer.out).strip())
