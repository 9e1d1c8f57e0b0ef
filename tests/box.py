"""A box for one test: a home of its own, stand-in SDKs, and the command run in it as a subprocess.

A stand-in SDK is a tree of a few files whose `bin/go` is a sh script that prints what it was given. It stands where a
test is about choosing, not about Go; tests in `tests/real/` run real SDKs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS = 60
"""What bounds a wait for something that must come."""

STAND_IN = """#!/bin/sh
printf 'stand-in %s GOROOT=%s GOTOOLCHAIN=%s\\n' {name} "${{GOROOT-unset}}" "${{GOTOOLCHAIN-unset}}"
for word do printf 'argument %s\\n' "$word"; done
"""


def make_sdk(path: Path, *, marker: bool = True) -> Path:
    """Make a stand-in SDK at `path`."""
    for folder in ("bin", "src", "pkg/tool/linux_amd64", "pkg/tool/darwin_arm64", "pkg/tool/linux_arm64"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    for tool in ("go", "gofmt"):
        program = path / "bin" / tool
        program.write_text(STAND_IN.format(name=f"{path.name}/{tool}"))
        program.chmod(0o755)
    (path / "VERSION").write_text(f"{path.name}\n")
    if marker:
        (path / ".unpacked-success").touch()
    return path


@dataclass
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str


@dataclass
class Box:
    """A home, a project folder and an environment; `run` runs goswitch's Python command in them."""

    base: Path
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home = self.base / "home"
        self.project = self.base / "project"
        self.root = self.home / "sdk"
        for folder in (self.home, self.project):
            folder.mkdir()
        self.env = {"HOME": str(self.home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **self.env}

    def sdk(self, *names: str) -> None:
        """Install stand-in SDKs."""
        for name in names:
            make_sdk(self.root / name)

    def pin(self, text: str, folder: Path | None = None) -> Path:
        """Write a `.go-version`."""
        path = (folder or self.project) / ".go-version"
        path.write_text(text)
        return path

    def run(self, *arguments: str, cwd: Path | None = None, **env: str) -> Ran:
        """Run `goswitch-py` with these arguments."""
        folder = cwd or self.project
        done = subprocess.run(
            [sys.executable, "-m", "goswitch", *arguments],
            cwd=folder,
            env={**self.env, "PYTHONPATH": str(REPOSITORY), "PWD": str(folder), **env},
            capture_output=True,
            text=True,
            errors="surrogateescape",
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=60,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def processes(self) -> list[str]:
        """Return the command lines of all processes that have this home, zombies left out."""
        found = []
        mark = f"\0HOME={self.home}\0".encode()
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in b"\0" + (folder / "environ").read_bytes():
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
            except OSError:
                continue  # another user's, or gone by now
        return found


def wait_until(holds: Callable[[], object]) -> None:
    """Wait until a function says that it is so."""
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def sdks(out: str, key: str = "sdks") -> list[dict[str, Any]]:
    """Return the rows of an answer in JSON."""
    answer = json.loads(out)
    assert answer["schema_version"] == 1
    rows = answer[key]
    assert isinstance(rows, list)
    return rows


def clean_environment(**more: str) -> dict[str, str]:
    """Return an environment with nothing of ours in it but PATH and what Go's own settings need."""
    kept = {
        name: os.environ[name] for name in ("PATH", "GOPROXY", "GOENV", "GOSUMDB", "HTTPS_PROXY") if name in os.environ
    }
    return {**kept, **more}
