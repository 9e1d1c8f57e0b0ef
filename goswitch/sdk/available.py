"""What can be installed: the sources' lists as one, and the newest that answers a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import GoswitchError, NetworkError, NoSuchVersion, SettingError
from goswitch.model.request import Alias, Exact, Range, Remote, Series, candidates, choose
from goswitch.model.version import Version
from goswitch.sdk.sources.kept_list import kept_versions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goswitch.model.layout import Layout
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Source

_MOST_PATCHES = 60
_NEAR = 3


def available(sources: Sequence[Source], reporter: Reporter) -> list[Version]:
    """Return what the sources list, merged, newest first. One that can't be asked is named and left out.

    Raise its NetworkError or SettingError if no source answers.
    """
    found: set[Version] = set()
    problem: GoswitchError | None = None
    answered = False
    for source in sources:
        try:
            found |= set(source.versions())
            answered = True
        except (NetworkError, SettingError) as error:
            problem = error
            if len(sources) > 1:
                reporter.note(f"the source {source.name} can't be used: {error.message}")
    if not answered and problem is not None:
        raise problem
    return sorted(found, reverse=True)


def newest(request: Remote, sources: Sequence[Source], reporter: Reporter) -> Version:
    """Return the newest version that answers `request`, by the first source whose list can be had.

    A source whose list may be incomplete is asked for the next ones, too. Raise NoSuchVersion, NetworkError,
    SettingError.
    """
    if isinstance(request, Exact):
        return request.version.released
    problem: GoswitchError | None = None
    answered = False
    for index, source in enumerate(sources):
        try:
            listed = source.versions()
            found = choose(request, listed)
            if not source.lists_all:
                found = _beyond(request, found, listed, source)
        except (NetworkError, SettingError) as error:
            problem = error
            if index + 1 < len(sources):
                following = sources[index + 1].name
                reporter.note(f"the source {source.name} can't be used ({error.message}); trying {following}")
            continue
        answered = True
        if found is not None:
            return found
        if source.lists_all:
            break
    if problem is not None and not answered:
        raise problem
    raise NoSuchVersion(f"no release answers {request}", help="goswitch available")


def near(layout: Layout, request: Remote) -> list[str]:
    """Return a few versions near to one that does not exist, from the lists kept last; no network is used."""
    known = kept_versions(layout)
    match request:
        case Exact(version=wanted):
            same = [version for version in known if version.series == wanted.series]
            above = [version for version in reversed(same) if version > wanted]
            below = [version for version in same if version < wanted]
            chosen = (above[:1] + below)[:_NEAR] if same else _neighbours(known, wanted)
        case Series(series=series):
            chosen = _neighbours(known, Version.parse(series))
        case _:
            chosen = [version for version in known if not version.is_prerelease][:_NEAR]
    return [version.text for version in sorted(set(chosen), reverse=True)]


def _neighbours(known: list[Version], wanted: Version) -> list[Version]:
    """Return the newest release of the series just above and just below."""
    releases = [version for version in known if not version.is_prerelease]
    above = [version for version in releases if version.series_key > wanted.series_key]
    below = [version for version in releases if version.series_key < wanted.series_key]
    next_series = [version for version in above if version.series_key == above[-1].series_key] if above else []
    return next_series[:1] + below[:1]


def _beyond(request: Remote, found: Version | None, listed: list[Version], source: Source) -> Version | None:
    """Return the newest patch that the source has, listed or not, of what the request means."""
    match request:
        case Series(series=series):
            start = found if found is not None and not found.is_prerelease else None
            return _next_patches(Version.parse(series), start, source) or found
        case Alias(word="stable") if found is not None:
            major, minor = found.series.split(".")
            following = Version.parse(f"{major}.{int(minor) + 1}")
            return _next_patches(following, None, source) or _next_patches(Version.parse(found.series), found, source)
        case Alias() | Range() if found is not None:
            further = _next_patches(Version.parse(found.series), found, source)
            return further if further in candidates(request, [*listed, further or found]) else found
        case _:
            return found


def _next_patches(series: Version, start: Version | None, source: Source) -> Version | None:
    """Return the last of the patches after `start` (from the first, if None) that the source has without a gap."""
    best = start
    patch = int(start.key[2][1] or 0) + 1 if start is not None else 0
    for number in range(patch, patch + _MOST_PATCHES):
        version = Version.parse(f"{series.text}.{number}").released
        if not source.has(version):
            break
        best = version
    return best
