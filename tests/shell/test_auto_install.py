"""auto_install through the shims in every sh: what is missing is installed by goswitch-py, then the tool runs."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from shell.installer import Installer, default, missing, shim, unpinned
from shell.made import without
from shell.starting import every_shell

from goswitch.shell.shims import rehash

if TYPE_CHECKING:
    from shell.made import Made
    from shells import Shell

ODD = ["", "a  b", "*", "x\ny", "--"]
WAYS = ("exact", "series", "argument", "variable", "floor", "unmet", "unmet gone", "default")


@every_shell
def test_what_is_missing_is_installed_and_runs(shell: Shell, made: Made, installer: Installer) -> None:
    command = shim(shell, made, "always", installer.program)
    requests = []
    for way in WAYS:
        words, request, toolchain, env = asked_for(made, way)
        done = made.run([*command, *words], env=env, stdin=None, input="kept")
        assert done.stdout == made.ran("go1.25.3", "build", *ODD, toolchain=toolchain), way
        fact, said, more = done.stderr.splitlines()
        assert fact.startswith("goswitch: ")
        assert (said, more) == (f"auto_install: goswitch install {request}", "this is said on stdout")
        installer.take_back(made)
        requests.append(request)
    assert installer.asked() == "".join(f"install --quiet {request}\n" for request in requests)


def asked_for(made: Made, way: str) -> tuple[list[str], str, str, dict[str, str]]:
    """Let the project ask for 1.25.3; return the arguments, what is to be installed, GOTOOLCHAIN, the environment."""
    words, env = ["build", *ODD], dict(made.env)
    match way:
        case "exact" | "series":
            request = "1.25.3" if way == "exact" else "1.25"
            made.pin(request)
            return words, request, "local", env
        case "argument":
            made.pin("1.22.4")
            return ["+1.25.3", *words], "1.25.3", "local", env
        case "variable":
            return words, "1.25.3", "local", {**env, "GOSWITCH_VERSION": "go1.25.3"}
        case "floor":
            unpinned(made, "1.25.1")
        case "default":
            (made.project / "go.mod").unlink()
            default(made, "1.25.3")
            return words, "1.25.3", "unset", env
        case _:
            default(made, "1.22.4" if way == "unmet" else "1.20.1")
    return words, "1.25", "unset", env


@every_shell
def test_stdin_and_status_are_the_tools(shell: Shell, made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    command = shim(shell, made, "always", installer.program)
    assert made.run([*command, "stdin"], stdin=None, input="one\ntwo").stdout == "one\ntwo"
    installer.take_back(made)
    assert made.run([*command, "status", "7"]).returncode == 7
    installer.take_back(made)
    with subprocess.Popen(
        [*command, "pid"], cwd=made.project, env=made.env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.communicate()[0] == f"{process.pid}\n"


@every_shell
def test_a_version_shim_installs_its_own(shell: Shell, made: Made, installer: Installer) -> None:
    done = made.run([*shim(shell, made, "always", installer.program, "go1.25.3"), "x"])
    assert done.stdout == made.ran("go1.25.3", "x")
    assert installer.asked() == "install --quiet 1.25.3\n"


@every_shell
def test_the_variable_beats_the_setting(shell: Shell, made: Made, installer: Installer) -> None:
    """Without a terminal `ask` is `never`."""
    made.pin("1.25.3")
    for setting, variable in [("never", ""), ("always", "never"), ("ask", ""), ("always", "ask")]:
        env = {**made.env, "GOSWITCH_AUTO_INSTALL": variable}
        done = made.run([*shim(shell, made, setting, installer.program), "x"], env=env)
        assert (done.returncode, done.stdout, done.stderr) == (126, "", missing(made))
    assert installer.asked() == ""
    for setting, variable in [("never", "always"), ("always", "")]:
        env = {**made.env, "GOSWITCH_AUTO_INSTALL": variable}
        done = made.run([*shim(shell, made, setting, installer.program), "x"], env=env)
        assert done.stdout == made.ran("go1.25.3", "x")
        installer.take_back(made)


@every_shell
def test_another_value_is_said(shell: Shell, made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    env = {**made.env, "GOSWITCH_AUTO_INSTALL": "yes"}
    done = made.run(shim(shell, made, "never", installer.program), env=env)
    said = 'goswitch: GOSWITCH_AUTO_INSTALL is "yes", but can be never, ask, always\n'
    assert (done.returncode, done.stderr, installer.asked()) == (126, said + missing(made), "")


@every_shell
def test_a_command_that_moved_is_found_on_path(shell: Shell, made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    command = shim(shell, made, "always", made.base / "old" / "goswitch-py")
    done = made.run([*command, "x"], env={**made.env, "PATH": f"relative:{installer.program.parent}:/usr/bin:/bin"})
    assert done.stdout == made.ran("go1.25.3", "x")


@every_shell
def test_what_no_install_mends_installs_nothing(shell: Shell, made: Made, installer: Installer) -> None:
    command = shim(shell, made, "always", installer.program)
    for fault in ("../x", "1.22.4.5", "nightly", "system"):
        made.pin(fault)
        assert made.run(command, env={**made.env, "PATH": "/nowhere"}).returncode in {126, 127}
    assert installer.asked() == ""


def test_the_environment_of_the_tool_is_that_of_any_call(made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    command = [*shim_words(made, installer), "env"]
    env = without(made.env, "LC_ALL")
    first = made.run(command, env=env).stdout
    assert installer.asked()
    assert first == made.run(command, env=env).stdout


def shim_words(made: Made, installer: Installer) -> list[str]:
    rehash(made.layout, "local", [], auto_install="always", command=installer.program)
    assert os.access(made.layout.shims / "go", os.X_OK)
    return [str(made.layout.shims / "go")]
