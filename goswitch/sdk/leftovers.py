"""The entries of the staging folder, and what is left there by processes that died.

An entry carries the name of its SDK, so that whoever holds that SDK's lock knows which ones nobody works on any more.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from goswitch.errors import DiskError, LockError
from goswitch.system import look
from goswitch.system.files import doing, remove_tree
from goswitch.system.locks import drop_notes, held, noted

if TYPE_CHECKING:
    from goswitch.model.layout import Layout

_BETWEEN = "@"
"""Between an SDK's name and the rest; no name has it. A point would make what is go1.20.3's look like go1.20's."""


def staging_name(name: str) -> str:
    """Return a new name in the staging folder for a tree of the SDK `name`."""
    return f"{name}{_BETWEEN}{os.getpid()}.{os.urandom(4).hex()}"


def clear_ours(layout: Layout) -> None:
    """Delete what this process has in the staging folder, and its notes at locks.

    It ends, and some thread of it can't be woken. What can't be deleted is left to the next one.
    """
    for entry in look.names_in(layout.staging):
        if entry.partition(_BETWEEN)[2].startswith(f"{os.getpid()}."):
            with suppress(DiskError):
                _delete(layout, entry)
    logs = (layout.checksumdb / log for log in look.names_in(layout.checksumdb))
    for folder in (layout.locks, layout.downloads, *logs):
        drop_notes(folder)


def sdk_of(entry: str) -> str:
    """Return the name of the SDK that an entry of the staging folder belongs to."""
    return entry.partition(_BETWEEN)[0]


def has_leftovers(layout: Layout, name: str) -> bool:
    """Tell whether something of the SDK `name` lies in the staging folder: left behind, or being worked on."""
    return any(sdk_of(entry) == name for entry in look.names_in(layout.staging))


def clear_leftovers(layout: Layout, name: str) -> None:
    """Delete what dead processes left of the SDK `name` in the staging folder. The caller holds its lock. DiskError."""
    for entry in look.names_in(layout.staging):
        if sdk_of(entry) == name:
            _delete(layout, entry)


def clear_dead(layout: Layout) -> None:
    """Delete what dead processes left of any SDK in the staging folder, and their notes at locks.

    Dead is who holds no lock any more; whoever lives is not waited for. What can't be deleted stays, and so does what
    a repair took out of its place and did not get to replace: that SDK is nowhere else.
    """
    of: dict[str, list[str]] = {name: [] for name in noted(layout.locks)}
    for entry in look.names_in(layout.staging):
        of.setdefault(sdk_of(entry), []).append(entry)
    for name, entries in of.items():
        with (
            suppress(LockError, DiskError),
            held(layout.locks, name, does=f"clears up what was left of {name}", timeout=0),
        ):
            for entry in entries:
                if not _is_only_one(layout, entry):
                    _delete(layout, entry)


def _is_only_one(layout: Layout, entry: str) -> bool:
    from goswitch.system.exchange import old_one  # noqa: PLC0415 - 4 ms, where nothing is dead mostly

    name = sdk_of(entry)
    taken_out = old_one(layout.staging / entry / name)
    return os.path.lexists(taken_out) and not os.path.lexists(layout.sdk_root / name)


def _delete(layout: Layout, entry: str) -> None:
    """Delete an entry, under another name first. DiskError.

    A worker process (`system/workers.py`) that outlives the killed one by a moment then finds nothing to write into,
    instead of writing into what is being deleted.
    """
    aside = layout.staging / staging_name(sdk_of(entry))
    with doing("rename", layout.staging / entry):
        try:
            (layout.staging / entry).rename(aside)
        except FileNotFoundError:
            return  # by now
    remove_tree(aside)
