"""A machine with goswitch and the three real SDKs, installed by the command itself."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from box import REPOSITORY, clean_environment

from goswitch.shell.render import render

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = ("1.19.13", "1.21.6", "1.22.4")

PROGRAM = """package main

import (
	"fmt"
	"runtime"
)

func main() { fmt.Println(runtime.Version()) }
"""


@dataclass
class Machine:
    """A home with real SDKs; `env` is what a login shell there would have, with the shims first in PATH."""

    home: Path
    bin: Path
    env: dict[str, str]

    @property
    def root(self) -> Path:
        return self.home / "sdk"

    @property
    def shims(self) -> Path:
        return self.home / ".local/share/goswitch/shims"

    def run(self, *words: str, cwd: Path, status: int = 0, **env: str) -> str:
        """Run a program and return its stdout; its status must be as said."""
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**self.env, "PWD": str(cwd), **env},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout if status == 0 else done.stderr

    def try_to_run(self, *words: str, cwd: Path, **env: str) -> str:
        """Run a program, whatever its status; return all that it says."""
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**self.env, "PWD": str(cwd), **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=240,
            stdin=subprocess.DEVNULL,
        )
        return done.stdout


def make_machine(home: Path) -> Machine:
    """Install the three SDKs into `home` through the module proxy that the machine's Go settings name."""
    scripts = home / "bin"
    scripts.mkdir()
    # The commands as pip lays them out; tests/packaging/ has real installations.
    command = scripts / "goswitch-py"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m goswitch "$@"\n')
    command.chmod(0o755)
    front = scripts / "goswitch"
    front.write_bytes(render(REPOSITORY / "shims", "goswitch.sh", {}))
    front.chmod(0o755)
    env = clean_environment(HOME=str(home), LC_ALL="C.UTF-8", GOSWITCH_SOURCES="proxy", GOFLAGS="-buildvcs=false")
    shims = home / ".local/share/goswitch/shims"
    env |= {"PATH": f"{shims}:{scripts}:{env['PATH']}", "PYTHONPATH": str(REPOSITORY)}
    machine = Machine(home, scripts, env)
    machine.run("goswitch", "install", *VERSIONS, cwd=home)
    return machine
