"""Doing what a Fix says, once it has been shown. A file that is not any more what was seen is left alone."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.model.finding import Edit, Rehash, SetMode
from goswitch.shell.rcplan import Change, apply
from goswitch.system.files import doing

if TYPE_CHECKING:
    from collections.abc import Callable

    from goswitch.model.finding import Fix


def mend(fix: Fix, *, rehash: Callable[[], object]) -> None:
    """Do every step; `rehash` writes the shims and hooks anew. DiskError where a step can't be done."""
    for step in fix.steps:
        match step:
            case Edit():
                apply(Change(step.path, step.before, step.after))
            case SetMode():
                with doing("change the mode of", step.path):
                    if stat.S_IMODE(step.path.stat().st_mode) != step.before:
                        raise DiskError(f"{step.path} has changed meanwhile", help="goswitch doctor")
                    step.path.chmod(step.after)
            case Rehash():
                rehash()
