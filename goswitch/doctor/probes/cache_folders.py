"""The folders that Go writes to, with what stands in the way and what room is left."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.probes.here import go_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts

_SOME = 40
"""Folders of a cache that are looked at: a build cache has 256, and a `sudo go build` leaves its own in many."""


@dataclass(frozen=True)
class CacheFolder:
    """One cache. `obstacle` is "" where it can be written; `device` None where no file system tells its room."""

    name: str
    path: Path
    obstacle: str
    cure: str
    device: int | None
    free_bytes: int
    free_files: int | None


def cache_folders(facts: Facts) -> tuple[CacheFolder, ...]:
    """Look at GOCACHE and GOMODCACHE; one that is off, relative or unknown is left to other checks."""
    return tuple(_look(name, path) for name, path in _paths(facts) if path.is_absolute())


def _paths(facts: Facts) -> Iterator[tuple[str, Path]]:
    settings, home, env = facts.ask(go_settings), facts.world.home, facts.env
    found = settings.get("GOCACHE")
    if found is not None:
        yield "GOCACHE", Path(found.value)
    elif facts.world.platform.goos == "darwin" and home is not None:
        yield "GOCACHE", home / "Library/Caches/go-build"
    elif env.get("XDG_CACHE_HOME"):
        yield "GOCACHE", Path(env["XDG_CACHE_HOME"]) / "go-build"
    elif home is not None:
        yield "GOCACHE", home / ".cache/go-build"
    modules = settings.module_cache(home)
    if modules is not None:
        yield "GOMODCACHE", modules


def _look(name: str, path: Path) -> CacheFolder:
    obstacle, cure = _obstacle(path)
    there = next((place for place in (path, *path.parents) if place.is_dir()), Path("/"))
    try:
        room, device = os.statvfs(there), there.stat().st_dev
    except OSError:
        return CacheFolder(name, path, obstacle, cure, None, 0, None)
    # Some file systems count no files at all: btrfs says 0 of 0.
    free_files = room.f_favail if room.f_files else None
    return CacheFolder(name, path, obstacle, cure, device, room.f_bavail * room.f_frsize, free_files)


def _obstacle(path: Path) -> tuple[str, str]:
    """Return what stands in the way of writing below `path`, and what to type."""
    for place in (path, *path.parents):
        if place.is_dir():
            break
        if place.exists() or place.is_symlink():
            return f"{place} is no folder", f"mv {place} {place}.old"
    else:
        return "", ""
    closed = next((folder for folder in (place, *_inside(path)) if not _may_write(folder)), None)
    if closed is None:
        return "", ""
    if os.statvfs(closed).f_flag & os.ST_RDONLY:
        return "its file system is read-only", "export GOCACHE or GOMODCACHE to a folder that can be written"
    return f"{closed} is not yours to write", f'sudo chown -R "$(id -u)" {closed}'


def _inside(path: Path) -> list[Path]:
    """Return folders in a cache that Go writes to; those of unpacked modules are read-only on purpose."""
    parent = path / "cache/download" if (path / "cache/download").is_dir() else path
    try:
        with os.scandir(parent) as entries:
            names = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []
    if parent == path and not (path / "README").exists() and not (path / "00").is_dir():
        return []
    return [parent / name for name in names[:_SOME]]


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)
