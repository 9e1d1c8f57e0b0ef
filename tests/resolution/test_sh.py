"""The case table under every sh: the front's answers, and what the shim `go` runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from resolution.asking import ask_sh
from resolution.table import Case, built, load_cases
from shells import POSIX, Shell

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("shell", POSIX, ids=lambda shell: shell.name)
@pytest.mark.parametrize("case", load_cases(), ids=lambda case: case.name)
def test_the_front_and_the_shim_agree_with_the_table(case: Case, shell: Shell, scripts: Path) -> None:
    command = shell.command(scripts / shell.name)
    if shell.program in case.row.get("not_for", []):
        pytest.skip(f"{shell.name} can't read such a file")
    with built(case) as tree:
        if shell.program == "yash":
            # It reads characters, not bytes: in the C locale a BOM is none.
            tree.env["LC_ALL"] = "C.UTF-8"
        for question in case.questions():
            answer = ask_sh(command, scripts / "goswitch", question, tree)
            assert answer == case.expected(question, shell.program, tree)
        expected = case.expected_run(shell.program, tree)
        if expected is not None:
            assert ask_sh(command, scripts / "go", ["version"], tree) == expected
