"""One look at each SDK in the SDK root: the facts that doctor judges. Nothing is run, nothing changed.

SDKs are looked at by threads, as most of the time goes into system calls.
"""

from __future__ import annotations

import os
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.model.parts import Tool, tools_of
from goswitch.model.version import from_toolchain
from goswitch.sdk.contents import Contents, look_into
from goswitch.sdk.inventory import GOTIP, State, inventory
from goswitch.sdk.program import Program, look_at
from goswitch.sdk.receipt import Receipt, read_receipt
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.platform import Platform
    from goswitch.sdk.inventory import Sdk

_BUILT_VERSION = re.compile(rb"^const version = `([^`\n]*)`", re.MULTILINE)
_BOOTSTRAP = (
    "src/internal/buildcfg/zbootstrap.go",
    "src/cmd/internal/objabi/zbootstrap.go",
    "src/cmd/internal/obj/zbootstrap.go",
)
"""Where `cmd/dist` writes the version into the source: since Go 1.17, 1.9 and 1.5."""

_FOLDERS = ("", "bin", "pkg", "pkg/tool", "src", "src/runtime")


@dataclass(frozen=True)
class Examined:
    """What one SDK is. `real` is where its path leads, links resolved; `there` that a folder stands there.

    `version_line` is VERSION's first line, None without one; `source_version` what the source says that it is.
    `unreadable` are the folders and files that we looked for and may not read. `problems` are errors of our own files.
    """

    sdk: Sdk
    real: Path
    there: bool
    has_source: bool
    version_line: str | None
    source_version: str | None
    programs: tuple[Program, ...]
    contents: Contents
    receipt: Receipt | None
    owner: int | None
    changeable: tuple[str, ...]
    unreadable: tuple[str, ...]
    problems: tuple[DiskError, ...]

    @property
    def tree(self) -> Path:
        """Its path in the SDK root."""
        return self.sdk.path

    @property
    def name(self) -> str:
        """Its name in the SDK root."""
        return self.sdk.name

    @property
    def release(self) -> bool:
        """Whether its name is a release's, so that goswitch knows how to get it again."""
        return self.sdk.version is not None

    @property
    def go(self) -> Program:
        """Its bin/go."""
        return self.programs[0]

    @property
    def runs(self) -> bool:
        """Whether it is one that may be chosen, and there is something to choose."""
        return self.sdk.usable and self.there

    @property
    def hollow(self) -> bool:
        """Whether it has the marker and nothing else."""
        return self.go.mode is None and not self.has_source

    @property
    def version(self) -> str | None:
        """The version, without `go`, that it is by its name, else by VERSION, else by bin/go; None if none says it."""
        if self.sdk.version is not None:
            return self.sdk.version.text
        return from_toolchain(self.version_line or "") or from_toolchain(self.go.version or "") or None


def examine_all(root: Path, platform: Platform, *, deep: bool = False) -> list[Examined]:
    """Look at every SDK in the SDK root, in the order of the inventory."""
    sdks = inventory(root)
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1), thread_name_prefix="look") as pool:
        return list(pool.map(lambda sdk: examine(sdk, platform, deep=deep), sdks))


def examine(sdk: Sdk, platform: Platform, *, deep: bool = False) -> Examined:
    """Look at one SDK."""
    tree = sdk.path
    problems: list[DiskError] = []
    receipt = None
    try:
        receipt = read_receipt(tree)
    except DiskError as error:
        problems.append(error)
    contents = Contents()
    unreadable = [name for name in _FOLDERS if _unreadable(tree / name)]
    built_here = sdk.name == GOTIP or (sdk.state is State.LINKED and receipt is None)
    if not built_here and sdk.usable and not unreadable:
        try:
            contents = look_into(tree, receipt, deep=deep)
        except DiskError as error:
            problems.append(error)
    programs = tuple(look_at(tree, tool) for tool in tools_of(platform))
    unreadable += [program.tool.path for program in programs if program.is_file and _unreadable(program.path)]
    return Examined(
        sdk=sdk,
        real=_real(tree),
        there=look.kind(tree) is look.Kind.DIRECTORY,
        has_source=look.kind(tree / "src") is look.Kind.DIRECTORY,
        version_line=_version_line(tree),
        source_version=_source_version(tree),
        programs=programs,
        contents=contents,
        receipt=receipt,
        owner=_owner(tree),
        changeable=tuple(name for name in (*_FOLDERS, *(it.tool.path for it in programs)) if _changeable(tree / name)),
        unreadable=tuple(unreadable),
        problems=tuple(problems),
    )


def examine_tree(
    tree: Path, platform: Platform, program: Path | None = None
) -> tuple[Program, str | None, str | None, bool]:
    """Look at any tree, as an editor may name one.

    Return bin/go (or `program`), VERSION's first line, the source's version, and whether there is a source.
    """
    tool = tools_of(platform)[0]
    go = look_at(tree, tool) if program is None else look_at(program.parent, Tool(program.name, tool.needed))
    return go, _version_line(tree), _source_version(tree), look.kind(tree / "src") is look.Kind.DIRECTORY


def _version_line(tree: Path) -> str | None:
    data = look.read_regular(tree / "VERSION")
    return None if data is None else data[:4096].split(b"\n", 1)[0].decode("utf-8", "replace").strip()


def _source_version(tree: Path) -> str | None:
    for name in _BOOTSTRAP:
        data = look.read_regular(tree / name)
        if data is not None and (found := _BUILT_VERSION.search(data)):
            return found[1].decode("utf-8", "replace")
    return None


def _real(tree: Path) -> Path:
    try:
        return tree.resolve()
    except (OSError, RuntimeError):  # a loop of links
        return tree


def _owner(tree: Path) -> int | None:
    try:
        return tree.stat().st_uid
    except OSError:
        return None


def _changeable(path: Path) -> bool:
    """Tell whether everybody may change a file, or what a folder holds."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return bool(mode & stat.S_IWOTH) and not mode & stat.S_ISVTX


def _unreadable(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except PermissionError:
        return True
    except OSError:
        return False
    return not os.access(path, os.R_OK | os.X_OK if stat.S_ISDIR(mode) else os.R_OK)
