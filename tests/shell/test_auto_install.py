"""auto_install through the shims in every sh: what is missing is installed by goswitch-py, then the tool runs."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pexpect
import pytest
from shell.made import without
from shell.starting import every_shell

from goswitch.shell.shims import rehash

if TYPE_CHECKING:
    from pathlib import Path

    from shell.made import Made
    from shells import Shell

INSTALLER = """#!/bin/sh
# A stand-in for goswitch-py: keeps what it was given, eats its stdin, and puts the SDK that waits in its place.
# Asked to ask, it asks; told to wait it waits, until it is ended.
if [ "$2" = --ask ]; then
    echo "$3; install it?" >&2
    read -r answer
    case $answer in '' | YES) ;; *) exit 126 ;; esac
fi
printf '%s\\n' "$*" >>"$0.asked"
if [ "$2" != --ask ]; then cat >/dev/null; fi
if [ -e "$0.waits" ]; then
    trap 'echo "ended" >&2; echo >"$0.ended"; exit 143' TERM INT
    echo ready >&2
    for _ in 1 2 3 4 5 6 7 8 9; do for _ in 1 2 3 4 5 6 7 8 9; do sleep 0.2; done; done
fi
echo 'this is said on stdout'
if [ -e "$0.fails" ]; then exit "$(cat "$0.fails")"; fi
exec mv "$0.sdk" "$GOSWITCH_SDK_ROOT/go1.25.3"
"""


class Installer:
    """A stand-in for goswitch-py beside a waiting SDK 1.25.3."""

    def __init__(self, made: Made) -> None:
        # A path beyond ASCII is not written into shims: PATH has to find such a command.
        self.program = made.base.parent / "it's $here" / "goswitch-py"
        self.program.parent.mkdir()
        self.program.write_text(INSTALLER)
        self.program.chmod(0o755)
        made.sdk("go1.25.3")
        self.take_back(made)

    def take_back(self, made: Made) -> None:
        """Let the SDK wait again."""
        (made.layout.sdk_root / "go1.25.3").rename(self.program.with_name("goswitch-py.sdk"))

    def asked(self) -> str:
        """Return what it was asked."""
        file = self.program.with_name("goswitch-py.asked")
        return file.read_text() if file.exists() else ""

    def fails(self, status: int) -> None:
        """Let it fail."""
        self.program.with_name("goswitch-py.fails").write_text(f"{status}\n")


@pytest.fixture
def installer(made: Made) -> Installer:
    made.env["PATH"] = "/usr/bin:/bin"
    return Installer(made)


def shim(shell: Shell, made: Made, wish: str, command: Path | None, name: str = "go") -> list[str]:
    """Return the words that run a shim which was written with this setting."""
    names = [path.name for path in made.layout.sdk_root.glob("go[0-9]*")]
    rehash(made.layout, "local", [*names, "go1.25.3"], auto_install=wish, command=command)
    return [*shell.command(made.base / "called"), str(made.layout.shims / name)]


def default(made: Made, word: str) -> None:
    (made.layout.sdk_root / ".goswitch").mkdir(exist_ok=True)
    (made.layout.sdk_root / ".goswitch" / "default").write_text(f"{word}\n")


def unpinned(made: Made, floor: str = "") -> None:
    (made.project / ".go-version").unlink()
    if floor:
        (made.project / "go.mod").write_text(f"module m\n\ngo {floor}\n")


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


def missing(made: Made) -> str:
    where = made.project / ".go-version"
    return f"goswitch: go1.25.3 is not installed (set by {where}:1)\nhelp: goswitch install 1.25.3\n"


@every_shell
def test_another_value_is_said(shell: Shell, made: Made, installer: Installer) -> None:
    made.pin("1.25.3")
    env = {**made.env, "GOSWITCH_AUTO_INSTALL": "yes"}
    done = made.run(shim(shell, made, "never", installer.program), env=env)
    said = 'goswitch: GOSWITCH_AUTO_INSTALL is "yes", but can be never, ask, always\n'
    assert (done.returncode, done.stderr, installer.asked()) == (126, said + missing(made), "")


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
