"""Removing an SDK: marker first, then aside by one rename, then deleted. A kill at any moment leaves no half SDK."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import NotInstalled, UsageError
from goswitch.model.layout import MARKER, RECEIPT
from goswitch.sdk import inventory
from goswitch.sdk.inventory import GOTIP, Sdk, State
from goswitch.sdk.leftovers import clear_dead, clear_leftovers, staging_name
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing, remove_tree
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from goswitch.model.layout import Layout


_BLOCK = 512


@dataclass(frozen=True)
class Removed:
    """What was removed and how many bytes it took up on the disk (0 for a link: its tree stays)."""

    sdk: Sdk
    size: int


def remove(
    name: str, layout: Layout, *, force: bool, lock_timeout: float | None, waiting: Callable[[str], None]
) -> Removed:
    """Remove the SDK called `name` from the SDK root.

    A link is removed, never what it leads to. Foreign trees and SDKs that somebody built in place need `force`.
    Raise NotInstalled if there is none, UsageError without `force`, DiskError, LockError.
    """
    removed = _remove(name, layout, force=force, lock_timeout=lock_timeout, waiting=waiting)
    clear_dead(layout)
    return removed


def _remove(
    name: str, layout: Layout, *, force: bool, lock_timeout: float | None, waiting: Callable[[str], None]
) -> Removed:
    with held(layout.locks, name, does=f"removes {name}", timeout=lock_timeout, waiting=waiting):
        clear_leftovers(layout, name)
        sdk = inventory.find(layout.sdk_root, name)
        if sdk is None:
            raise NotInstalled(f"{name} is not installed", help="goswitch list")
        if not force:
            _refuse_foreign(sdk)
        if sdk.path.is_symlink():
            with doing("remove", sdk.path):
                sdk.path.unlink()
            return Removed(sdk, 0)
        size = tree_size(sdk.path)
        with doing("remove", sdk.path):
            (sdk.path / MARKER).unlink(missing_ok=True)
        checkpoint("uninstall-after-marker")
        aside = layout.staging / staging_name(name)
        with doing("move aside", sdk.path):
            layout.staging.mkdir(parents=True, exist_ok=True)
            sdk.path.chmod(0o755)
            sdk.path.rename(aside)
        checkpoint("uninstall-after-rename")
        remove_tree(aside)
        return Removed(sdk, size)


def _refuse_foreign(sdk: Sdk) -> None:
    built_here = sdk.state is State.COMPLETE and sdk.version is None and not (sdk.path / RECEIPT).exists()
    if sdk.name == GOTIP:
        raise UsageError(f"{sdk.path} belongs to golang.org/dl/gotip", help="goswitch uninstall --force gotip")
    if sdk.state is State.FOREIGN or (built_here and not sdk.path.is_symlink()):
        raise UsageError(
            f"{sdk.path} was not installed by goswitch or golang.org/dl, and what is in it may be nowhere else",
            help=f"goswitch uninstall --force {sdk.name}",
        )


def tree_size(path: Path) -> int:
    """Return the bytes that a tree takes up on the disk, as du counts them; unreadable folders count as nothing."""
    total = path.lstat().st_blocks * _BLOCK
    for folder, folders, names in os.walk(path):
        for name in [*folders, *names]:
            try:
                total += os.lstat(os.path.join(folder, name)).st_blocks * _BLOCK  # noqa: PTH118 - ten thousand files
            except OSError:
                continue
    return total
