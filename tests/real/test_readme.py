"""The commands of the README's five minutes, typed one after the other into a shell with the hook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from box import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine


def commands() -> list[str]:
    text = (REPOSITORY / "README.md").read_text().split("## Five minutes", 1)[1].split("\n## ", 1)[0]
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_the_five_minutes(machine: Machine, project: Path) -> None:
    typed = commands()
    assert len(typed) > 12
    (project / "m_test.go").write_text("package main\n")
    lines = ['eval "$(goswitch init bash)"']
    for command in typed:
        line = f"{command} --yes" if command == "goswitch setup" else command
        # A prompt comes before each command that a person types: there the hook runs.
        lines += ["_gs_hook || echo FAILED", f"echo '$ {command.replace(chr(39), '')}'", f"{line} || echo FAILED"]
    out = machine.run("bash", "--norc", "-c", "\n".join(lines), cwd=project, SHELL="/bin/bash")
    assert "FAILED" not in out
    answers = dict(part.split("\n", 1) for part in out.split("$ ")[1:])
    assert answers["go version"].startswith("go version go1.22.4 ")
    assert answers["goswitch current"] == f"go1.22.4 (set by {project}/.go-version:1)\n"
    assert answers["goswitch exec 1.21.6 -- go version"].startswith("go version go1.21.6 ")
    assert "* go1.21.6" in " ".join(answers["goswitch list"].split())
    machine.run("goswitch", "setup", "--undo", "--yes", cwd=project)
    machine.run("goswitch", "default", "--unset", cwd=project)


def test_leaving(machine: Machine, project: Path) -> None:
    rc = machine.home / ".bashrc"
    rc.write_text("alias x=y")
    machine.run("goswitch", "setup", "--yes", cwd=project, SHELL="/bin/bash")
    assert "goswitch" in rc.read_text()
    machine.run("goswitch", "setup", "--yes", "--undo", cwd=project)
    assert rc.read_text() == "alias x=y"
