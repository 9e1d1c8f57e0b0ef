"""files.sha256: what every file of an SDK holds, as `sha256sum -c` reads it, and the check of a tree against it."""

from __future__ import annotations

import hashlib
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.model.layout import DIGESTS, MARKER, OWN
from goswitch.system.files import doing, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_LINE = re.compile(r"([0-9a-f]{64})  ([^\n\0\\]+)", re.ASCII)


@dataclass(frozen=True)
class Differences:
    """How a tree differs from its digests: names below it, sorted."""

    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.missing or self.extra)


def write_digests(tree: Path, digests: Mapping[str, str]) -> None:
    """Write files.sha256 of `tree`: `digests` maps names below it to sha256 in hex. Raise DiskError."""
    with writing(tree / DIGESTS) as file:
        file.write("".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode())


def read_digests(tree: Path) -> dict[str, str]:
    """Return what files.sha256 of `tree` says; raise DiskError if it is not there or damaged."""
    path = tree / DIGESTS
    with doing("read", path):
        text = path.read_text(encoding="utf-8")
    matches = [_LINE.fullmatch(line) for line in text.splitlines()]
    digests = {match[2]: match[1] for match in matches if match is not None}
    if not digests or len(digests) != len(matches) or not text.endswith("\n"):
        raise DiskError(f"{path} is damaged", help=f"goswitch repair {tree.name}")
    return digests


def compare(tree: Path, digests: Mapping[str, str]) -> Differences:
    """Hash every file of `tree`, on all cores, and say how it differs; the marker and our own folder don't count.

    A link or a special file counts as changed or extra, as no release has any. Raise DiskError.
    """
    with doing("read", tree):
        present = {name: regular for name, regular in _walk(tree) if name != MARKER and not name.startswith(f"{OWN}/")}
        known = [name for name in digests if present.get(name)]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            actual = dict(zip(known, pool.map(lambda name: _digest(tree / name), known, chunksize=64), strict=True))
    return Differences(
        changed=tuple(sorted(name for name in digests if name in present and actual.get(name) != digests[name])),
        missing=tuple(sorted(name for name in digests if name not in present)),
        extra=tuple(sorted(name for name in present if name not in digests)),
    )


def _walk(tree: Path) -> Iterator[tuple[str, bool]]:
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(tree / folder) as entries:
            for entry in entries:
                name = f"{folder}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                else:
                    yield name, entry.is_file(follow_symlinks=False)


def _digest(path: Path) -> str:
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
