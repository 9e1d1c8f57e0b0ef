"""Which SDKs the projects in some folders use: each folder with a pin or a floor is asked as the shims would ask it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import GoswitchError, NotFound
from goswitch.model import pin
from goswitch.model.layout import MARKER
from goswitch.resolve.floors import GO_MOD, GO_WORK
from goswitch.resolve.pins import VARIABLE
from goswitch.resolve.rule import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ASKING = frozenset({pin.GO_VERSION, pin.TOOL_VERSIONS, GO_WORK, GO_MOD})
_NEVER_PROJECTS = frozenset({".git", ".hg", ".svn", ".jj", "node_modules"})
_MODULE_CACHE = "cache/download"
_GOROOT = frozenset({"bin", "pkg", "src"})


class Use(NamedTuple):
    """An SDK that a folder uses, and why: the reason in the words of `goswitch current`."""

    name: str
    folder: Path
    reason: str


class Unmet(NamedTuple):
    """A folder that uses nothing that is installed: it asks for something else, or its pin can't be read."""

    folder: Path
    error: GoswitchError


def uses(folders: Iterable[Path], root: Path, env: Mapping[str, str]) -> Iterator[Use | Unmet]:
    """Yield what each of `folders`, and each project below them, uses. The SDKs in `root` are no projects.

    Where nothing asks for a Go, nothing is yielded. Links to folders are not followed.
    """
    without = {name: value for name, value in env.items() if name != VARIABLE}
    for folder in folders:
        for place in projects(folder, root):
            try:
                binding = resolve(place, without)
            except NotFound:
                continue
            except GoswitchError as error:
                yield Unmet(place, error)
                continue
            yield Use(binding.name, place, binding.reason)


def projects(top: Path, root: Path) -> Iterator[Path]:
    """Yield `top` and the folders below it that have a pin file, a go.work or a go.mod."""
    for place, folders, files in os.walk(top):
        folder = Path(place)
        if folder == root:
            folders.clear()
            continue
        is_cache = "cache" in folders and (folder / _MODULE_CACHE).is_dir()
        is_sdk = MARKER in files or ("VERSION" in files and _GOROOT.issubset(folders))
        if folder != top and (is_cache or is_sdk):
            folders.clear()  # nobody's projects: the module cache, Go itself
            continue
        folders[:] = sorted(name for name in folders if name not in _NEVER_PROJECTS)
        if folder == top or not _ASKING.isdisjoint(files):
            yield folder
