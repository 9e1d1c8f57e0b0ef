"""Doing what a Fix says, once it has been shown. A file that is not any more what was seen is left alone."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.model.finding import ClearStaging, Edit, Rehash, Remove, SetMode
from goswitch.sdk.cached import UNFINISHED, clear, parts
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
                _set_mode(step)
            case Rehash():
                rehash()
            case Remove():
                _remove(step)
            case ClearStaging():
                for part in parts(step.layout):
                    if part.name == UNFINISHED:
                        clear(part)


def _set_mode(step: SetMode) -> None:
    with doing("change the mode of", step.path):
        if stat.S_IMODE(step.path.stat().st_mode) != step.before:
            raise DiskError(f"{step.path} has changed meanwhile", help="goswitch doctor")
        step.path.chmod(step.after)


def _remove(step: Remove) -> None:
    with doing("remove", step.path):
        if step.path.lstat().st_size != step.size:
            raise DiskError(f"{step.path} has changed meanwhile", help="goswitch doctor")
        step.path.unlink()
