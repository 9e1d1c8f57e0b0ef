"""The composition root's eyes: the one place that reads the process's environment, working directory and machine.

platformdirs lives here alone.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from goswitch.errors import SettingError
from goswitch.model.layout import Layout
from goswitch.model.platform import host_platform
from goswitch.resolve.root import sdk_root
from goswitch.system.world import World

COMMAND = "goswitch-py"
"""The console script of the wheel."""


def read_world() -> World:
    """Return the surroundings of this process."""
    env = dict(os.environ)
    machine = os.uname()
    try:
        host = host_platform(machine.sysname, machine.machine)
    except ValueError as error:
        raise SettingError(str(error), help="https://go.dev/dl/ lists the platforms that Go is published for") from None
    home = Path(env["HOME"]) if env.get("HOME") else None
    return World(env, logical_directory(env.get("PWD", "")), home, host, time.time, _program(sys.argv[0]))


def _program(called: str) -> Path | None:
    """Return where the command lies that was called so; a link is kept, as it outlives updates."""
    path = Path(os.path.abspath(called))  # noqa: PTH100 - resolve() would follow links
    return path if path.name == COMMAND and path.is_file() else None


def logical_directory(pwd: str) -> Path:
    """Return the working directory as shells and cmd/go have it: $PWD where it names the current inode, else the path.

    A deleted one counts as the root: nothing above it can be known.
    """
    try:
        physical = Path.cwd()
    except OSError:
        return Path("/")
    clean = pwd.startswith("/") and not {".", ".."} & set(pwd.split("/"))
    try:
        return Path(pwd) if clean and Path(pwd).samefile(physical) else physical
    except OSError:
        return physical


def read_layout(world: World) -> Layout:
    """Return where everything lies for this user."""
    from platformdirs import PlatformDirs  # noqa: PLC0415 - `root`, `which` and `current` do without

    folders = PlatformDirs("goswitch", appauthor=False)
    return Layout(sdk_root(world.env), folders.user_data_path, folders.user_cache_path, folders.user_config_path)
