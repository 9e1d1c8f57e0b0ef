"""The SDKs on disk and their states.

*Complete*: has the marker of golang.org/dl. *Linked*: a symlink that `goswitch link` made. *Incomplete*: a release's
name without the marker; one with our receipt is what a killed install or uninstall left. *Foreign*: no marker and no
receipt, but a whole tree. The last two are never run, overwritten or deleted
unasked. Other things in the SDK root are none of our business and not listed.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, NamedTuple

from goswitch.model.layout import MARKER, RECEIPT
from goswitch.model.request import has_allowed_characters
from goswitch.model.version import Version
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

GOTIP = "gotip"
"""The SDK that golang.org/dl/gotip builds: it never has a marker, is runnable, and belongs to that tool."""


class State(enum.StrEnum):
    """What an entry of the SDK root is."""

    COMPLETE = "complete"
    LINKED = "linked"
    INCOMPLETE = "incomplete"
    FOREIGN = "foreign"


class Sdk(NamedTuple):
    """One entry of the SDK root. `version` is None for names that are no release's."""

    name: str
    path: Path
    state: State
    version: Version | None

    @property
    def usable(self) -> bool:
        """Whether a pin, a floor or the default may choose it."""
        return self.state in {State.COMPLETE, State.LINKED}


def release_of(name: str) -> Version | None:
    """Return the release that a directory name stands for; None if it is not spelled as one is released."""
    try:
        version = Version.from_name(name)
    except ValueError:
        return None
    return version if version.is_released_spelling else None


def find(root: Path, name: str) -> Sdk | None:
    """Return the entry of this name in the SDK root, or None if there is none or it has nothing to do with Go."""
    path = root / name
    version = release_of(name)
    kind = look.kind(path)
    if kind is look.Kind.ABSENT:
        return None
    marked = kind is look.Kind.DIRECTORY and look.kind(path / MARKER) is look.Kind.FILE
    whole = (
        kind is look.Kind.DIRECTORY
        and look.kind(path / "bin" / "go") is not look.Kind.ABSENT
        and look.kind(path / "src") is look.Kind.DIRECTORY
    )
    if version is None and path.is_symlink():
        state = State.LINKED
    elif marked or (name == GOTIP and kind is look.Kind.DIRECTORY):
        state = State.COMPLETE
    elif whole and look.kind(path / RECEIPT) is look.Kind.ABSENT:
        state = State.FOREIGN
    elif version is not None:
        state = State.INCOMPLETE
    else:
        return None
    return Sdk(name, path, state, version)


def inventory(root: Path) -> list[Sdk]:
    """Return every SDK in the SDK root: releases newest first, then the others by name."""
    entries = [find(root, name) for name in look.names_in(root) if has_allowed_characters(name)]
    found = [sdk for sdk in entries if sdk is not None]
    releases = sorted((s for s in found if s.version is not None), key=lambda s: (s.version, s.name), reverse=True)
    return releases + [sdk for sdk in found if sdk.version is None]


def usable_releases(root: Path) -> list[Version]:
    """Return the releases that a series, an alias or a floor may choose from, in no order."""
    found: list[Version] = []
    for name in look.names_in(root):
        version = release_of(name)
        if version is not None and look.kind(root / name / MARKER) is look.Kind.FILE:
            found.append(version)
    return found


def is_empty_directory(path: Path) -> bool:
    """Tell whether `path` is a directory with nothing in it, as a failed `goX.Y.Z download` leaves one."""
    return look.kind(path) is look.Kind.DIRECTORY and not look.names_in(path)
