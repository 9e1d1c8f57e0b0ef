"""Asking the two implementations of the rule: a script under some sh, and Python."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from resolution.table import Outcome

if TYPE_CHECKING:
    from resolution.table import Tree

REPOSITORY = Path(__file__).resolve().parent.parent.parent


def ask_sh(shell: list[str], script: Path, arguments: list[str], tree: Tree) -> Outcome:
    """Run a script under a shell in a tree."""
    done = subprocess.run(
        [*shell, str(script), *arguments],
        cwd=tree.cwd,
        env=tree.env,
        user=tree.user,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="surrogateescape",
        timeout=20,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


class Python:
    """The Python command, warm: see python_server.py."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, "-W", "error", str(Path(__file__).with_name("python_server.py"))],
            cwd=REPOSITORY,
            env={"PYTHONPATH": str(REPOSITORY), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, arguments: list[str], tree: Tree) -> Outcome:
        """Run `goswitch-py` in a tree."""
        question = {"arguments": arguments, "cwd": str(tree.cwd), "env": tree.env, "user": tree.user}
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(question) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        return Outcome(answer["status"], answer["out"], answer["err"])

    def stop(self) -> None:
        """End the server."""
        with self._server:
            assert self._server.stdin is not None
            self._server.stdin.close()
