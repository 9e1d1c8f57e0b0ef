"""GOCACHE and GOMODCACHE: is there room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cache_folders import cache_folders
from goswitch.model.finding import Kind, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

FULL = Kind(
    "cache-nearly-full",
    Severity.WARNING,
    title="the disk of Go's caches is nearly full",
    cause="the caches grow with each version and project; Go trims the build cache after days, the module cache never",
    message="builds stop in the middle: `no space left on device`",
    cure="go clean -cache",
)

_BYTES = 256 << 20
"""A build of a large project needs about that much beside what is cached."""
_FILES = 5_000
_MEGABYTE = 1 << 20
_CLEAN = {"GOCACHE": "go clean -cache", "GOMODCACHE": "go clean -modcache"}


@check(FULL)
def room(facts: Facts) -> Iterator[Finding]:
    """Ask the file systems for what is left for us; each is named once."""
    told: set[int] = set()
    for cache in facts.ask(cache_folders):
        if cache.device is None or cache.device in told:
            continue
        few_files = cache.free_files is not None and cache.free_files < _FILES
        if cache.free_bytes < _BYTES or few_files:
            told.add(cache.device)
            left = f"{cache.free_bytes // _MEGABYTE} MB" if cache.free_bytes < _BYTES else f"{cache.free_files} files"
            yield FULL.found(
                f"{left} left where {cache.name} is: {cache.path}", cure=_CLEAN[cache.name], place=Place(cache.path)
            )
