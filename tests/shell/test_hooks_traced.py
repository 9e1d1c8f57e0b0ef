"""The hooks in a shell that traces what it does: they bind, and say nothing on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shell.made import bin_of
from shell.session import Session, each_shell
from shells import require

from goswitch.shell.hooks import render_hook

if TYPE_CHECKING:
    from shell.made import Made

TRACED: dict[str, tuple[dict[str, str], str]] = {
    "bash": ({}, "set -x"),
    "bash by SHELLOPTS": ({"SHELLOPTS": "xtrace"}, "true"),
    "zsh": ({}, "set -x"),
    "fish": ({}, "set -g fish_trace 1"),
}
"""Ways to be traced: what is in the environment, and what is typed."""

FLAGS = {"bash": "--norc", "zsh": "-f", "fish": "--no-config"}
each_way = pytest.mark.parametrize("way", TRACED)


@each_way
def test_a_trace_is_no_hindrance(way: str, made: Made) -> None:
    env, line = TRACED[way]
    with Session(way.split(maxsplit=1)[0], made, env) as session:
        session.do(line)
        session.cd("project")
        for word, name in (
            ("1.22.4", "go1.22.4"),
            ("1.22", "go1.22.10"),
            ("stable", "go1.22.10"),
            ("1.21.6", "go1.21.6"),
        ):
            made.pin(word)
            session.do("true")
            assert session.bound() == name
        session.cd("..")
        assert session.bound() == ""


@each_way
def test_the_trace_goes_to_stderr_alone(way: str, made: Made) -> None:
    shell = way.split(maxsplit=1)[0]
    env, line = TRACED[way]
    hook = made.base / "hook"
    hook.write_text(render_hook(shell, made.layout, "local"))
    prompt = "emit fish_prompt" if shell == "fish" else "_gs_hook"
    lines = [line, ". ./hook", prompt, "cd project", prompt, prompt, "printf '%s' \"$GOSWITCH_HOOK_BIN\""]
    given = {**made.env, "PATH": "/usr/bin:/bin", **env}
    done = made.run([require(shell), FLAGS[shell], "-c", "\n".join(lines)], env=given, cwd=made.base)
    assert (done.returncode, done.stdout) == (0, bin_of(made, "go1.22.4"))
    assert "./hook" in done.stderr


@each_shell
def test_without_a_trace_nothing_is_said(shell: str, made: Made) -> None:
    """Else the test above would say little about stdout."""
    hook = made.base / "hook"
    hook.write_text(render_hook(shell, made.layout, "local"))
    prompt = "emit fish_prompt" if shell == "fish" else "_gs_hook"
    lines = [". ./hook", prompt, "cd project", prompt, prompt, "cd /", prompt]
    given = {**made.env, "PATH": "/usr/bin:/bin"}
    done = made.run([require(shell), FLAGS[shell], "-c", "\n".join(lines)], env=given, cwd=made.base)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
