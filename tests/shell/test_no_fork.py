"""Nothing forks on the way to `go`, in the front's own answers and in the hooks: counted by strace."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest
from shell.made import Made, without
from shell.starting import every_shell
from shells import Shell, require

from goswitch.shell.hooks import SHELLS, render_hook
from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files

if TYPE_CHECKING:
    from pathlib import Path

PROJECTS = {
    "exact": {".go-version": "1.22.4\n"},
    "byte order mark": {".go-version": "\ufeff1.22.4\r\n"},
    "series": {".go-version": "1.22\n"},
    "stable": {".tool-versions": "nodejs 20\ngolang stable\n"},
    "floor": {"go.mod": "module m\n\ngo 1.22.4\n\ntoolchain go1.22.5\n"},
    "floor above": {"go.mod": "go 1.22.11\n"},
    "default": {},
    "system": {".go-version": "system\n"},
    "not installed": {".go-version": "1.20.1\n"},
    "empty": {".go-version": ""},
    "malformed": {".go-version": "1.2.3.4\n"},
}
"""Each way through the rule: files of the project."""

every_way = pytest.mark.parametrize("way", PROJECTS)


def lay_out(made: Made, way: str) -> dict[str, str]:
    """Write a project's files; return the environment to ask in."""
    (made.project / ".go-version").unlink()
    for name, content in PROJECTS[way].items():
        (made.project / name).write_text(content)
    (made.layout.sdk_root / ".goswitch").mkdir()
    (made.layout.sdk_root / ".goswitch" / "default").write_text("1.21.6\n")
    system = made.base / "usr"
    for folder in (system / "bin", system / "pkg" / "tool"):
        folder.mkdir(parents=True)
    (system / "VERSION").touch()
    (system / "bin" / "go").symlink_to(made.layout.sdk_root / "go1.21.6" / "bin" / "go")
    return {**made.env, "PATH": f"{system}/bin"}


def calls(made: Made, command: list[str], env: dict[str, str]) -> list[str]:
    """Return the names of the system calls that make or replace processes, in order. A thread is no process."""
    log = made.base / "strace.log"
    names = "trace=execve,execveat,fork,vfork,clone,clone3"
    done = made.run(
        [require("strace"), "-f", "-qq", "-e", names, "-e", "signal=none", "-o", str(log), *command], env=env
    )
    lines = log.read_text().splitlines()
    assert lines, done.stderr
    seen = [line for line in lines if "CLONE_THREAD" not in line and " = -1 " not in line]
    return [found.group(1) for line in seen if (found := re.match(r"\d+ +(\w+)\(", line))]


@every_way
@every_shell
def test_a_shim_execs_and_does_nothing_else(way: str, shell: Shell, made: Made) -> None:
    env = lay_out(made, way)
    stub = made.base / "stub"
    stub.write_text("#!/bin/sh\n")
    stub.chmod(0o755)
    for go in made.layout.sdk_root.glob("*/bin/go"):
        go.write_text("#!/bin/sh\n")
    command = [*shell.command(made.base / "called"), str(made.shims() / "go"), "build"]
    runs = 1 if way in {"not installed", "empty", "malformed"} else 2
    assert calls(made, command, env) == ["execve"] * runs


@every_way
@every_shell
@pytest.mark.parametrize("question", ["root", "which", "current"])
def test_the_front_answers_itself(way: str, shell: Shell, question: str, made: Made) -> None:
    env = lay_out(made, way)
    front = made.base / "goswitch"
    front.write_bytes(render(shell_files(), "goswitch.sh", {}))
    command = [*shell.command(made.base / "called"), str(front), question]
    assert calls(made, command, env) == ["execve"]


HOOKED = {
    "bash": ["bash", "--norc", "--noprofile", "-c"],
    "zsh": ["zsh", "-f", "-c"],
    "fish": ["fish", "--no-config", "-c"],
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("way", [way for way in PROJECTS if way != "system"])
def test_a_hook_forks_nothing(shell: str, way: str, made: Made, tmp_path: Path) -> None:
    """The hook runs as at a prompt and after a cd, into the project and out of it; the shell alone does as much."""
    env = {**lay_out(made, way), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    hook = tmp_path / "hook"
    hook.write_text(render_hook(shell, made.layout, "local"))
    program, *arguments = HOOKED[shell]
    at_prompt = {"bash": "_gs_hook", "zsh": "_gs_hook", "fish": "emit fish_prompt"}[shell]
    cd = f"cd {shlex.quote(str(made.project))}" if shell != "fish" else f"cd {_fish(str(made.project))}"
    lines = [f"source {hook}", at_prompt, cd, at_prompt, at_prompt, "cd /", at_prompt]
    plain = ["true", "true", cd, "true", "true", "cd /", "true"]
    hooked = calls(made, [require(program), *arguments, "\n".join(lines)], env)
    assert hooked == calls(made, [require(program), *arguments, "\n".join(plain)], env)


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def test_a_fork_would_be_seen(made: Made) -> None:
    script = made.base / "script"
    script.write_text("x=$(echo y)\n/bin/true\n")
    seen = calls(made, [require("dash"), str(script)], without(made.env, "HOME"))
    assert len(seen) == 4
    assert seen.count("execve") == 2
