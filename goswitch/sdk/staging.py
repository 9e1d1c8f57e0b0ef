"""From sources to a whole SDK in the staging folder: unpacked, proven, checked, with digests and receipt, synced.

Installing publishes such a tree, repairing swaps it for the one that is there. What a killed process left is cleared up
by the next one that stages the same version; the caller holds the version's lock.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import GoswitchError, NetworkError, NoSuchVersion, SettingError
from goswitch.model.layout import OWN
from goswitch.sdk.leftovers import clear_leftovers, staging_name
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing, empty_directory, remove_tree, require_programs_run, sync_file_system
from goswitch.system.loading import needed_later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform
    from goswitch.model.version import Version
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Source, Staged


class Prepared(NamedTuple):
    """A staged tree, and where it came from."""

    tree: Path
    source: str
    staged: Staged


@contextmanager
def prepared(
    version: Version,
    *,
    layout: Layout,
    platform: Platform,
    sources: Sequence[Source],
    reporter: Reporter,
    clock: Callable[[], float],
) -> Iterator[Prepared]:
    """Give a whole SDK in the staging folder, without the marker; what is still there at the end is deleted.

    Raise NoSuchVersion, NetworkError, ProofError, DiskError, SettingError.
    """
    needed_later("goswitch.sdk.digests", "goswitch.sdk.receipt", "goswitch.sdk.tree", "ctypes")
    with _staging(layout, version) as tree:
        source, staged = _stage(version, tree, sources, reporter)
        from goswitch.sdk.digests import write_digests  # noqa: PLC0415 - these three were loaded while bytes arrived
        from goswitch.sdk.receipt import write_receipt  # noqa: PLC0415
        from goswitch.sdk.tree import check_tree  # noqa: PLC0415

        checkpoint("after-unpack")
        check_tree(tree, version, platform)
        with doing("create", tree / OWN):
            (tree / OWN).mkdir(mode=0o755)
        write_digests(tree, staged.digests)
        write_receipt(tree, version, platform, source.name, staged, now=clock())
        checkpoint("before-sync")
        sync_file_system(tree)
        checkpoint("after-sync")
        yield Prepared(tree, source.name, staged)


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
    clear_leftovers(layout, version.name)
    place = layout.staging / staging_name(version.name)
    tree = place / version.name
    with doing("create", tree):
        tree.mkdir(parents=True)
        # Whatever the umask: what lies in an SDK is never for others to change.
        tree.chmod(tree.stat().st_mode & 0o755)
    try:
        require_programs_run(layout.sdk_root)
        yield tree
    finally:
        remove_tree(place)
