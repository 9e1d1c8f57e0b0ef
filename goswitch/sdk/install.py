"""Installing one SDK (DESIGN §6): lock, look again, stage and prove, check, sync, rename, marker.

Until the rename nothing is in the SDK root but our own folder; until the marker nothing runs what was renamed. So
whatever ends the process, there is no SDK or a whole one, and the next run clears up what the last one left.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import DiskError
from goswitch.model.layout import MARKER
from goswitch.sdk.leftovers import clear_dead, clear_leftovers
from goswitch.sdk.staging import prepared
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing, publish, sync_directory
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform
    from goswitch.model.version import Version
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Proof, Source


class Installed(NamedTuple):
    """An SDK that is there now. `already` means that it was before; then the rest is None. `size` is the archive's."""

    version: Version
    path: Path
    source: str | None = None
    proof: Proof | None = None
    url: str | None = None
    size: int | None = None
    already: bool = False


def install(
    version: Version,
    *,
    layout: Layout,
    platform: Platform,
    sources: Sequence[Source],
    reporter: Reporter,
    lock_timeout: float | None = None,
    published: Callable[[Version], object] = lambda _: None,
    clock: Callable[[], float] = time.time,
) -> Installed:
    """Install `version` from the first of `sources` that has it; return at once if it is complete.

    `published` is called after that, under the lock, to write shims. `lock_timeout` is in seconds. Raise NoSuchVersion,
    NetworkError, ProofError, DiskError, LockError, SettingError; then nothing of it is left but a partial download.
    """
    version = version.released
    target = layout.sdk(version)
    if (target / MARKER).exists():
        return Installed(version, target, already=True)
    with doing("make the folder", layout.own):
        layout.own.mkdir(parents=True, exist_ok=True)
    with held(layout.locks, version.name, does=f"installs {version.name}", timeout=lock_timeout, waiting=reporter.note):
        checkpoint("after-lock")
        if (target / MARKER).exists():
            return Installed(version, target, already=True)
        if _finish(target, version):
            clear_leftovers(layout, version.name)
            published(version)
            return Installed(version, target, already=True)
        _require_free(target, version)
        with prepared(
            version, layout=layout, platform=platform, sources=sources, reporter=reporter, clock=clock
        ) as staging:
            checkpoint("before-rename")
            publish(staging.tree, target)
            checkpoint("after-rename")
        checkpoint("before-marker")
        mark(target)
        checkpoint("after-marker")
        published(version)
    clear_dead(layout)
    staged = staging.staged
    return Installed(version, target, staging.source, staged.proof, staged.url, staged.size)


def _finish(target: Path, version: Version) -> bool:
    """Set the marker where a crash came between renaming and marking: all of our files are there, and nothing else."""
    if not target.is_dir() or target.is_symlink():
        return False
    from goswitch.sdk.digests import compare, read_digests  # noqa: PLC0415 - as most installs do without
    from goswitch.sdk.receipt import read_receipt  # noqa: PLC0415

    receipt = read_receipt(target)
    if receipt is None or receipt.version != version.text or compare(target, read_digests(target)):
        return False
    mark(target)
    return True


def _require_free(target: Path, version: Version) -> None:
    with doing("look at", target):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise DiskError(
                f"{target} is in the way: it is no SDK directory", help=f"goswitch repair --force {version}"
            )
        if target.is_dir() and any(target.iterdir()):
            raise DiskError(
                f"{target} exists without the marker of a complete SDK; it is not touched unasked",
                help=f"goswitch repair --force {version}",
            )


def mark(target: Path) -> None:
    """Write the marker, which makes a tree an SDK; it survives a power cut. Raise DiskError."""
    with doing("mark", target):
        descriptor = os.open(target / MARKER, os.O_WRONLY | os.O_CREAT, 0o644)
        os.fsync(descriptor)
        os.close(descriptor)
        sync_directory(target)
