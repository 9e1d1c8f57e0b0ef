"""files.sha256: what every file of an SDK holds, as `sha256sum -c` reads it, and the check of a tree against it."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import DiskError
from goswitch.model.distribution import is_program
from goswitch.model.layout import DIGESTS
from goswitch.sdk.treehash import UNREADABLE, read_tree
from goswitch.system.files import doing, writing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from goswitch.sdk.treehash import Seen

_FOR_ALL = 0o755
_LINE = re.compile(r"^([0-9a-f]{64})  ([^\n\0\\]+)\n", re.ASCII | re.MULTILINE)


class WrongMode(NamedTuple):
    """A file whose permission bits are not what an SDK needs, and why."""

    name: str
    mode: int
    why: str


class Differences(NamedTuple):
    """How a tree differs from its digests: names below it, sorted."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    wrong_mode: tuple[WrongMode, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.extra or self.wrong_mode)


def write_digests(tree: Path, digests: Mapping[str, str]) -> None:
    """Write files.sha256 of `tree`: `digests` maps names below it to sha256 in hex. Raise DiskError."""
    with writing(tree / DIGESTS) as file:
        file.write("".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode())


def read_digests(tree: Path) -> dict[str, str]:
    """Return what files.sha256 of `tree` says; raise DiskError if it is not there or damaged."""
    path = tree / DIGESTS
    with doing("read", path):
        text = path.read_text(encoding="utf-8")
    digests = {name: digest for digest, name in _LINE.findall(text)}
    if not digests or len(digests) != text.count("\n") or not text.endswith("\n"):
        raise DiskError(f"{path} is damaged", help=f"goswitch repair {tree.name}")
    return digests


def compare(tree: Path, digests: Mapping[str, str]) -> Differences:
    """Hash every file of `tree`, on all cores, and say how it differs; the marker and our own folder don't count.

    Raise DiskError.
    """
    return differences(read_tree(tree), digests)


def differences(seen: Mapping[str, Seen], digests: Mapping[str, str]) -> Differences:
    """Say how the files of a tree differ from what they should be.

    A link or a special file counts as changed or extra, as no release has any; a file that can't be read by its mode.
    """
    return Differences(
        changed=tuple(
            sorted(name for name in digests if name in seen and seen[name].digest not in {digests[name], UNREADABLE})
        ),
        missing=tuple(sorted(name for name in digests if name not in seen)),
        extra=tuple(sorted(name for name in seen if name not in digests)),
        wrong_mode=tuple(
            WrongMode(name, found.mode & 0o7777, why)
            for name, found in sorted(seen.items())
            if name in digests and found.digest is not None and (why := _wrong(name, found)) is not None
        ),
    )


def _wrong(name: str, found: Seen) -> str | None:
    """Say what is wrong with a mode. How much the group and others may read is the business of whoever installs."""
    if stat.S_IMODE(found.mode) == _FOR_ALL and found.digest != UNREADABLE:
        return None
    if found.mode & (stat.S_ISUID | stat.S_ISGID):
        return "runs as another user"
    if found.mode & stat.S_IWOTH:
        return "anybody can change it"
    if not found.mode & stat.S_IRUSR or found.digest == UNREADABLE:
        return "can't be read"
    if is_program(name) and found.mode & 0o444 != (found.mode & 0o111) << 2:
        return "can't be run by all who can read it"
    return None
