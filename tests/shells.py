"""The shells that goswitch promises to work in, and how to start each. One that is missing skips, and fails in CI."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Shell:
    """A shell: the program, its arguments before a script, and the name under which it must be started."""

    name: str
    program: str
    arguments: tuple[str, ...] = ()
    called: str = ""

    def command(self, folder: Path) -> list[str]:
        """Return the words that start it. In `folder` a link is made where it must be called by another name."""
        found = require(self.program)
        if not self.called:
            return [found, *self.arguments]
        link = folder / self.called
        if not link.is_symlink():
            folder.mkdir(parents=True, exist_ok=True)
            link.symlink_to(found)
        return [str(link), *self.arguments]


POSIX = (
    Shell("sh", "sh"),
    Shell("dash", "dash"),
    Shell("bash", "bash"),
    Shell("bash as sh", "bash", called="sh"),
    Shell("busybox ash", "busybox", ("ash",)),
    Shell("mksh", "mksh"),
    Shell("ksh93", "ksh93"),
    Shell("yash", "yash"),
    Shell("zsh as sh", "zsh", called="sh"),
)
"""Each sh that shims and the front must run in."""


def require(program: str) -> str:
    """Return the path of a program; without it the test is skipped by name, and fails where CI is set."""
    found = shutil.which(program)
    if found is None:
        _missing(f"{program} is not installed")
    return found


def _missing(what: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(f"{what}: .ci/run has to install it")
    pytest.skip(what)
