"""The shims in every sh: arguments, process, statuses, signals, stdin."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
from shell.starting import every_shell, start

if TYPE_CHECKING:
    from pathlib import Path

    from shell.made import Made
    from shells import Shell

ODD_ARGUMENTS = ["", " a  b ", "*", "--", "x\ny", "-n", "\\t\\", "$HOME", "`x`", "é", "'\"", "~", "+", "#"]


@every_shell
def test_arguments_pass_unchanged(shell: Shell, made: Made) -> None:
    done = made.run([*start(shell, made), "x", *ODD_ARGUMENTS])
    assert (done.stdout, done.stderr) == (made.ran("go1.22.4", "x", *ODD_ARGUMENTS), "")


@every_shell
def test_odd_first_arguments_pass_unchanged(shell: Shell, made: Made) -> None:
    command = start(shell, made)
    for argument in ODD_ARGUMENTS:
        if argument != "+":
            assert made.run([*command, argument]).stdout == made.ran("go1.22.4", argument)


@every_shell
def test_no_arguments_and_ten_thousand(shell: Shell, made: Made) -> None:
    command = start(shell, made)
    assert made.run(command).stdout == made.ran("go1.22.4")
    assert made.run([*command, "count", *(str(number) for number in range(9_999))]).stdout == "10000\n"


@every_shell
def test_the_process_is_the_same(shell: Shell, made: Made) -> None:
    with subprocess.Popen(
        [*start(shell, made), "pid"], cwd=made.project, env=made.env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.communicate()[0] == f"{process.pid}\n"


@every_shell
@pytest.mark.parametrize("pin", ["1.22.4", "1.22", "1.22.4x"])
def test_statuses_come_back(shell: Shell, pin: str, made: Made) -> None:
    made.pin(pin)
    command = start(shell, made)
    expected = {0: 0, 1: 1, 2: 2, 126: 126, 127: 127, 130: 130, 255: 255} if pin != "1.22.4x" else {0: 126}
    for status, came in expected.items():
        assert made.run([*command, "status", str(status)]).returncode == came


def test_every_status_comes_back(made: Made) -> None:
    command = str(made.shims() / "go")
    assert [made.run([command, "status", str(status)]).returncode for status in range(256)] == list(range(256))


@every_shell
@pytest.mark.parametrize("name", ["INT", "TERM", "PIPE", "KILL", "HUP", "USR1"])
def test_death_by_a_signal_is_seen(shell: Shell, name: str, made: Made) -> None:
    assert made.run([*start(shell, made), "kill", name]).returncode == -signal.Signals[f"SIG{name}"]


@every_shell
def test_stdin_is_the_tools(shell: Shell, made: Made) -> None:
    done = made.run([*start(shell, made), "stdin"], stdin=None, input="one\ntwo")
    assert done.stdout == "one\ntwo"


def test_a_shim_needs_nothing_of_goswitch(made: Made) -> None:
    """What is rendered names no path of ours, but the command that auto_install asks: it outlives the package."""
    shims = made.shims()
    for shim in shims.iterdir():
        text = shim.read_text()
        assert str(made.base) not in text
        assert "__" not in text


def test_a_folder_that_is_deleted_counts_as_the_root(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    (made.layout.sdk_root / ".goswitch").mkdir()
    (made.layout.sdk_root / ".goswitch" / "default").write_text("1.21.6\n")
    script = 'cd "$1" && /bin/rmdir "$1" && exec "$2" x'
    done = made.run(["/bin/sh", "-c", script, "sh", str(folder), str(made.shims() / "go")])
    assert done.stdout == made.ran("go1.21.6", "x", toolchain="unset")
