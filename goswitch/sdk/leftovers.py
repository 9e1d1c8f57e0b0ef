"""The entries of the staging folder, and what is left there by processes that died.

An entry carries the name of its SDK, so that whoever holds that SDK's lock knows which ones nobody works on any more.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from goswitch.system import look
from goswitch.system.files import doing, remove_tree

if TYPE_CHECKING:
    from goswitch.model.layout import Layout

_BETWEEN = "@"
"""Between an SDK's name and the rest; no name has it. A point would make what is go1.20.3's look like go1.20's."""


def staging_name(name: str) -> str:
    """Return a new name in the staging folder for a tree of the SDK `name`."""
    return f"{name}{_BETWEEN}{os.getpid()}.{os.urandom(4).hex()}"


def clear_ours(layout: Layout) -> None:
    """Delete what this process has in the staging folder: it ends, and some thread of it can't be woken. DiskError."""
    for entry in look.names_in(layout.staging):
        if entry.partition(_BETWEEN)[2].startswith(f"{os.getpid()}."):
            remove_tree(layout.staging / entry)


def sdk_of(entry: str) -> str:
    """Return the name of the SDK that an entry of the staging folder belongs to."""
    return entry.partition(_BETWEEN)[0]


def has_leftovers(layout: Layout, name: str) -> bool:
    """Tell whether something of the SDK `name` lies in the staging folder: left behind, or being worked on."""
    return any(sdk_of(entry) == name for entry in look.names_in(layout.staging))


def clear_leftovers(layout: Layout, name: str) -> None:
    """Delete what dead processes left of the SDK `name` in the staging folder. The caller holds its lock. DiskError.

    It gets another name first: a worker process (`system/workers.py`) that outlives the killed one by a moment then
    finds nothing to write into, instead of writing into what is being deleted.
    """
    for entry in look.names_in(layout.staging):
        if sdk_of(entry) == name:
            aside = layout.staging / staging_name(name)
            with doing("rename", layout.staging / entry):
                (layout.staging / entry).rename(aside)
            remove_tree(aside)
