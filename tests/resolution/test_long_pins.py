"""Pins of megabytes: an error as for any other malformed one, in every sh and in Python, and in bounded time.

Most sh read a file byte by byte (half a second a megabyte), so the one here is not larger than it must be to show that
nothing takes more than a step for each byte.
"""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from shells import POSIX, Shell

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box

LONG = 1_500_000
CHARACTERS = "not a Go version (it has characters that no version has)"


@pytest.mark.parametrize("name", [".go-version", ".tool-versions"])
@pytest.mark.parametrize("shell", POSIX, ids=lambda shell: shell.name)
def test_a_pin_of_megabytes(shell: Shell, name: str, scripts: Path, box: Box) -> None:
    pin = box.project / name
    pin.write_text(("golang " if name == ".tool-versions" else "") + "1" * LONG)
    done = subprocess.run(
        [*shell.command(scripts / shell.name), str(scripts / "go"), "version"],
        cwd=box.project,
        env={**box.env, "PWD": str(box.project)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 126
    assert done.stderr == f"goswitch: {pin}:1: {CHARACTERS}\nhelp: write one version in it: goswitch pin 1.22.4\n"
    assert box.run("current").err == done.stderr


@pytest.mark.parametrize("shell", POSIX, ids=lambda shell: shell.name)
def test_a_long_variable(shell: Shell, scripts: Path, box: Box) -> None:
    done = subprocess.run(
        [*shell.command(scripts / shell.name), str(scripts / "go"), "version"],
        cwd=box.project,
        env={**box.env, "PWD": str(box.project), "GOSWITCH_VERSION": "go1" + "1" * 100_000},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 126
    assert done.stderr.startswith(f"goswitch: GOSWITCH_VERSION: {CHARACTERS}\n")
