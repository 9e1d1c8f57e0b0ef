"""Checks of doctor, run in this process on a box: `looker.find(check)` gives what one check finds there."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goswitch.doctor.check import Check, run
from goswitch.doctor.facts import Facts
from goswitch.model.layout import Layout
from goswitch.model.platform import host_platform
from goswitch.sdk.inventory import usable_releases
from goswitch.shell.shims import rehash
from goswitch.system.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box, Ran

    from goswitch.model.finding import Finding


@dataclass
class Looker:
    """A box and the variables of a shell in it. `env` adds to the box's own; take PATH away and there is none."""

    box: Box
    env: dict[str, str] = field(default_factory=dict)

    @property
    def layout(self) -> Layout:
        """The places in the box, as Linux has them."""
        home = self.box.home
        return Layout(
            self.box.root, home / ".local/share/goswitch", home / ".cache/goswitch", home / ".config/goswitch"
        )

    def write(self, name: str, text: str) -> Path:
        """Write a file in the home."""
        path = self.box.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def make_shims(self) -> None:
        """Write the shims for what is installed, and put them first in PATH."""
        names = [version.name for version in usable_releases(self.box.root)]
        rehash(self.layout, "local", names)
        path = self.env.get("PATH", self.box.env["PATH"])
        if str(self.layout.shims) not in path.split(":"):
            self.env["PATH"] = f"{self.layout.shims}:{path}"

    def run(self, *arguments: str, cwd: Path | None = None, **env: str) -> Ran:
        """Run the command in the box, with `env` besides."""
        return self.box.run(*arguments, cwd=cwd, **{**self.env, **env})

    def facts(self, *, deep: bool = False) -> Facts:
        """Return facts about the box as it is now."""
        machine = os.uname()
        platform = host_platform(machine.sysname, machine.machine)
        world = World({**self.box.env, **self.env}, self.box.project, self.box.home, platform, time.time)
        return Facts(world, self.layout, deep=deep)

    def find(self, check: Check, *, deep: bool = False) -> list[Finding]:
        """Return what a check finds; it must have been able to look."""
        report = run([check], self.facts(deep=deep))
        assert report.unseen == ()
        return list(report.findings)
