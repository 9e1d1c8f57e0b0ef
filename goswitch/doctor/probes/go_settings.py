"""The user's `go/env` file, with its lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.integrate.go_env import read_go_env
from goswitch.model.finding import Place
from goswitch.sdk.goenv import user_env_file
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.integrate.go_env import Line


@dataclass(frozen=True)
class GoEnvFile:
    """The file that `go env -w` writes and what stands in it; `path` None where there can be none."""

    path: Path | None
    settings: dict[str, Line]

    def place(self, name: str) -> Place | None:
        """Return where a setting stands."""
        if self.path is None or name not in self.settings:
            return None
        return Place(self.path, self.settings[name].line)


def user_go_env(facts: Facts) -> GoEnvFile:
    """Read the user's `go/env` file."""
    path = user_env_file(facts.env, facts.world.home)
    data = look.read_regular(path) if path is not None else None
    return GoEnvFile(path, read_go_env((data or b"").decode("utf-8", "surrogateescape")))
