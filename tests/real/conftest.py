"""A machine with goswitch and the three real SDKs, installed by the command itself, once for all tests here."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY, clean_environment

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run all tests that share the machine."""
    for item in items:
        if "machine" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("machine"))


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


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Install the three SDKs through the module proxy that the machine's Go settings name."""
    home = tmp_path_factory.mktemp("machine")
    scripts = home / "bin"
    scripts.mkdir()
    # The commands as pip lays them out, without an installation: tests/packaging/ has the real ones.
    command = scripts / "goswitch-py"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m goswitch "$@"\n')
    command.chmod(0o755)
    (scripts / "goswitch").symlink_to(command)
    env = clean_environment(HOME=str(home), LC_ALL="C.UTF-8", GOSWITCH_SOURCES="proxy", GOFLAGS="-buildvcs=false")
    shims = home / ".local/share/goswitch/shims"
    env["PATH"] = f"{shims}:{scripts}:{env['PATH']}"
    env["PYTHONPATH"] = str(REPOSITORY)
    result = Machine(home, scripts, env)
    result.run("goswitch", "install", *VERSIONS, cwd=home)
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A module with a program that prints the Go that built it."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.19\n")
    (folder / "main.go").write_text(PROGRAM)
    return folder
