"""The world as one value: what a process is given by its surroundings, read once by the composition root.

Everything below the command line takes what it needs from here as an argument, so a test builds another world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from goswitch.model.platform import Platform


class World(NamedTuple):
    """Surroundings of one run.

    `cwd` is the logical working directory ($PWD where it names the current inode, as shells and cmd/go have it);
    `home` is $HOME or None where it is unset or empty; `clock` gives seconds since the epoch. `program` is the absolute
    path of the `goswitch-py` that runs, None where it is started otherwise.
    """

    env: Mapping[str, str]
    cwd: Path
    home: Path | None
    platform: Platform
    clock: Callable[[], float]
    program: Path | None = None
