"""The shims in every sh: an environment that means harm, and what `go` sees of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shell.made import Made, without
from shell.starting import every_shell, start
from shells import POSIX, Shell

if TYPE_CHECKING:
    from pathlib import Path

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
    "hidden files": {"FIGNORE": "*", "GLOBIGNORE": "*"},
    "a hidden file": {"FIGNORE": "*.10", "GLOBIGNORE": "*.10"},
    "mksh's name": {"KSH_VERSION": "@(#)MIRBSD KSH R59"},
}


def _skip_what_yash_cannot_read(shell: Shell, kind: str) -> None:
    if (shell.program, kind) == ("yash", "locale"):
        pytest.skip("yash reads characters: in a locale that is not there it can't name a folder beyond ASCII")


@every_shell
@pytest.mark.parametrize("kind", HOSTILE_ENVIRONMENTS)
@pytest.mark.parametrize("pin", ["1.22.4", "1.22", "1.22.x", "stable", ""])
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
    given = {**made.env, "X": "a\nb", "GOFLAGS": "-mod=mod", "FIGNORE": "*", "PWD": str(made.project)}
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
