"""Verifying an SDK: its files against files.sha256, which was written when it was installed, and against Go's log.

Nothing is changed and nothing is locked. One pass over the files serves both questions.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.model.layout import DIGESTS
from goswitch.sdk.digests import Differences, differences, read_digests
from goswitch.sdk.leftovers import clear_leftovers, staging_name
from goswitch.sdk.treehash import read_tree
from goswitch.system import look
from goswitch.system.files import doing, remove_tree
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.version import Version
    from goswitch.sdk.logcheck import LogCheck
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.proxy import ProxySource
    from goswitch.system.world import World


@dataclass(frozen=True)
class Verified:
    """What was found: the number of files, how they differ from files.sha256, what the log says (None: not asked).

    Without a files.sha256 (`recorded` is false) `differences` has wrong modes alone.
    """

    files: int
    differences: Differences
    recorded: bool
    log: LogCheck | None

    @property
    def holds(self) -> bool:
        """Whether everything that was asked holds."""
        return not self.differences and (self.log is None or self.log.holds)


def has_digests(tree: Path) -> bool:
    """Tell whether goswitch wrote down what the files of a tree are."""
    return look.kind(tree / DIGESTS) is look.Kind.FILE


def verify(tree: Path, reporter: Reporter, name: str) -> Verified:
    """Hold a tree, called `name`, against its files.sha256; raise DiskError if that can't be read."""
    expected = read_digests(tree)
    return Verified(len(expected), differences(read_tree(tree, reporter, name), expected), recorded=True, log=None)


def verify_by_log(
    tree: Path, world: World, layout: Layout, reporter: Reporter, name: str, *, offline: str | None
) -> Verified:
    """Hold a tree, called `name`, against Go's checksum database, and against its files.sha256 where it has one.

    Raise NotInstalled or UsageError for a tree that is no release, ProofError or NetworkError if the log does not
    state, or can't be asked, what the release holds; DiskError, SettingError.
    """
    from goswitch.sdk.logcheck import check_log, identify  # noqa: PLC0415 - only --log needs them
    from goswitch.sdk.sources import proxy_source  # noqa: PLC0415 - brings what HTTP needs

    version, platform = identify(tree, world.platform)
    known = read_digests(tree) if has_digests(tree) else None
    with proxy_source(world._replace(platform=platform), layout, offline=offline) as source:
        stated = source.stated(version)
        seen = read_tree(tree, reporter, name)

        def published() -> Mapping[str, str]:
            with _scratch(layout, version, reporter) as folder:
                return _listed(source, version, folder, reporter)

        log = check_log(tree, seen, version, platform, stated=stated, known=known, published=published)
    regular = {name: found.digest for name, found in seen.items() if found.digest is not None}
    changes = differences(seen, known) if known is not None else differences(seen, regular)._replace(extra=())
    return Verified(len(seen), changes, recorded=known is not None, log=log)


def _listed(source: ProxySource, version: Version, folder: Path, reporter: Reporter) -> Mapping[str, str]:
    reporter.note(f"{version.name} differs; fetching the module to see in which files")
    return source.stage(version, folder, reporter).digests


@contextmanager
def _scratch(layout: Layout, version: Version, reporter: Reporter) -> Iterator[Path]:
    """Give an empty folder in the cache: who verifies need not be able to write to the SDK root."""
    place = layout._replace(sdk_root=layout.cache)
    with held(
        place.locks, version.released.name, does=f"reads {version.released.name}", timeout=None, waiting=reporter.note
    ):
        clear_leftovers(place, version.released.name)
        folder = place.staging / staging_name(version.released.name)
        with doing("create", folder):
            folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            remove_tree(folder)
