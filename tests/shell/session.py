"""A real interactive shell on a pseudo-terminal, with no rc files, and the hook read as its first line.

What a test asks for is written to files by the shell itself: what stands on the screen is only read for what should not
be there.
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING, Self

import pexpect
import pytest
from shells import require
from unprivileged import AS_NOBODY, give_to_nobody

from goswitch.shell.hooks import SHELLS, render_hook
from goswitch.shell.quoting import quote_fish, quote_sh

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from shell.made import Made

PROMPT = "(ready) "

each_shell = pytest.mark.parametrize("shell", SHELLS)

START = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i", "+o", "zle", "+o", "prompt_sp", "+o", "prompt_cr"],
    "fish": ["--no-config", "--interactive"],
}


class Session:
    """One interactive shell. `do` types a line and waits until the next prompt would be there.

    With `nobody` an unprivileged user runs it, and the place is theirs. With `patient` it has a prompt, and `do` waits
    until that is there: the hook is done then, and does not see half of what a test changes next.
    """

    def __init__(
        self,
        shell: str,
        made: Made,
        env: Mapping[str, str] | None = None,
        *,
        hook: bool = True,
        nobody: bool = False,
        patient: bool = False,
    ) -> None:
        self.shell = shell
        self._patient = False
        self.made = made
        self.hook = made.base / f"rendered hook.{shell}"
        self.hook.write_text(render_hook(shell, made.layout, "local"))
        self._numbers = itertools.count(1)
        given = {
            **made.env,
            "PATH": "/usr/bin:/bin",
            "TERM": "dumb",
            "PS1": PROMPT if patient else "",
            "PS2": "",
            "LC_ALL": "C.UTF-8",
            **(env or {}),
        }
        command = [require(shell), *START[shell]]
        if nobody:
            give_to_nobody(made.base, made.project)
            command = [*AS_NOBODY, *command] if os.geteuid() == 0 else command
        self._child = pexpect.spawn(
            command[0],
            command[1:],
            env=given,
            cwd=str(made.base),
            encoding="utf-8",
            timeout=20,
            dimensions=(50, 4000),
        )
        self._child.delaybeforesend = None
        if shell == "fish":
            shown = f"echo -n '{PROMPT}'" if patient else ""
            self.do(f"function fish_prompt; {shown}; end; function fish_greeting; end")
        self._patient = patient
        if hook:
            self.do(self.source)

    @property
    def source(self) -> str:
        """The line that reads the hook."""
        return f"source {self.quote(str(self.hook))}"

    def quote(self, text: str) -> str:
        """Return a text as one word of this shell."""
        return quote_fish(text) if self.shell == "fish" else quote_sh(text)

    def do(self, line: str) -> str:
        """Type a line; return what the screen shows until the shell is ready for more, the typing too."""
        number = next(self._numbers)
        self._child.sendline(line)
        # The mark is not in what the terminal echoes, only in what echo prints.
        self._child.sendline(f"echo mark-''{number}-")
        self._child.expect_exact(f"mark-{number}-")
        screen = str(self._child.before)
        if self._patient:
            self._child.expect_exact(PROMPT)
        return screen

    def cd(self, folder: Path | str) -> str:
        """Change the folder."""
        return self.do(f"cd {self.quote(str(folder))}")

    def env(self) -> dict[str, str]:
        """Return the environment that a command started now would see."""
        file = self.made.base / "seen"
        file.unlink(missing_ok=True)
        self.do(f"/usr/bin/env -0 > {self.quote(str(file))}")
        entries = file.read_bytes().decode("utf-8", "surrogateescape").split("\0")
        return dict(entry.split("=", 1) for entry in entries if entry)

    def value(self, expression: str) -> str:
        """Return what a command prints on stdout."""
        file = self.made.base / "value"
        self.do(f"{expression} > {self.quote(str(file))}")
        return file.read_text()

    def path(self) -> list[str]:
        """Return PATH as a list."""
        return self.env()["PATH"].split(":")

    def bound(self) -> str:
        """Return the name of the SDK whose programs stand in PATH right behind the shims; the shims stand first."""
        first, second, *_ = self.path()
        assert first == str(self.made.layout.shims)
        root, _, name = second.removesuffix("/bin").rpartition("/")
        return name if root == str(self.made.layout.sdk_root) else ""

    def export(self, name: str, value: str) -> None:
        """Set and export a variable."""
        self.do(f"set -gx {name} {self.quote(value)}" if self.shell == "fish" else f"export {name}={self.quote(value)}")

    def unset(self, name: str) -> None:
        """Unset a variable."""
        self.do(f"set -e {name}" if self.shell == "fish" else f"unset {name}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._child.close(force=True)
