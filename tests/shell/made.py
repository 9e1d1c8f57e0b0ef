"""A place with stand-in SDKs and real shims, under a name that breaks whatever is not quoted."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from goswitch.model.layout import Layout
from goswitch.shell.shims import rehash

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "'\";&&e-$ èрт $(x) *?[a]\\n"

STAND_IN = """#!/bin/sh
# A stand-in for bin/go: does what its first arguments say, else prints what it was given.
while :; do
    case $1 in
    -C | -C=* | --C | --C=*) break ;;
    status) exit "$2" ;;
    kill) kill "-$2" $$ ;;
    pid) echo $$ && exit ;;
    env) exec /usr/bin/env -0 ;;
    stdin) exec /bin/cat ;;
    count) echo $# && exit ;;
    *) break ;;
    esac
done
printf '%s\\n' "ran $0" "GOROOT=${GOROOT-unset}" "GOTOOLCHAIN=${GOTOOLCHAIN-unset}"
for word do printf '<%s>\\n' "$word"; done
"""


@dataclass
class Made:
    """Where things are. `env` is what shims are called with; PATH leads nowhere, as shims need nothing from it."""

    base: Path
    layout: Layout
    env: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> Path:
        """A folder for a pin."""
        return self.base / "project"

    def sdk(self, *names: str) -> None:
        """Make stand-in SDKs."""
        for name in names:
            bin_folder = self.layout.sdk_root / name / "bin"
            bin_folder.mkdir(parents=True)
            for tool in ("go", "gofmt"):
                (bin_folder / tool).write_text(STAND_IN)
                (bin_folder / tool).chmod(0o755)
            (self.layout.sdk_root / name / ".unpacked-success").touch()

    def shims(self, toolchain: str = "local") -> Path:
        """Write the shims for what is installed, and return their folder."""
        rehash(self.layout, toolchain, [path.name for path in self.layout.sdk_root.glob("go[0-9]*")])
        return self.layout.shims

    def pin(self, word: str, folder: Path | None = None) -> None:
        """Pin a folder, the project if none is given."""
        path = (folder or self.project) / ".go-version"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{word}\n")

    def run(self, command: list[str], *, cwd: Path | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
        """Run a command in the project."""
        folder = cwd or self.project
        options = {"stdin": subprocess.DEVNULL, "env": {**self.env, "PWD": str(folder)}, **more}
        return subprocess.run(
            command, cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False, **options
        )

    def ran(self, name: str, *arguments: str, toolchain: str = "local", tool: str = "go") -> str:
        """Return what the stand-in of an SDK prints."""
        root = self.layout.sdk_root / name
        words = [f"<{argument}>" for argument in arguments]
        return "\n".join([f"ran {root}/bin/{tool}", f"GOROOT={root}", f"GOTOOLCHAIN={toolchain}", *words, ""])


def make(base: Path, name: str = HOSTILE) -> Made:
    """Make a place with SDKs 1.21.6, 1.22.4, 1.22.10 and 1.23rc1 in a new folder of `base`."""
    here = base / name
    here.mkdir()
    layout = Layout(here / "sdk root", here / "data", here / "cache", here / "config")
    made = Made(here, layout)
    made.env = {"HOME": str(here), "GOSWITCH_SDK_ROOT": str(layout.sdk_root), "PATH": "/nowhere", "LC_ALL": "C.UTF-8"}
    made.project.mkdir()
    made.sdk("go1.21.6", "go1.22.4", "go1.22.10", "go1.23rc1")
    made.pin("1.22.4")
    return made


def without(env: dict[str, str], *names: str) -> dict[str, str]:
    """Return an environment without some variables."""
    return {name: value for name, value in env.items() if name not in names}


def bin_of(made: Made, name: str) -> str:
    """Return the folder of an SDK that a hook puts on PATH."""
    return f"{made.layout.sdk_root}/{name}/bin"
