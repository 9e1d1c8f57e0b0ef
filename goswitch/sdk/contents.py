"""Whether the files of an SDK are those of its release, as far as a quick look tells.

With a files.sha256 the names are held against it, and what changed since it was written is read again: no file is older
than it looks, as nobody can set a change time. Where nearly everything is newer, the SDK was copied, and its files are
read only when asked to (`deep`). Without a files.sha256, the times tell: an official archive gives every file the time
in VERSION (Go 1.21 and later), so among files that have it, one in `src/` that has not came from elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from goswitch.model.layout import MARKER, OWN
from goswitch.sdk.digests import read_digests
from goswitch.sdk.verify import has_digests
from goswitch.system.files import doing
from goswitch.system.look import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from goswitch.sdk.receipt import Receipt

_MOST_READ = 200
"""More changed files than anybody changes by hand: the SDK was copied or unpacked anew."""

_SECOND = 1.0
"""`installed_at` has whole seconds."""


@dataclass(frozen=True)
class Contents:
    """How the files of an SDK differ from its release's: names below it, sorted. `judged` tells if that could be told.

    `copied` tells that everything changed after it was installed, so that what files hold was not looked at.
    """

    judged: bool = False
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    copied: bool = False


def look_into(tree: Path, receipt: Receipt | None, *, deep: bool = False) -> Contents:
    """Compare the files of an SDK with its release's; raise DiskError if they, or files.sha256, can't be read."""
    if has_digests(tree):
        with doing("read", tree):
            return _by_digests(tree, read_digests(tree), _installed(receipt), deep=deep)
    with doing("read", tree):
        return _by_times(tree)


def _installed(receipt: Receipt | None) -> float:
    """Return the time, in seconds since the epoch, before which every file of an SDK was in its place; 0 if unknown."""
    try:
        return datetime.fromisoformat(receipt.installed_at).timestamp() + _SECOND if receipt is not None else 0.0
    except ValueError:
        return 0.0


def _by_digests(tree: Path, digests: Mapping[str, str], since: float, *, deep: bool) -> Contents:
    missing, newer = [], []
    start = f"{tree}/"
    for name in digests:
        try:
            if os.lstat(start + name).st_ctime > since:
                newer.append(name)
        except OSError:
            missing.append(name)
    copied = len(newer) > _MOST_READ and not deep
    asked = list(digests) if deep else ([] if copied else newer)
    lost = set(missing)
    changed = [name for name in asked if name not in lost and _differs(tree / name, digests[name])]
    extra = _unknown(start, digests, since)
    return Contents(
        judged=True,
        missing=tuple(sorted(missing)),
        extra=tuple(sorted(extra)),
        changed=tuple(sorted(changed)),
        copied=copied,
    )


def _unknown(start: str, digests: Mapping[str, str], since: float) -> list[str]:
    """Return the names that are in no list. A folder that has not changed since has got none."""
    folders = {""}
    for name in digests:
        folder = name.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    extra: list[str] = []
    for folder in folders:
        try:
            if folder and os.lstat(start + folder).st_ctime <= since:
                continue
            entries = list(os.scandir(start + folder))
        except OSError:
            continue  # its files are missing, and named there
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if name not in folders and name != OWN:
                    extra += [f"{name}/{below}" for below, _ in _files(start + name)]
            elif name not in digests and name not in folders and name != MARKER:
                extra.append(name)
    return extra


def _by_times(tree: Path) -> Contents:
    released = _release_time(tree)
    if released is None:
        return Contents()
    times = [(name, status.st_mtime) for name, status in _files(str(tree / "src"))]
    others = [f"src/{name}" for name, time in times if abs(time - released) > _SECOND]
    if len(others) * 2 > len(times):
        return Contents()  # unpacked by something that does not keep times
    return Contents(judged=True, extra=tuple(sorted(others)))


def _release_time(tree: Path) -> float | None:
    """Return the time in the second line of VERSION, in seconds since the epoch."""
    lines = (read_regular(tree / "VERSION") or b"").decode("utf-8", "replace").splitlines()
    for line in lines[1:]:
        word, _, time = line.partition(" ")
        if word == "time":
            try:
                return datetime.fromisoformat(time).timestamp()
            except ValueError:
                return None
    return None


def _files(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Give every file below a folder, by its name below it."""
    folders = [""]
    while folders:
        place = folders.pop()
        with os.scandir(f"{folder}/{place}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{place}{entry.name}/")
                else:
                    yield f"{place}{entry.name}", entry.stat(follow_symlinks=False)


def _differs(path: Path, digest: str) -> bool:
    """Tell whether a file holds something else; of one that may not be read nothing is known."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() != digest
    except PermissionError:
        return False
    except OSError:
        return True
