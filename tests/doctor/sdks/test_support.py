"""Releases past their end of life and newer patches, by the kept list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdks import host

from goswitch.doctor.checks.sdks.support import support
from goswitch.model.support import supported_series
from goswitch.model.version import Version
from goswitch.sdk.sources.kept_list import KeptList

if TYPE_CHECKING:
    from sighted import Looker

KNOWN = ("1.27rc1", "1.26.8", "1.26.0", "1.25.9", "1.25.5", "1.24.11", "1.22.12", "1.22.4")


def keep(looker: Looker, *versions: str) -> None:
    KeptList(looker.layout, "official", host()).keep(Version.parse(text) for text in versions)


def test_the_two_newest_series_are_supported_and_prereleases_are_no_series() -> None:
    releases = [Version.parse(text) for text in KNOWN[1:]]
    assert [version.text for version in supported_series(releases)] == ["1.26.8", "1.25.9"]
    assert supported_series(releases[:2]) == []


def test_ended_releases_are_one_finding_and_newer_patches_one_each(looker: Looker) -> None:
    keep(looker, *KNOWN)
    looker.box.sdk("go1.26.8", "go1.25.5", "go1.24.11", "go1.22.4")
    ended, newer = looker.find(support)
    assert (ended.id, ended.fact) == (
        "release-end-of-life",
        "no longer supported: go1.24.11, go1.22.4; Go supports 1.25 and 1.26",
    )
    assert (newer.id, newer.fact, newer.cure) == (
        "newer-patch-known",
        "go1.25.5 has a newer patch, go1.25.9",
        ("goswitch install 1.25.9",),
    )


def test_silence_with_the_newest(looker: Looker) -> None:
    keep(looker, *KNOWN)
    looker.box.sdk("go1.26.8", "go1.25.9", "go1.25.5", "go1.27rc1")
    assert looker.find(support) == []


def test_silence_without_a_list_and_with_one_of_a_single_series(looker: Looker) -> None:
    looker.box.sdk("go1.5.4")
    assert looker.find(support) == []
    keep(looker, "1.26.8")
    assert looker.find(support) == []
