"""auto_install that comes to nothing: the install fails, changes nothing, is refused or ended, or has no goswitch."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pexpect
import pytest
from shell.installer import Installer, default, missing, shim, unpinned
from shell.starting import every_shell

if TYPE_CHECKING:
    from shell.made import Made
    from shells import Shell


@every_shell
def test_an_install_that_fails_says_so_itself(shell: Shell, made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    installer.fails(5)
    done = made.run(shim(shell, made, "always", installer.program))
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr.splitlines()[1:] == ["auto_install: goswitch install 1.25.3", "this is said on stdout"]
    installer.fails(130)
    assert made.run(shim(shell, made, "always", installer.program)).returncode == 130


@every_shell
def test_the_default_runs_where_a_floor_could_not_be_installed(shell: Shell, made: Made, installer: Installer) -> None:
    unpinned(made, "1.25.1")
    default(made, "1.22.4")
    installer.fails(5)
    done = made.run([*shim(shell, made, "always", installer.program), "x"])
    assert (done.returncode, done.stdout) == (0, made.ran("go1.22.4", "x", toolchain="unset"))
    (made.layout.sdk_root / ".goswitch" / "default").write_text("1.20.1\n")
    done = made.run([*shim(shell, made, "always", installer.program), "x"])
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr.endswith("/default:1)\nhelp: goswitch install 1.20.1\n")


@every_shell
def test_an_install_that_changes_nothing_is_tried_once(shell: Shell, made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    installer.fails(0)
    env = {**made.env, "_gs_tried": "1", "_gs_unmet": "1"}
    done = made.run(shim(shell, made, "always", installer.program), env=env)
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr.endswith(missing(made))
    assert installer.asked() == "install --quiet 1.25.3\n"


@every_shell
def test_the_usual_words_come_without_goswitch(shell: Shell, made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    command = shim(shell, made, "always", installer.program)
    env = {**made.env, "PATH": f"{installer.program.parent}::.:/usr/bin"}
    installer.program.write_text("#!/nowhere/python\n")
    done = made.run(command, env=env)
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr.endswith(missing(made))
    installer.program.chmod(0o644)
    for what in ("not executable", "gone", "a folder"):
        if what == "gone":
            installer.program.unlink()
        elif what == "a folder":
            installer.program.mkdir()
        done = made.run(command, env=env)
        assert (done.returncode, done.stdout, done.stderr) == (126, "", missing(made)), what


@every_shell
@pytest.mark.parametrize(("typed", "installs"), [("", True), ("YES", True), ("x", False)])
def test_ask_lets_goswitch_ask(shell: Shell, typed: str, installs: bool, made: Made, installer: Installer) -> None:
    """At the terminal that is stdin; after a no the usual words come, or the default where a floor alone is unmet."""
    made.pin("1.25.3")
    out = made.base / "out"
    words = shim(shell, made, "ask", installer.program)
    script = 'out=$1; shift; "$@" >"$out"; echo "status $?"'
    child = pexpect.spawn(
        "/bin/sh", ["-c", script, "sh", str(out), *words, "x"], cwd=str(made.project), encoding="utf-8", timeout=20,
        env={**made.env, "PWD": str(made.project)}, dimensions=(50, 4000),
    )  # fmt: skip
    fact = missing(made).partition("\nhelp:")[0].removeprefix("goswitch: ")
    child.expect_exact("; install it?")
    child.sendline(typed)
    child.expect_exact("status ")
    said = str(child.before).replace("\r\n", "\n")
    status = int(child.readline())
    child.close()
    assert installer.asked() == (f"install --ask {fact} -- 1.25.3\n" if installs else "")
    assert (status, out.read_text()) == ((0, made.ran("go1.25.3", "x")) if installs else (126, ""))
    assert (missing(made) in said) is not installs


@every_shell
@pytest.mark.parametrize(
    ("sent", "whole_group", "status"),
    [("TERM", False, 143), ("INT", False, 130), ("INT", True, 130), ("TERM", True, 143), ("HUP", False, 129)],
)
def test_who_ends_the_call_ends_the_install(
    shell: Shell, sent: str, whole_group: bool, status: int, made: Made, installer: Installer
) -> None:
    """Whether the signal comes to the shim alone or, as from a terminal, to all: never does an install go on alone."""
    made.pin("1.25.3")
    installer.program.with_name("goswitch-py.waits").touch()
    with subprocess.Popen(
        shim(shell, made, "always", installer.program), cwd=made.project, env={**made.env, "PWD": str(made.project)},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        while process.stderr.readline() != "ready\n":
            assert process.poll() is None
        number = signal.Signals[f"SIG{sent}"]
        os.killpg(process.pid, number) if whole_group else os.kill(process.pid, number)
        out, err = process.communicate(timeout=30)  # ends when the last of them has
    assert (process.returncode, out) == (status, "")
    assert "ended\n" in err
    assert installer.program.with_name("goswitch-py.ended").exists()
