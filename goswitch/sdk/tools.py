"""The programs that `go install` put on this machine: which Go built each, and what builds it anew.

They need no shim: they stand in one folder for all SDKs. But a tool that reads export data (gopls, staticcheck) can't
read that of a Go newer than the one that built it.
"""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.errors import DiskError, NotFound, SettingError
from goswitch.model.gomod import development_version
from goswitch.model.version import compare, language
from goswitch.system.binary import inspect
from goswitch.system.files import doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.sdk.goenv import GoEnv

_FROM_CHECKOUT = "(devel)"


@dataclass(frozen=True)
class Tool:
    """A program that Go built: `go` is the version of that (`1.22.4`), the rest as its build info has it."""

    path: Path
    go: str
    package: str
    module: str | None
    version: str | None

    def is_older(self, version: str) -> bool:
        """Tell whether it was built by an older series than that of `version`; of the same one it reads all data."""
        mine, other = language(self.go), language(version)
        return bool(mine and other) and compare(mine, other) < 0

    @property
    def rebuild(self) -> str | None:
        """The command that builds it anew; None for one that was built from a checkout."""
        if self.version is None or self.version == _FROM_CHECKOUT:
            return None
        return f"go install {self.package}@{self.version}"


def tool_folder(goenv: GoEnv, home: Path | None) -> Path:
    """Return where `go install` puts programs: GOBIN, else `bin` of the first GOPATH (`cmd/go`, load.DefaultBinDir).

    SettingError for a relative path, which cmd/go refuses; NotFound where nothing says it.
    """
    if found := goenv.get("GOBIN"):
        return _absolute(found.value, "GOBIN", found.origin)
    if found := goenv.get("GOPATH"):
        return _absolute(found.value.split(":", 1)[0], "GOPATH", found.origin) / "bin"
    if home is None:
        raise NotFound("neither GOBIN nor GOPATH nor HOME says where tools are", help="export GOBIN=/path/to/bin")
    return home / "go" / "bin"


def _absolute(text: str, name: str, origin: str) -> Path:
    if not text.startswith("/"):
        raise SettingError(f"{name} is not an absolute path: {text} ({origin})", help=f"go env -w {name}=/path")
    return Path(text)


def installed_tools(folder: Path) -> Iterator[Tool | DiskError]:
    """Yield the Go programs in a folder by name, and an error for each that can't be read. Nothing is run."""
    try:
        with doing("list", folder):
            paths = sorted(folder.iterdir())
    except DiskError:
        if not folder.exists():
            return
        raise
    for path in paths:
        try:
            with doing("look at", path):
                mode = path.stat().st_mode
            if stat.S_ISREG(mode) and mode & 0o111 and (tool := _tool(path)) is not None:
                yield tool
        except DiskError as error:
            yield error


def _tool(path: Path) -> Tool | None:
    binary = inspect(path)
    if binary.version is None or binary.package is None:
        return None
    return Tool(path, development_version(binary.version), binary.package, binary.module, binary.module_version)
