"""Go's own settings (GOPROXY, GOSUMDB, GONOPROXY…), read where Go reads them, each with its origin.

The environment, if not empty; the user's `go/env` file, which `go env -w` writes (`$GOENV`, `off` for none); the
go.env of an installed SDK, the newest; the go.env of a `go` on PATH (`cmd/go/internal/cfg/cfg.go`: Getenv, EnvFile,
readEnvFile).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from goswitch.model.go_env import read_go_env
from goswitch.model.layout import MARKER, SHIMS_MARK
from goswitch.model.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from goswitch.model.layout import Layout
    from goswitch.system.world import World


class GoSetting(NamedTuple):
    """A value and where it stands: `GOPROXY in the environment`, `/home/u/.config/go/env`."""

    value: str
    origin: str


class GoEnv:
    """Go's settings in one world. Files are read once, when they are needed."""

    def __init__(self, world: World, layout: Layout) -> None:
        self._world = world
        self._layout = layout
        self._files: list[tuple[str, dict[str, str]]] | None = None

    def get(self, name: str) -> GoSetting | None:
        """Return a setting that is not empty, or None."""
        if value := self._world.env.get(name):
            return GoSetting(value, f"{name} in the environment")
        if self._files is None:
            self._files = [(str(path), parse_env_file(path)) for path in self._candidates()]
        for origin, values in self._files:
            if name in values:
                # Go lets an empty line of the user's file hide the SDK's, as `go env -w GOPROXY=` means it to.
                return GoSetting(values[name], origin) if values[name] else None
        return None

    def _candidates(self) -> Iterator[Path]:
        user = user_env_file(self._world.env, self._world.home)
        if user is not None:
            yield user
        installed = _newest_installed(self._layout)
        if installed is not None:
            yield installed / "go.env"
        on_path = _goroot_on_path(self._world.env)
        if on_path is not None:
            yield on_path / "go.env"


def user_env_file(env: Mapping[str, str], home: Path | None) -> Path | None:
    """Return the file that `go env -w` writes; None for GOENV=off and where no folder is known (`os.UserConfigDir`)."""
    if goenv := env.get("GOENV"):
        return None if goenv == "off" else Path(goenv)
    if sys.platform == "darwin":
        return home / "Library/Application Support/go/env" if home else None
    if folder := env.get("XDG_CONFIG_HOME"):
        return Path(folder) / "go/env" if Path(folder).is_absolute() else None
    return home / ".config/go/env" if home else None


def parse_env_file(path: Path) -> dict[str, str]:
    """Return the settings in a `go/env` or go.env file.

    As Go has it, lines that are none are skipped, and a file that can't be read has none.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    return {name: found.value for name, found in read_go_env(data.decode("utf-8", "replace")).items()}


def _newest_installed(layout: Layout) -> Path | None:
    found = []
    try:
        folders = list(layout.sdk_root.glob("go*/go.env"))
    except OSError:
        return None
    for file in folders:
        try:
            version = Version.from_name(file.parent.name)
        except ValueError:
            continue
        if (file.parent / MARKER).exists():
            found.append((version, file.parent))
    return max(found)[1] if found else None


def _goroot_on_path(env: Mapping[str, str]) -> Path | None:
    for folder in env.get("PATH", "").split(":"):
        program = Path(folder) / "go"
        if not Path(folder).is_absolute() or (Path(folder) / SHIMS_MARK).exists():
            continue
        try:
            if program.is_file():
                return program.resolve().parent.parent
        except OSError:
            continue
    return None
