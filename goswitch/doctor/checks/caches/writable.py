"""GOCACHE and GOMODCACHE: may Go write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cache_folders import cache_folders
from goswitch.model.finding import Kind, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

UNWRITABLE = Kind(
    "cache-not-writable",
    Severity.ERROR,
    title="Go can't write to its build cache or module cache",
    cause="`sudo go build` left files of root's there, the disk is read-only, or a file stands in the folder's place",
    message=(
        "nothing builds: `failed to initialize build cache at …: mkdir …: permission denied`,"
        " or `go: could not create module cache: stat …: not a directory`"
    ),
    cure='sudo chown -R "$(id -u)" "$(go env GOCACHE)"',
)


@check(UNWRITABLE)
def writable(facts: Facts) -> Iterator[Finding]:
    """Ask the system whether we may write there, and to what is in the cache already."""
    for cache in facts.ask(cache_folders):
        if cache.obstacle:
            yield UNWRITABLE.found(
                f"{cache.name} can't be written: {cache.path}: {cache.obstacle}",
                cure=cache.cure,
                place=Place(cache.path),
            )
