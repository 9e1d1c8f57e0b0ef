"""Repairing an SDK: a whole one is staged, proven and marked, then the two change places, then the old one is deleted.

The marker is written last into the staged tree, which does not count where it lies, so what comes to stand in the SDK
root is whole at that instant. Running builds keep the files that they have open.
"""

from __future__ import annotations

import stat
import time
from typing import TYPE_CHECKING

from goswitch.errors import NotInstalled, UsageError
from goswitch.sdk import inventory
from goswitch.sdk.install import Installed, mark
from goswitch.sdk.inventory import State
from goswitch.sdk.leftovers import clear_dead, has_leftovers
from goswitch.sdk.staging import prepared
from goswitch.system.checkpoint import checkpoint
from goswitch.system.exchange import exchange
from goswitch.system.files import doing, publish
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform
    from goswitch.model.version import Version
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Source


def repair(
    name: str,
    *,
    layout: Layout,
    platform: Platform,
    sources: Sequence[Source],
    reporter: Reporter,
    force: bool = False,
    published: Callable[[Version], object] = lambda _: None,
    clock: Callable[[], float] = time.time,
) -> Installed:
    """Put a fresh SDK in the place of the one called `name`, whatever state that is in.

    A foreign tree, and a link under a release's name, need `force`. `published` is called after that, under the lock.
    Raise NotInstalled if there is none, UsageError for what is no release or without `force`, and what `install`
    raises; then the old one is still there.
    """
    _repairable(name, layout, force=force)
    with held(layout.locks, name, does=f"repairs {name}", timeout=None, waiting=reporter.note):
        checkpoint("repair-after-lock")
        version = _repairable(name, layout, force=force)
        target = layout.sdk(version)
        with prepared(
            version, layout=layout, platform=platform, sources=sources, reporter=reporter, clock=clock
        ) as staging:
            mark(staging.tree)
            checkpoint("repair-before-swap")
            if target.exists() or target.is_symlink():
                _let_move(target)
                exchange(staging.tree, target)
            else:
                publish(staging.tree, target)
            checkpoint("repair-after-swap")
        published(version)
    clear_dead(layout)
    staged = staging.staged
    return Installed(version, target, staging.source, staged.proof, staged.url, staged.size)


def _let_move(target: Path) -> None:
    """Make a read-only directory one that its owner may move to another parent."""
    with doing("replace", target):
        mode = target.lstat().st_mode
        if stat.S_ISDIR(mode) and mode & stat.S_IRWXU != stat.S_IRWXU:
            target.chmod(stat.S_IMODE(mode) | stat.S_IRWXU)


def _repairable(name: str, layout: Layout, *, force: bool) -> Version:
    """Return the release that the SDK called `name` is to be; raise NotInstalled, UsageError."""
    sdk = inventory.find(layout.sdk_root, name)
    if sdk is None:
        version = inventory.release_of(name)
        if version is not None and has_leftovers(layout, name):
            return version  # a repair was killed between the two renames that some file systems need
        raise NotInstalled(f"{name} is not installed", help=f"goswitch install {name}")
    if sdk.version is None:
        raise UsageError(
            f"{name} is no release: nothing publishes what should be in it", help="build it again where it was built"
        )
    if sdk.path.is_symlink() and not force:
        raise UsageError(f"{sdk.path} is a link to {sdk.path.readlink()}", help=f"goswitch repair --force {name}")
    if sdk.state is State.FOREIGN and not force:
        raise UsageError(
            f"{sdk.path} was not installed by goswitch or golang.org/dl, and what is in it may be nowhere else",
            help=f"goswitch repair --force {name}",
        )
    return sdk.version
