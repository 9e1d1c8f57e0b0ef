"""Go's own settings as the cmd/go of one SDK sees them, each with the file and line that it stands in.

The environment, if not empty; the user's `go/env` file, which `go env -w` writes; the go.env of the SDK itself
(`cmd/go/internal/cfg/cfg.go`: Getenv). `sdk/goenv.py` answers for goswitch, which is no SDK's cmd/go.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from goswitch.model.go_env import Line, read_go_env
from goswitch.sdk.goenv import user_env_file
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Mapping


class Found(NamedTuple):
    """A value and where it stands: a file and its line, or no file for the environment."""

    value: str
    file: Path | None = None
    line: int = 0

    @property
    def origin(self) -> str:
        """Where it stands, in words."""
        return "the environment" if self.file is None else f"{self.file}:{self.line}"


class GoSettings:
    """Settings in one environment for one SDK, `goroot` None for none. Each file is read once."""

    def __init__(self, env: Mapping[str, str], home: Path | None, goroot: Path | None) -> None:
        self._env = env
        self.user_file = user_env_file(env, home)
        self.user = _read(self.user_file)
        self.sdk_file = goroot / "go.env" if goroot is not None else None
        self.sdk = _read(self.sdk_file, is_sdk=True)

    def get(self, name: str) -> Found | None:
        """Return the setting that holds, None if it is empty or nowhere."""
        if value := self._env.get(name):
            return Found(value)
        for file, settings in ((self.user_file, self.user), (self.sdk_file, self.sdk)):
            if name in settings:
                found = settings[name]
                return Found(found.value, file, found.line) if found.value else None
        return None

    def module_cache(self, home: Path | None) -> Path | None:
        """Return GOMODCACHE, by default `pkg/mod` in the first folder of GOPATH; None where no home is known."""
        if found := self.get("GOMODCACHE"):
            return Path(found.value)
        gopath = self.get("GOPATH")
        if gopath is not None:
            first = gopath.value.split(":")[0]
            return Path(first) / "pkg/mod" if first else None
        return home / "go/pkg/mod" if home is not None else None


def _read(path: Path | None, *, is_sdk: bool = False) -> dict[str, Line]:
    data = look.read_regular(path) if path is not None else None
    return read_go_env((data or b"").decode("utf-8", "surrogateescape"), is_sdk=is_sdk)
