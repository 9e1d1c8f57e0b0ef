"""Shims: `go`, `gofmt`, and a `goX.Y.Z` for each installed SDK, in one folder that goes first in PATH.

Each is written whole beside its place and renamed over it, so that a `go` call at the same moment finds the old one or
the new one, and never none. Any number of processes may do this at once.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from goswitch.model.layout import MARKER, SHIMS_MARK
from goswitch.shell.placing import place
from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files
from goswitch.system.files import doing
from goswitch.system.locks import held
from goswitch.system.look import is_program

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goswitch.model.layout import Layout

TOOLS = ("go", "gofmt")
"""The tools that follow the folder. Others (`godoc`, say) are no part of an SDK's `bin`."""

_BESIDE = re.compile(r"\.(?:go.*|\.goswitch-shims)\.[a-z0-9_]{8}")
"""What `place` writes beside a shim or the mark."""

_VERSION_SHIM = re.compile(r"go[0-9][0-9A-Za-z.]*")
_EXECUTABLE = 0o755
_READABLE = 0o644

_ANY = "/ANY-GOSWITCH-PY"
"""Stands for the command in a shim that is compared."""

_MARK_TEXT = b"By this file the shims of goswitch know a folder of shims on PATH, and pass it over.\n"


class Rehashed(NamedTuple):
    """What `rehash` did, by names of shims."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


def rehash(
    layout: Layout,
    toolchain_setting: str,
    version_names: Iterable[str],
    *,
    auto_install: str = "never",
    command: Path | None = None,
) -> Rehashed:
    """Make the folder of shims what it should be; DiskError if it can't be written.

    `toolchain_setting` is the GOTOOLCHAIN that a pin sets; `version_names` are the installed releases (`go1.22.4`).
    `auto_install` is that setting, and `command` the `goswitch-py` that installs; None leaves it to PATH.
    """
    folder = layout.shims
    with doing("create", folder):
        folder.mkdir(parents=True, exist_ok=True)
    names = sorted(set(version_names))
    # yash can't read a script in which there are other bytes, where the locale is C.
    known = command is not None and str(command).isascii()
    missing = {"AUTO": auto_install, "COMMAND": str(command) if known else ""}
    contents = _contents(toolchain_setting, names, missing)
    stale = [name for name, content in contents.items() if not _has(folder / name, content, _EXECUTABLE)]
    marked = _has(folder / SHIMS_MARK, _MARK_TEXT, _READABLE)
    removed: list[str] = []
    if stale or not marked or _strays(folder, names) or _leftovers(folder):
        with held(layout.data, "shims", timeout=None, does="writes the shims"):
            for path in _leftovers(folder):
                with doing("remove", path):
                    path.unlink(missing_ok=True)
            if not marked:
                place(folder / SHIMS_MARK, _MARK_TEXT, _READABLE)
            for name in stale:
                place(folder / name, contents[name], _EXECUTABLE)
            removed = [name for name in _strays(folder, names) if _remove_stray(layout, folder / name)]
    return Rehashed(tuple(stale), tuple(removed), tuple(name for name in contents if name not in stale))


def stale_shims(
    layout: Layout, toolchain_setting: str, version_names: Iterable[str], *, auto_install: str = "never"
) -> list[str]:
    """Return the names of the shims that `rehash` would write or remove; the arguments are the same.

    A shim may name any `goswitch-py` that is there: there can be several installations of goswitch.
    """
    names = sorted(set(version_names))
    contents = _contents(toolchain_setting, names, {"AUTO": auto_install, "COMMAND": _ANY})
    stale = [name for name, content in contents.items() if not _is_current(layout.shims / name, content)]
    if not layout.shims.is_dir():
        return stale
    return stale + [name for name in _strays(layout.shims, names) if not (layout.sdk_root / name / MARKER).exists()]


def _is_current(path: Path, content: bytes) -> bool:
    """Tell whether a shim has this content, where `_ANY` stands for a program that is there, or for none."""
    before, _, after = content.partition(_ANY.encode())
    try:
        found = path.read_bytes()
        if path.stat().st_mode & 0o777 != _EXECUTABLE:
            return False
    except OSError:
        return False
    if not found.startswith(before) or not found.endswith(after) or len(found) < len(before) + len(after):
        return False
    command = found[len(before) : len(found) - len(after)].decode("utf-8", "surrogateescape")
    return not command or is_program(Path(command.replace("'\\''", "'")))


def _contents(toolchain_setting: str, version_names: list[str], missing: dict[str, str]) -> dict[str, bytes]:
    source = shell_files()
    values = {"TOOLCHAIN": toolchain_setting, **missing}
    contents = {tool: render(source, "go.sh", {"TOOL": tool, **values}) for tool in TOOLS}
    return contents | {name: render(source, "version.sh", {"NAME": name, **missing}) for name in version_names}


def _has(path: Path, content: bytes, mode: int) -> bool:
    try:
        return path.read_bytes() == content and path.stat().st_mode & 0o777 == mode
    except OSError:
        return False


def _leftovers(folder: Path) -> list[Path]:
    """Return what processes were about to put in a shim's place; killed ones, for whoever holds the lock."""
    with doing("list", folder):
        return [entry for entry in folder.iterdir() if _BESIDE.fullmatch(entry.name)]


def _strays(folder: Path, names: list[str]) -> list[str]:
    with doing("list", folder):
        found = {entry.name for entry in folder.iterdir() if _VERSION_SHIM.fullmatch(entry.name)}
    return sorted(found - set(names))


def _remove_stray(layout: Layout, path: Path) -> bool:
    """Remove the shim of an SDK that is gone. Another process may have installed it since the list was made."""
    if (layout.sdk_root / path.name / MARKER).exists():
        return False
    with doing("remove", path):
        path.unlink(missing_ok=True)
    return True
