"""Releases that are no longer supported, and series of which a newer patch is known. From the kept list alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.checks.sdks.parts import listed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Kind, Severity
from goswitch.model.support import newest_patches, supported_series
from goswitch.sdk.sources.kept_list import kept_versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

ENDED = Kind(
    "release-end-of-life",
    Severity.NOTE,
    title="An SDK is of a series that is no longer supported",
    cause="Go supports the two newest series; a release ends with the second series after it",
    message="its security holes stay open; gopls and other tools stop working with it",
    cure="goswitch install stable",
)
NEWER = Kind(
    "newer-patch-known",
    Severity.NOTE,
    title="A newer patch of an SDK's series is known",
    cause="a patch was released since it was installed; patches hold security fixes and nothing new",
    message="what they fix is open in this one, and `govulncheck` says so",
    cure="goswitch install 1.22",
)


@check(ENDED, NEWER)
def support(facts: Facts) -> Iterator[Finding]:
    """Compare what is installed with the list that was kept at the last look; without one, say nothing."""
    known = [version for version in kept_versions(facts.layout) if not version.is_prerelease]
    supported = supported_series(known)
    if not supported:
        return
    oldest, newest = min(supported), max(supported)
    patches = newest_patches(known)
    mine = [(it.sdk.version, it.name) for it in facts.ask(sdks) if it.runs and it.sdk.version is not None]
    ended = [name for version, name in mine if version.series_key < oldest.series_key]
    if ended:
        yield ENDED.found(
            f"no longer supported: {listed(ended)}; Go supports {oldest.series} and {newest.series}",
            cure="goswitch install stable oldstable",
        )
    for version, name in mine:
        patch = patches.get(version.series_key)
        has_newest = any(other == patch for other, _ in mine)
        if patch is not None and version < patch and not has_newest and version.series_key >= oldest.series_key:
            yield NEWER.found(f"{name} has a newer patch, {patch.name}", cure=f"goswitch install {patch.text}")
