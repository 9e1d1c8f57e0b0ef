"""The front hands over to its sibling goswitch-py whatever it does not answer itself."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from shell.starting import every_shell

from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files

if TYPE_CHECKING:
    from pathlib import Path

    from shell.made import Made
    from shells import Shell

SIBLING = """#!/bin/sh
# A stand-in for goswitch-py: prints what it was given.
for word do printf '<%s>' "$word"; done
exit 7
"""


@pytest.fixture
def programs(made: Made) -> Path:
    """Return the folder that has the front and a stand-in for its sibling."""
    folder = made.base / "venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "goswitch").write_bytes(render(shell_files(), "goswitch.sh", {}))
    (folder / "goswitch-py").write_text(SIBLING)
    for program in folder.iterdir():
        program.chmod(0o755)
    return folder


@every_shell
@pytest.mark.parametrize(
    "words",
    [
        [],
        ["install", "1.22.4", "", "a b", "*"],
        ["current", "--explain"],
        ["root", "--json"],
        ["root", ""],
        ["which", "go", "x"],
        ["which", "--help"],
        ["which", "../x"],
        ["which", ""],
        ["Root"],
        ["--version"],
    ],
    ids=" ".join,
)
def test_all_else_is_the_siblings(shell: Shell, words: list[str], made: Made, programs: Path) -> None:
    done = made.run([*shell.command(made.base / "called"), str(programs / "goswitch"), *words])
    assert (done.returncode, done.stdout, done.stderr) == (7, "".join(f"<{word}>" for word in words), "")


@every_shell
def test_what_it_answers_never_starts_the_sibling(shell: Shell, made: Made, programs: Path) -> None:
    for words in (["root"], ["prefix"], ["which"], ["which", "gofmt"], ["current"]):
        assert made.run([*shell.command(made.base / "called"), str(programs / "goswitch"), *words]).returncode == 0


@every_shell
def test_without_a_slash_in_its_name_it_is_looked_up(shell: Shell, made: Made, programs: Path) -> None:
    command = [*shell.command(made.base / "called"), "goswitch", "list"]
    assert made.run(command, cwd=programs).stdout == "<list>"
    other = made.base / "other"
    other.mkdir()
    done = made.run(command, cwd=programs, env={**made.env, "PATH": f"{other}:{programs}"})
    assert done.stdout == "<list>"


def test_a_link_to_it_is_followed(made: Made, programs: Path) -> None:
    (made.base / "goswitch").symlink_to(programs / "goswitch")
    done = made.run([str(made.base / "goswitch"), "list"], env={**made.env, "PATH": "/usr/bin:/bin"})
    assert (done.returncode, done.stdout) == (7, "<list>")
    assert made.run([str(made.base / "goswitch"), "root"]).stdout == f"{made.layout.sdk_root}/go1.22.4\n"


@every_shell
def test_a_missing_sibling_is_an_error_with_help(shell: Shell, made: Made, programs: Path) -> None:
    (programs / "goswitch-py").unlink()
    done = made.run([*shell.command(made.base / "called"), str(programs / "goswitch"), "list"])
    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr == (
        f"goswitch: {programs}/goswitch-py is missing: goswitch is not completely installed\n"
        "help: pip install --force-reinstall goswitch\n"
    )


@every_shell
def test_a_full_disk_is_no_success(shell: Shell, made: Made, programs: Path) -> None:
    """A Makefile takes an empty answer with status 0 for an answer."""
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        command = [*shell.command(made.base / "called"), str(programs / "goswitch"), "root"]
        done = subprocess.run(
            command, cwd=made.project, env=made.env, stdout=full, stderr=subprocess.DEVNULL, check=False
        )
    assert done.returncode != 0
