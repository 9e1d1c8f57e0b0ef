"""The check of a tree before it becomes an SDK: that it is one, of this version and for this machine.

A proof says that the bytes are Go's; this says that they are the ones that were asked for. It runs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import ArchiveError
from goswitch.model.version import compare
from goswitch.system.binary import inspect
from goswitch.system.files import doing

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.platform import Platform
    from goswitch.model.version import Version

_FIRST_WITH_BUILD_SETTINGS = "1.18"
_LONGEST_VERSION = 4096


def check_tree(tree: Path, version: Version, platform: Platform) -> None:
    """Raise ArchiveError unless `tree` is the SDK of `version` for `platform`; DiskError if it can't be read.

    `VERSION` names it; `bin/go`, `bin/gofmt`, the tools of the platform and `src` are there; `bin/go` is a program for
    the platform, and its build info (Go 1.18 and later) names the version.
    """
    name = version.released.name
    found = version_line(tree)
    if found != name:
        raise ArchiveError(f"the archive holds {found or 'no VERSION'} instead of {name}")
    suffix = ".exe" if platform.goos == "windows" else ""
    for program in (f"bin/go{suffix}", f"bin/gofmt{suffix}", f"pkg/tool/{platform.tool_directory}/compile{suffix}"):
        path = tree / program
        if not path.is_file() or path.is_symlink() or path.stat().st_size == 0:
            raise ArchiveError(f"the archive of {name} has no {program}")
        if not path.stat().st_mode & 0o111:
            raise ArchiveError(f"the archive of {name} has {program} without the right to run it")
        machine = inspect(path).goarch
        if machine != platform.goarch:
            raise ArchiveError(
                f"{program} of {name} is for {machine or 'no machine that Go knows'}, not {platform.goarch}"
            )
    if not (tree / "src" / "fmt").is_dir():
        raise ArchiveError(f"the archive of {name} has no standard library")
    _check_build_info(tree / f"bin/go{suffix}", version, platform)


def version_line(tree: Path) -> str | None:
    """Return the first line of VERSION, None if there is none; raise DiskError if it can't be read."""
    path = tree / "VERSION"
    if not path.is_file():
        return None
    with doing("read", path), path.open("rb") as file:
        return file.read(_LONGEST_VERSION).split(b"\n", 1)[0].decode("utf-8", "replace").strip()


def _check_build_info(program: Path, version: Version, platform: Platform) -> None:
    told = inspect(program)
    if told.version is None:
        if compare(version.text, _FIRST_WITH_BUILD_SETTINGS) < 0:
            return
        raise ArchiveError(f"bin/go of {version.released.name} does not say which version it is")
    if told.version.split(" ")[0] != version.released.name:
        raise ArchiveError(f"bin/go of {version.released.name} says that it is {told.version}")
    if (told.build_goos or platform.goos, told.build_goarch or platform.goarch) != (platform.goos, platform.goarch):
        raise ArchiveError(f"bin/go of {version.released.name} is for {told.build_goos}/{told.build_goarch}")
