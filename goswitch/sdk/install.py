"""Installing one SDK (DESIGN §6): lock, look again, stage and prove, check, sync, rename, marker.

Until the rename nothing is in the SDK root but our own folder; until the marker nothing runs what was renamed. So
whatever ends the process, there is no SDK or a whole one, and the next run clears up what the last one left.
"""

from __future__ import annotations

import os
import secrets
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import DiskError, GoswitchError, NetworkError, NoSuchVersion, SettingError
from goswitch.model.layout import MARKER
from goswitch.sdk.digests import compare, read_digests, write_digests
from goswitch.sdk.receipt import read_receipt, write_receipt
from goswitch.sdk.tree import check_tree
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing, empty_directory, publish, remove_tree, sync_directory, sync_file_system
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform
    from goswitch.model.version import Version
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Proof, Source, Staged


@dataclass(frozen=True)
class Installed:
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
    with held(layout.locks, version.name, timeout=lock_timeout, waiting=reporter.note):
        checkpoint("after-lock")
        if (target / MARKER).exists():
            return Installed(version, target, already=True)
        if _finish(target, version):
            published(version)
            return Installed(version, target, already=True)
        _require_free(target, version)
        with _staging(layout, version) as tree:
            source, staged = _stage(version, tree, sources, reporter)
            checkpoint("after-unpack")
            check_tree(tree, version, platform)
            write_digests(tree, staged.digests)
            write_receipt(tree, version, platform, source.name, staged, now=clock())
            checkpoint("before-sync")
            sync_file_system(tree)
            checkpoint("before-rename")
            publish(tree, target)
        checkpoint("before-marker")
        _mark(target)
        checkpoint("after-marker")
        published(version)
    return Installed(version, target, source.name, staged.proof, staged.url, staged.size)


def _stage(version: Version, tree: Path, sources: Sequence[Source], reporter: Reporter) -> tuple[Source, Staged]:
    """Stage from the first source that has the version. One that fails to answer hands over; a proof never does."""
    problems: list[GoswitchError] = []
    for index, source in enumerate(sources):
        try:
            return source, source.stage(version, tree, reporter)
        except NoSuchVersion:
            pass
        except (NetworkError, SettingError) as error:
            problems.append(error)
            if index + 1 < len(sources):
                reporter.note(
                    f"the source {source.name} can't be used ({error.message}); trying {sources[index + 1].name}"
                )
        empty_directory(tree)
    if problems and len(problems) == len(sources):
        raise problems[-1]
    asked = f"; not asked: {problems[0].message}" if problems else ""
    raise NoSuchVersion(f"no source has {version.name}{asked}", help=f"goswitch available {version.series}")


@contextmanager
def _staging(layout: Layout, version: Version) -> Iterator[Path]:
    """Give an empty directory for the tree; leave nothing of it. What dead processes left of this version goes, too."""
    for litter in layout.staging.glob(f"{version.name}.*"):
        remove_tree(litter)
    place = layout.staging / f"{version.name}.{os.getpid()}.{secrets.token_hex(4)}"
    tree = place / version.name
    with doing("create", tree):
        tree.mkdir(parents=True)
    try:
        yield tree
    finally:
        remove_tree(place)


def _finish(target: Path, version: Version) -> bool:
    """Set the marker where a crash came between renaming and marking: all of our files are there, and nothing else."""
    if not target.is_dir() or target.is_symlink():
        return False
    receipt = read_receipt(target)
    if receipt is None or receipt.version != version.text or compare(target, read_digests(target)):
        return False
    _mark(target)
    return True


def _require_free(target: Path, version: Version) -> None:
    with doing("look at", target):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise DiskError(
                f"{target} is in the way: it is no SDK directory", help=f"goswitch uninstall --force {version}"
            )
        if target.is_dir() and any(target.iterdir()):
            raise DiskError(
                f"{target} exists without the marker of a complete SDK; it is not touched unasked",
                help=f"goswitch uninstall --force {version}",
            )


def _mark(target: Path) -> None:
    with doing("mark", target):
        descriptor = os.open(target / MARKER, os.O_WRONLY | os.O_CREAT, 0o644)
        os.fsync(descriptor)
        os.close(descriptor)
        sync_directory(target)
