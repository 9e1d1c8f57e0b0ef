"""What a `go` typed into a hooked shell runs: each call is looked up by the shims, which stand first in PATH."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from shell.session import Session, each_shell

from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files

if TYPE_CHECKING:
    from shell.made import Made

NEWER_THAN_BASH_3_2 = {
    "associative arrays": r"(?:declare|local|typeset) -[a-z]*A",
    "namerefs": r"(?:declare|local|typeset) -[a-z]*n\b",
    "declare -g": r"(?:declare|typeset) -[a-z]*g",
    "case of letters": r"\$\{\w+(?:,,?|\^\^?)",
    "mapfile": r"\b(?:mapfile|readarray|coproc)\b",
    "&>> and |&": r"&>>|\|&",
    "[[ -v": r"\[\[? -v ",
    "fall through": r";;?&",
    "fd variables": r"\{\w+\}[<>]",
    "negative index": r"\[-\d+\]",
    "printf %(time)T": r"%\([^)]*\)T",
    "read -N or -i": r"\bread\b[^\n;|]* -[a-z]*[Ni]\b",
    "time and random": r"EPOCH|SRANDOM",
    "unforked substitution": r"\$\(<|\$\{ ",
}
"""What bash 3.2 would not read or would read otherwise; each as a pattern."""


@each_shell
def test_a_call_is_looked_up_where_it_happens(shell: str, made: Made) -> None:
    made.shims()
    made.pin("1.21.6", made.base / "other")
    with Session(shell, made) as session:
        session.cd("project")
        assert session.value("go version").startswith(made.ran("go1.22.4", "version"))
        assert session.value("go +1.21 version") == made.ran("go1.21.6", "version")
        assert session.value("go -C ../other version") == made.ran("go1.21.6", "-C", "../other", "version")
        assert session.value("env GOSWITCH_VERSION=1.22.10 go x") == made.ran("go1.22.10", "x")
        script = "'cd ../other && exec go walked'"
        assert session.value(f"/bin/sh -c {script}") == made.ran("go1.21.6", "walked")
        assert (
            session.value("/usr/bin/env which go" if shell == "zsh" else "command -v go") == f"{made.layout.shims}/go\n"
        )


@each_shell
def test_where_another_folder_stands_before_the_shims_the_sdk_goes_first(shell: str, made: Made) -> None:
    bound = f"{made.layout.sdk_root}/go1.22.4/bin"
    with Session(shell, made, {"PATH": f"/usr/bin:{made.layout.shims}:/bin"}) as session:
        before = session.env()["PATH"]
        session.cd("project")
        assert session.env()["PATH"] == f"{bound}:{before}"
        session.cd("/")
        assert session.env()["PATH"] == before


@pytest.mark.parametrize("word", ["1.22.4", "1.22", "stable", "nothing"])
@each_shell
def test_a_pin_that_goes_and_comes_counts_at_the_next_prompt(shell: str, word: str, made: Made) -> None:
    """Whatever the hook has noted: the file goes, comes back, changes in place, and one nearer appears."""
    near = made.project / "a" / "b"
    near.mkdir(parents=True)
    made.pin(word)
    name = {"1.22.4": "go1.22.4", "nothing": ""}.get(word, "go1.22.10")
    with Session(shell, made) as session:
        session.cd(near)
        for _ in range(2):
            assert session.bound() == name
            (made.project / ".go-version").unlink()
            session.do("true")
            assert session.bound() == ""
            made.pin("1.21.6", near.parent)
            session.do("true")
            assert session.bound() == "go1.21.6"
            made.pin("1.22.4", near.parent)
            session.do("true")
            assert session.bound() == "go1.22.4"
            (near / ".tool-versions").symlink_to("gone")
            session.do("true")
            assert session.bound() == ""
            (near / ".tool-versions").unlink()
            (near.parent / ".go-version").unlink()
            made.pin(word)
            session.do("true")


@pytest.mark.parametrize(("word", "newer"), [("1.22", "go1.22.11"), ("stable", "go1.24.0")])
@each_shell
def test_an_sdk_that_comes_counts_at_the_next_prompt(shell: str, word: str, newer: str, made: Made) -> None:
    made.pin(word)
    with Session(shell, made) as session:
        session.cd("project")
        assert session.bound() == "go1.22.10"
        made.sdk(newer)
        session.do("true")
        assert session.bound() == newer


HOSTILE = {
    "options": {"SHELLOPTS": "nounset:errexit", "BASHOPTS": "failglob:nocasematch"},
    "functions": {f"BASH_FUNC_{name}%%": "() { return 1; }" for name in ("cd", "read", "printf", "test")},
    "path": {"PATH": "/nowhere"},
    "cdpath and ifs": {"CDPATH": "/:..", "IFS": "./0123456789o"},
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_bash_takes_over_from_the_environment(kind: str, made: Made) -> None:
    made.pin("1.22")
    with Session("bash", made, HOSTILE[kind]) as session:
        session.do(f"builtin cd {session.quote(str(made.project))}")
        for word, name in (("1.22", "go1.22.10"), ("1.21.6", "go1.21.6"), ("stable", "go1.22.10"), ("x", "")):
            made.pin(word)
            session.do(":")
            assert session.bound() == name
        session.do("builtin cd /")
        assert session.bound() == ""


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_closed_stdin_is_no_hindrance_to_the_hook(shell: str, made: Made) -> None:
    with Session(shell, made, hook=False) as session:
        shown = session.value(f"({session.source}; cd project; _gs_hook <&-; _gs_hook <&-; printf '%s' \"$PATH\") 2>&1")
        assert shown.startswith(f"{made.layout.shims}:{made.layout.sdk_root}/go1.22.4/bin:")


@each_shell
def test_a_prompt_that_calls_go_shows_the_bound_one(shell: str, made: Made) -> None:
    """As starship does: `go version` while the prompt is drawn."""
    made.shims()
    seen = made.base / "prompted"
    with Session(shell, made) as session:
        quoted = session.quote(str(seen))
        drawn = f"go version > {quoted}.new; command mv {quoted}.new {quoted}"
        match shell:
            case "bash":
                session.do(f'prompted() {{ {drawn}; }}; PROMPT_COMMAND="$PROMPT_COMMAND; prompted"')
            case "zsh":
                session.do(f"prompted() {{ {drawn}; }}; precmd_functions+=(prompted)")
            case _:
                session.do(f"function fish_prompt; {drawn}; end")
        session.cd("project")
        assert seen.read_text() == made.ran("go1.22.4", "version")
        made.pin("1.21.6")
        session.do("true")
        assert seen.read_text() == made.ran("go1.21.6", "version")


@pytest.mark.parametrize("kind", NEWER_THAN_BASH_3_2)
def test_the_hook_of_bash_has_nothing_newer_than_3_2(kind: str) -> None:
    hook = render(shell_files(), "hook.bash", {"SHIMS": "/s", "TOOLCHAIN": "local"}).decode()
    assert not re.findall(NEWER_THAN_BASH_3_2[kind], hook)
