"""Linking an SDK that somebody built: a symlink in the SDK root, made after a look at the tree."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import DiskError, NotInstalled, UsageError
from goswitch.model.layout import MARKER
from goswitch.model.request import Linked, Malformed, parse_pin
from goswitch.sdk.inventory import GOTIP, release_of
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform


@dataclass(frozen=True)
class LinkMade:
    """A link: `already` tells that it was there before; `in_place` that the tree itself lies in the SDK root."""

    name: str
    path: Path
    target: Path
    already: bool
    in_place: bool


def checked_name(name: str) -> str:
    """Return a name for a link; UsageError for one that a request reads as something else."""
    try:
        request = parse_pin(name)
    except Malformed:
        request = None
    if not isinstance(request, Linked) or release_of(name) is not None or name == GOTIP:
        raise UsageError(
            f"{name[:64]!r} can't be a link's name: it must begin with a letter and be no version or alias",
            help="goswitch link go-nightly /path/to/goroot",
        )
    return name


def check_tree(target: Path, platform: Platform) -> None:
    """Raise NotInstalled unless `target` is a GOROOT that can run here: bin/go, its tools for this platform, src."""
    program = target / "bin" / "go"
    tools = target / "pkg" / "tool" / platform.tool_directory
    missing = [
        what
        for what, there in (
            (f"{program} is not an executable file", look.is_program(program)),
            (f"{tools} is missing", tools.is_dir()),
            (f"{target / 'src'} is missing", (target / "src").is_dir()),
        )
        if not there
    ]
    if missing:
        raise NotInstalled(
            f"{target} is no Go SDK for {platform}: {missing[0]}",
            help=f"build it first: cd {target}/src && ./make.bash",
        )


def link(name: str, target: Path, layout: Layout, platform: Platform, *, force: bool) -> LinkMade:
    """Make `target` known as `name`. A link to another tree is replaced only with `force`, in one step.

    A tree that lies in the SDK root under that very name gets the marker instead: it can't be a link to itself.
    """
    check_tree(target, platform)
    place = layout.sdk_root / checked_name(name)
    if not place.is_symlink() and place.is_dir() and place.samefile(target):
        already = (place / MARKER).exists()
        (place / MARKER).touch()
        return LinkMade(name, place, target, already=already, in_place=True)
    if place.is_symlink():
        if place.readlink() == target:
            return LinkMade(name, place, target, already=True, in_place=False)
        if not force:
            raise DiskError(f"{name} is linked to {place.readlink()}", help=f"goswitch link --force {name} {target}")
    elif place.exists():
        raise DiskError(f"{place} is there and is no link", help="choose another name")
    layout.own.mkdir(parents=True, exist_ok=True)
    fresh = layout.own / f"link-{os.getpid()}-{name}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(place)
    return LinkMade(name, place, target, already=False, in_place=False)
