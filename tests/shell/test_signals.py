"""Signals and statuses through the shims in every sh: the tool has the shim's process, so all that is sent is its."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY
from shell.starting import every_shell, start

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box
    from shell.made import Made
    from shells import Shell

WAITS = """#!/bin/sh
# Says that it is there, and how it was ended.
for name in INT TERM HUP USR1; do trap "echo $name; exit 42" $name; done
echo ready
while read -r line <&3; do :; done 3<"$1"
exit 3
"""
FLOODS = "#!/bin/sh\nwhile :; do echo more || exit 9; done\n"
STATUSES = [*range(0, 256, 5), 1, 2, 126, 127, 128, 129, 131, 137, 141, 143]


@every_shell
def test_statuses_of_every_size(shell: Shell, made: Made) -> None:
    command = start(shell, made)
    assert [made.run([*command, "status", str(status)]).returncode for status in STATUSES] == STATUSES


@every_shell
@pytest.mark.parametrize("pin", ["1.22.4", "1.22"])
def test_a_signal_from_elsewhere_reaches_the_tool(shell: Shell, pin: str, made: Made) -> None:
    made.pin(pin)
    command = start(shell, made)
    for name in ("go1.22.4", "go1.22.10"):
        (made.layout.sdk_root / name / "bin/go").write_text(WAITS)
    never = made.base / "never"
    os.mkfifo(never)
    # Opened for both, so that neither side waits for the other.
    descriptor = os.open(never, os.O_RDWR)
    for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1):
        with subprocess.Popen(
            [*command, str(never)], cwd=made.project, env={**made.env, "PWD": str(made.project)}, text=True,
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True,
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(0.01)
            # As a terminal does it: to the whole group.
            os.killpg(process.pid, sent)
            os.write(descriptor, b"\n")
            assert process.stdout.read() == f"{sent.name.removeprefix('SIG')}\n"
        assert process.returncode == 42
    os.close(descriptor)


def require_end_with_reader(command: list[str], cwd: Path, env: dict[str, str]) -> None:
    """Require that what floods ends by SIGPIPE when nobody reads on."""
    with subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"more\n"
        process.stdout.close()
        assert process.wait(timeout=60) == -signal.SIGPIPE


@every_shell
def test_a_reader_that_goes_away_ends_the_tool(shell: Shell, made: Made) -> None:
    command = start(shell, made)
    (made.layout.sdk_root / "go1.22.4/bin/go").write_text(FLOODS)
    require_end_with_reader(command, made.project, {**made.env, "PWD": str(made.project)})


@every_shell
def test_a_pipe_on_stdin_is_read_by_the_tool_alone(shell: Shell, made: Made) -> None:
    text = "".join(f"line {number}\n" for number in range(20_000))
    for word in ("1.22.4", "1.22", "stable"):
        made.pin(word)
        assert made.run([*start(shell, made), "stdin"], stdin=None, input=text).stdout == text


def test_what_exec_runs_ends_with_its_reader(box: Box) -> None:
    """Python ignores SIGPIPE, and would hand that on: a program that writes then sees an error instead of its end."""
    box.sdk("go1.22.4")
    words = [sys.executable, "-m", "goswitch", "exec", "1.22.4", "--", "sh", "-c", FLOODS.partition("\n")[2]]
    require_end_with_reader(words, box.project, {**box.env, "PYTHONPATH": str(REPOSITORY)})


@every_shell
def test_closed_streams_are_no_hindrance(shell: Shell, made: Made) -> None:
    command = start(shell, made)
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        done = made.run(["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *command, "status", "7"])
        assert done.returncode == 7, closed
        made.pin("1.20.1")
        done = made.run(["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *command, "x"])
        assert done.returncode == 126, closed
        made.pin("1.22.4")
