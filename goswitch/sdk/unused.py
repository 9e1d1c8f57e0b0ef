"""What may go: releases that nothing is known to use, and that are not the newest of their series.

Only complete releases: links, gotip, incomplete and foreign trees are never up for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goswitch.sdk.inventory import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goswitch.model.version import Version
    from goswitch.sdk.inventory import Sdk


class Plan(NamedTuple):
    """The SDKs to remove, and the names of those that stay, each with the reason; both newest first."""

    remove: tuple[Sdk, ...]
    keep: Mapping[str, str]


def plan(sdks: Iterable[Sdk], used: Mapping[str, str]) -> Plan:
    """Return what may go of `sdks`; `used` has the names of those in use, each with the reason."""
    releases = [(sdk, sdk.version) for sdk in sdks if sdk.state is State.COMPLETE and sdk.version is not None]
    newest: dict[str, Version] = {}
    for _, version in releases:
        newest[version.series] = max(version, newest.get(version.series, version))
    keep = {}
    for sdk, version in releases:
        if sdk.name in used:
            keep[sdk.name] = used[sdk.name]
        elif newest[version.series] == version:
            keep[sdk.name] = f"the newest {version.series}"
    return Plan(tuple(sdk for sdk, _ in releases if sdk.name not in keep), keep)
