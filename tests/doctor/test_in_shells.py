"""Doctor in real shells that `goswitch setup` has set up: silent with the hook at work, and lines of rc files named."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY, make_sdk
from shells import require

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker

RC = {"bash": ".bashrc", "zsh": ".zshrc", "fish": ".config/fish/config.fish"}
EXPORT = {"bash": "export GOROOT={}", "zsh": "typeset -x GOROOT={}", "fish": "set -gx GOROOT {}"}
TOPICS = "bindings environment path shell"
"""Stand-ins are no whole SDKs, so that topic is left out."""


def doctor(looker: Looker, shell: str, before: str = "") -> tuple[list[dict[str, object]], list[str]]:
    """Start the shell as a person's, let the hook see the folder, and return doctor's findings and rows."""
    hook = before or ("__gs_hook" if shell == "fish" else "_gs_hook")
    words = [require(shell), "-ic", f"{hook}; goswitch doctor {TOPICS} --json"]
    done = subprocess.run(
        words,
        cwd=looker.box.project,
        env={**looker.box.env, "PATH": f"{looker.box.home}/bin:/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        start_new_session=True,
    )
    assert done.stdout, done.stderr
    answer = json.loads(done.stdout)
    return answer["findings"], [f"{row['who']} {row['version']} {row['agrees']}" for row in answer["bindings"]]


@pytest.fixture
def home(looker: Looker) -> Path:
    """A home with the command and two SDKs that tell their version."""
    for name in ("go1.21.6", "go1.22.4"):
        sdk = make_sdk(looker.box.root / name)
        (sdk / "bin/go").write_text(f'#!/bin/sh\necho "go version {name} linux/amd64"\n')
    command = looker.box.home / "bin/goswitch"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m goswitch "$@"\n')
    command.chmod(0o755)
    looker.box.pin("1.22.4\n")
    return looker.box.home


@pytest.mark.parametrize("shell", list(RC))
def test_a_shell_that_is_set_up_is_clean_and_its_files_are_read(looker: Looker, home: Path, shell: str) -> None:
    require(shell)
    assert looker.run("setup", "--shell", shell, "--yes").status == 0
    findings, rows = doctor(looker, shell)
    assert findings == []
    assert rows == ["this shell go1.22.4 True", "sh -c go1.22.4 True", "cmd/go go1.22.4 True"]
    # Below the block, where people write: the hook has unset it by the next prompt, so the line alone is named.
    rc = home / RC[shell]
    rc.parent.mkdir(parents=True, exist_ok=True)
    with rc.open("a") as file:
        file.write(EXPORT[shell].format(f"{home}/sdk/go1.21.6") + "\n")
    number = len(rc.read_text().splitlines())
    (found,), _ = doctor(looker, shell)
    assert (found["id"], found["place"]) == ("goroot-in-shell-file", {"file": str(rc), "line": number})


@pytest.mark.parametrize("shell", list(RC))
def test_a_shell_that_is_not_set_up(looker: Looker, home: Path, shell: str) -> None:
    rc = home / RC[shell]
    rc.parent.mkdir(parents=True, exist_ok=True)
    rc.write_text("\n" + EXPORT[shell].format(f"{home}/sdk/go1.21.6") + "\n")
    looker.make_shims()
    findings, _ = doctor(looker, shell, before="true")
    assert [(it["id"], it["place"]) for it in findings] == [
        ("goroot-exported", {"file": str(rc), "line": 2}),
        ("shims-not-on-path", None),
    ]
