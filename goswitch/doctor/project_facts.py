"""What the checks of a project are given beyond the machine's facts: what was asked for on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.doctor.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.system.world import World


@dataclass(frozen=True)
class CgoAsked:
    """What is to be built with cgo: the build mode, GOOS and GOARCH ("" for what the settings say).

    `trial` is whether a small program is really compiled.
    """

    mode: str = "default"
    goos: str = ""
    goarch: str = ""
    trial: bool = False


@dataclass(frozen=True)
class Asked:
    """What `goswitch check` was asked beside the folder: programs to look at, absolute, and about cgo."""

    binaries: Sequence[Path] = ()
    cgo: CgoAsked | None = None


class ProjectFacts(Facts):
    """One look at one project. `world.cwd` is the folder that is looked at."""

    def __init__(self, world: World, layout: Layout, *, toolchain: str = "local", asked: Asked | None = None) -> None:
        super().__init__(world, layout, toolchain=toolchain)
        self.asked = asked or Asked()


def asked(facts: Facts) -> Asked:
    """Return what was asked for; nothing where the machine is looked at."""
    return facts.asked if isinstance(facts, ProjectFacts) else Asked()
