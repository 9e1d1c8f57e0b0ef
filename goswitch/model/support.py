"""Which series Go supports: the two newest that have a release (go.dev/doc/devel/release#policy)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from goswitch.model.version import Number, Version

_SUPPORTED = 2


def newest_patches(releases: Iterable[Version]) -> dict[tuple[Number, Number], Version]:
    """Return the newest of the releases in each series, by the key that orders series; no prereleases are expected."""
    newest: dict[tuple[Number, Number], Version] = {}
    for version in releases:
        known = newest.get(version.series_key)
        if known is None or known < version:
            newest[version.series_key] = version
    return newest


def supported_series(releases: Iterable[Version]) -> list[Version]:
    """Return the newest release of each supported series, as the known releases have it; of one series only, none."""
    newest = newest_patches(releases)
    keys = sorted(newest, reverse=True)[:_SUPPORTED]
    return [newest[key] for key in keys] if len(keys) == _SUPPORTED else []
