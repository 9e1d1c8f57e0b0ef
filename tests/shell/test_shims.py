"""The shims in every sh: arguments, statuses, signals, environment, `-C`, `+REQUEST`, `goX.Y.Z`."""

from __future__ import annotations

import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
from shell.made import HOSTILE, Made, without
from shells import POSIX, Shell

if TYPE_CHECKING:
    from pathlib import Path

every_shell = pytest.mark.parametrize("shell", POSIX, ids=lambda shell: shell.name)

ODD_ARGUMENTS = ["", " a  b ", "*", "--", "x\ny", "-n", "\\t\\", "$HOME", "`x`", "é", "'\"", "~", "+", "#"]


def start(shell: Shell, made: Made, name: str = "go", toolchain: str = "local") -> list[str]:
    """Return the words that run a shim under a shell."""
    return [*shell.command(made.base / "called"), str(made.shims(toolchain) / name)]


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


FUNCTIONS = ("cd", "read", "printf", "test", "[", "command")
HOSTILE_ENVIRONMENTS: dict[str, dict[str, str]] = {
    "shellopts": {"SHELLOPTS": "allexport:errexit:nounset:noglob:xtrace", "PS4": "+ $(echo hijacked >&2) "},
    "bashopts": {"BASHOPTS": "failglob:nullglob:nocasematch:nocaseglob:dotglob:extglob"},
    "functions": {f"BASH_FUNC_{name}%%": "() { echo hijacked; echo hijacked >&2; return 1; }" for name in FUNCTIONS},
    "ifs": {"IFS": "./0123456789o-"},
    "cdpath": {"CDPATH": "/:/tmp:.."},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "no_such_locale", "LC_COLLATE": "en_US.UTF-8"},
    "path": {"PATH": ""},
    "posix": {"POSIXLY_CORRECT": "1", "ENV": "/nowhere/env", "BASH_ENV": "/nowhere/env"},
    "variables": {"_gs_fault": "x", "_gs_from": "x", "_gs_name": "x", "_gs_link": "1", "_gs_bin": "/bin/false"},
    "wrong goroot": {"GOROOT": "/wrong", "GOROOT_FINAL": "/wrong", "GOSWITCH_DEPTH": "08"},
    "mksh's name": {"KSH_VERSION": "@(#)MIRBSD KSH R59"},
}


def _skip_what_yash_cannot_read(shell: Shell, kind: str) -> None:
    if (shell.program, kind) == ("yash", "locale"):
        pytest.skip("yash reads characters: in a locale that is not there it can't name a folder beyond ASCII")


@every_shell
@pytest.mark.parametrize("kind", HOSTILE_ENVIRONMENTS)
@pytest.mark.parametrize("pin", ["1.22.4", "1.22.x", "stable", ""])
def test_a_hostile_environment_changes_nothing(shell: Shell, kind: str, pin: str, made: Made) -> None:
    expected = made.ran("go1.22.4" if pin == "1.22.4" else "go1.22.10", "a b", toolchain="local" if pin else "unset")
    if pin:
        made.pin(pin)
    else:
        (made.project / ".go-version").unlink()
        (made.project / "go.mod").write_text("module m\n\ngo 1.22.5\n")
    command = start(shell, made)
    _skip_what_yash_cannot_read(shell, kind)
    done = made.run([*command, "a b"], env={**made.env, **HOSTILE_ENVIRONMENTS[kind]})
    err = done.stderr
    if kind == "locale":
        err = "".join(line for line in err.splitlines(keepends=True) if "setlocale" not in line)
    assert (done.stdout, err) == (expected, "")


@every_shell
@pytest.mark.parametrize("kind", HOSTILE_ENVIRONMENTS)
def test_a_hostile_environment_does_not_change_an_error(shell: Shell, kind: str, made: Made) -> None:
    made.pin("1.20.1")
    _skip_what_yash_cannot_read(shell, kind)
    done = made.run(start(shell, made), env={**made.env, **HOSTILE_ENVIRONMENTS[kind]})
    where = made.project / ".go-version"
    assert done.stdout == ""
    assert done.stderr.endswith(
        f"goswitch: go1.20.1 is not installed (set by {where}:1)\nhelp: goswitch install 1.20.1\n"
    )
    assert "hijacked" not in done.stderr
    assert done.returncode == 126


@every_shell
@pytest.mark.parametrize("pin", ["1.22.4", "1.22"])
def test_a_closed_stdin_is_no_hindrance(shell: Shell, pin: str, made: Made) -> None:
    made.pin(pin)
    closed = ["/bin/sh", "-c", 'exec "$@" <&-', "sh"]
    done = made.run([*closed, *start(shell, made), "a"])
    assert (done.stdout, done.stderr) == (made.ran("go1.22.4" if pin == "1.22.4" else "go1.22.10", "a"), "")


@pytest.mark.parametrize("option", ["failglob", "nullglob", "nocasematch", "nocaseglob"])
@pytest.mark.parametrize(
    ("pin", "fact"),
    [
        ("1.19", "no go1.19 release is installed"),
        ("STABLE", "no SDK is linked as STABLE"),
        ("GO1.22.4", "no SDK is linked as GO1.22.4"),
    ],
)
def test_options_that_bash_inherits_do_not_change_the_rule(option: str, pin: str, fact: str, made: Made) -> None:
    made.pin(pin)
    shell = next(shell for shell in POSIX if shell.name == "bash")
    done = made.run(start(shell, made), env={**made.env, "BASHOPTS": option})
    assert done.stderr.splitlines()[0] == f"goswitch: {fact} (set by {made.project}/.go-version:1)"


SHELLS_OWN = ("_", "SHLVL", "PWD", "OLDPWD", "A__z", "SHELLOPTS", "IFS", "LOGNAME", "POSIXLY_CORRECT")
"""What some sh put into the environment of whatever they start."""


def oldpwd(shell: Shell, folder: Path) -> str:
    """Return what a shell makes of OLDPWD without any `cd`: zsh takes the working directory."""
    return str(folder) if shell.program == "zsh" else ""


@every_shell
@pytest.mark.parametrize("options", ["", "allexport"])
@pytest.mark.parametrize("pin", ["1.22.4", "1.22", "stable", ""])
def test_go_sees_no_other_change_in_its_environment(shell: Shell, options: str, pin: str, made: Made) -> None:
    if pin:
        made.pin(pin)
    else:
        (made.project / ".go-version").unlink()
        (made.project / "go.mod").write_text("go 1.22.5\n")
    given = {**made.env, "X": "a\nb", "GOFLAGS": "-mod=mod", "PWD": str(made.project)}
    if options:
        given["SHELLOPTS"] = options
    done = made.run([*start(shell, made), "env"], env=given)
    seen = dict(entry.split("=", 1) for entry in done.stdout.split("\0") if entry)
    name = "go1.22.4" if pin == "1.22.4" else "go1.22.10"
    expected = {**given, "GOROOT": f"{made.layout.sdk_root}/{name}"}
    if pin:
        expected["GOTOOLCHAIN"] = "local"
    assert without(seen, *SHELLS_OWN) == without(expected, *SHELLS_OWN)
    assert seen["PWD"] == str(made.project)
    assert seen.get("OLDPWD", "") == oldpwd(shell, made.project)


@every_shell
@pytest.mark.parametrize(
    ("setting", "users", "seen"),
    [
        ("local", None, "local"),
        ("local", "", "local"),
        ("local", "auto", "auto"),
        ("path", None, "path"),
        ("auto", "", "auto"),
        ("path", "go1.22.1+auto", "go1.22.1+auto"),
    ],
)
def test_gotoolchain_is_the_users_or_the_settings(
    shell: Shell, setting: str, users: str | None, seen: str, made: Made
) -> None:
    env = made.env if users is None else {**made.env, "GOTOOLCHAIN": users}
    command = start(shell, made, toolchain=setting)
    assert made.run(command, env=env).stdout == made.ran("go1.22.4", toolchain=seen)
    (made.project / ".go-version").unlink()
    (made.project / "go.mod").write_text("go 1.22.4\n")
    assert made.run(command, env=env).stdout == made.ran("go1.22.10", toolchain="unset" if users is None else users)


@every_shell
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["-C", "sub", "build"], "go1.21.6"),
        (["--C", "sub", "build"], "go1.21.6"),
        (["-C=sub", "build"], "go1.21.6"),
        (["--C=sub/../sub", "build"], "go1.21.6"),
        (["build", "-C", "sub", "./..."], "go1.21.6"),
        (["build", "-C=sub"], "go1.21.6"),
        (["mod", "-C", "sub", "tidy"], "go1.21.6"),
        (["mod", "tidy", "-C", "sub"], "go1.21.6"),
        (["work", "sync", "--C=sub"], "go1.21.6"),
        (["-C", "link"], "go1.21.6"),
        (["-C", "-"], "go1.21.6"),
        (["-C", HOSTILE], "go1.21.6"),
        (["-C", "/"], "go1.22.10"),
        (["-C", "gone", "build"], "go1.22.4"),
        (["-C", "file", "build"], "go1.22.4"),
        (["-C", ""], "go1.22.4"),
        (["-C="], "go1.22.4"),
        (["-C"], "go1.22.4"),
        (["build", "./sub", "-C", "sub"], "go1.22.4"),
        (["build", "-v", "-C", "sub"], "go1.22.4"),
        (["mod", "tidy", "-v", "-C", "sub"], "go1.22.4"),
        (["env", "mod", "-C", "sub"], "go1.22.4"),
        (["-Csub", "build"], "go1.22.4"),
        (["-c", "sub"], "go1.22.4"),
    ],
    ids=" ".join,
)
def test_the_walk_starts_where_c_leads(shell: Shell, words: list[str], name: str, made: Made) -> None:
    """SDKs: 1.22.4 by the project's pin, 1.21.6 by that of the other folder, 1.22.10 by default."""
    for folder in (made.project / "sub", made.project / "-", made.project / HOSTILE):
        made.pin("1.21.6", folder)
    made.pin("1.21.6", made.base / "other")
    (made.base / "other" / "deep").mkdir()
    (made.project / "link").symlink_to("../other/deep")
    (made.project / "file").touch()
    (made.layout.sdk_root / ".goswitch").mkdir()
    (made.layout.sdk_root / ".goswitch" / "default").write_text("1.22.10\n")
    (made.base / "env").mkdir()
    done = made.run([*start(shell, made), *words], env={**made.env, "CDPATH": "/", "PWD": str(made.project)})
    if words[:1] == ["env"]:
        assert f"GOROOT={made.layout.sdk_root}/{name}\0" in done.stdout
        return
    toolchain = "unset" if name == "go1.22.10" else "local"
    assert (done.stdout, done.stderr) == (made.ran(name, *words, toolchain=toolchain), "")


@every_shell
@pytest.mark.parametrize("old", [None, "/usr"])
def test_c_changes_nothing_that_go_sees(shell: Shell, old: str | None, made: Made) -> None:
    logical = made.base / "logical"
    logical.symlink_to(made.project)
    (made.project / "sub").mkdir()
    env = {**made.env, "PWD": str(logical)} | ({} if old is None else {"OLDPWD": old})
    command = start(shell, made)
    without_c = made.run([*command, "env"], cwd=logical, env=env).stdout.split("\0")
    with_c = made.run([*command, "env", "-C", "sub"], cwd=logical, env=env).stdout.split("\0")
    assert f"PWD={logical}" in with_c
    assert sorted(with_c) == sorted(without_c)


@every_shell
def test_c_is_of_go_alone(shell: Shell, made: Made) -> None:
    made.pin("1.21.6", made.project / "sub")
    done = made.run([*start(shell, made, "gofmt"), "-C", "sub"])
    assert done.stdout == made.ran("go1.22.4", "-C", "sub", tool="gofmt")


@every_shell
@pytest.mark.parametrize(
    ("words", "name", "left"),
    [
        (["+1.21.6", "test", "./..."], "go1.21.6", ["test", "./..."]),
        (["+1.22", "+x"], "go1.22.10", ["+x"]),
        (["+stable"], "go1.22.10", []),
        (["+1.23", "-C", "sub"], "go1.23rc1", ["-C", "sub"]),
    ],
    ids=" ".join,
)
def test_a_request_binds_one_call(shell: Shell, words: list[str], name: str, left: list[str], made: Made) -> None:
    for env in (made.env, {**made.env, "GOSWITCH_VERSION": "1.22.4"}):
        assert made.run([*start(shell, made), *words], env=env).stdout == made.ran(name, *left)
        assert made.run([*start(shell, made, "gofmt"), *words], env=env).stdout == made.ran(name, *left, tool="gofmt")


@every_shell
@pytest.mark.parametrize(
    ("word", "fact", "helps"),
    [
        ("+1.20.1", "go1.20.1 is not installed (set by +1.20.1)", "goswitch install 1.20.1"),
        ("+", "+: not a Go version (it has characters that no version has)", "+"),
        ("+../x", "+../x: not a Go version (it has characters that no version has)", "+"),
        ("+1.22.4.5", '+1.22.4.5: "1.22.4.5" is not a Go version', "+"),
        ("+nightly", "no SDK is linked as nightly (set by +nightly)", "goswitch link nightly /path/to/goroot"),
    ],
)
def test_a_bad_request_is_an_error(shell: Shell, word: str, fact: str, helps: str, made: Made) -> None:
    if helps == "+":
        helps = "name a version after the plus sign: go +1.22.4 version"
    done = made.run([*start(shell, made), word, "version"])
    assert (done.returncode, done.stdout, done.stderr) == (126, "", f"goswitch: {fact}\nhelp: {helps}\n")


@every_shell
def test_a_version_shim_is_that_version_anywhere(shell: Shell, made: Made) -> None:
    command = start(shell, made, "go1.21.6")
    assert made.run([*command, "-C", "x", "+1"]).stdout == made.ran("go1.21.6", "-C", "x", "+1")
    assert made.run(command, env={**made.env, "GOTOOLCHAIN": "auto"}).stdout == made.ran("go1.21.6", toolchain="auto")
    assert made.run(command, env={**made.env, "GOSWITCH_VERSION": "1.22.4"}).stdout == made.ran("go1.21.6")
    switched = {**made.env, "GOTOOLCHAIN_INTERNAL_SWITCH_VERSION": "go1.21.6"}
    assert made.run(command, env=switched).stdout == made.ran("go1.21.6", toolchain="unset")
    assert made.run(command, env={**switched, "GOROOT": "/wrong"}).stdout == made.ran("go1.21.6", toolchain="unset")


@every_shell
def test_a_version_shim_says_what_is_missing(shell: Shell, made: Made) -> None:
    command = start(shell, made, "go1.21.6")
    root = made.layout.sdk_root / "go1.21.6"
    (root / "bin" / "go").write_text("")
    assert made.run(command).stderr == (
        f"goswitch: {root}/bin/go is not an executable file\n"
        "help: goswitch uninstall 1.21.6 && goswitch install 1.21.6\n"
    )
    (root / ".unpacked-success").unlink()
    assert made.run(command).stderr == (
        f"goswitch: go1.21.6 is incomplete: {root} has no .unpacked-success\nhelp: goswitch install 1.21.6\n"
    )
    root.rename(made.base / "away")
    done = made.run(command)
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == "goswitch: go1.21.6 is not installed\nhelp: goswitch install 1.21.6\n"
    assert made.run(command, env=without(made.env, "HOME", "GOSWITCH_SDK_ROOT")).returncode == 126


@every_shell
def test_a_loop_through_another_managers_shim_ends(shell: Shell, made: Made) -> None:
    made.pin("system")
    shim = start(shell, made)
    other = made.base / "other"
    other.mkdir()
    words = " ".join("'" + word.replace("'", "'\\''") + "'" for word in shim)
    (other / "go").write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    (other / "go").chmod(0o755)
    done = made.run([*shim, "version"], env={**made.env, "PATH": str(other)})
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == (
        f"goswitch: {other}/go is a loop: system leads back to goswitch 20 times (GOSWITCH_DEPTH)\n"
        "help: put a real go on PATH, or pin a version: goswitch pin stable\n"
    )


@every_shell
@pytest.mark.parametrize(
    ("before", "after"), [("", "1"), ("x", "1"), ("08", "1"), ("1", "2"), ("19", "20"), ("999", "1")]
)
def test_the_depth_is_counted_for_system_alone(shell: Shell, before: str, after: str, made: Made) -> None:
    made.pin("system")
    system = made.base / "usr"
    (made.layout.sdk_root / "go1.21.6").rename(system)
    env = {**made.env, "PATH": f"{system}/bin", "GOSWITCH_DEPTH": before, "GOROOT": "/wrong"}
    seen = made.run([*start(shell, made), "env"], env=env).stdout.split("\0")
    assert f"GOSWITCH_DEPTH={after}" in seen
    assert not [entry for entry in seen if entry.startswith(("GOROOT=", "GOTOOLCHAIN="))]


@every_shell
def test_shims_pass_over_their_own_folder(shell: Shell, made: Made) -> None:
    made.pin("system")
    shims = made.shims()
    done = made.run([*start(shell, made), "x"], env={**made.env, "PATH": f"{shims}:{shims}/../shims"})
    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr.startswith("goswitch: no go on PATH outside the shims (set by ")


def test_a_shim_needs_nothing_of_goswitch(made: Made) -> None:
    """What is rendered names no path of ours: it outlives the Python package."""
    shims = made.shims()
    for shim in shims.iterdir():
        text = shim.read_text()
        assert str(made.base) not in text
        assert "goswitch-py" not in text
        assert "__" not in text


def test_a_folder_that_is_deleted_counts_as_the_root(made: Made, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    (made.layout.sdk_root / ".goswitch").mkdir()
    (made.layout.sdk_root / ".goswitch" / "default").write_text("1.21.6\n")
    script = 'cd "$1" && /bin/rmdir "$1" && exec "$2" x'
    done = made.run(["/bin/sh", "-c", script, "sh", str(folder), str(made.shims() / "go")])
    assert done.stdout == made.ran("go1.21.6", "x", toolchain="unset")
