"""Requests: what somebody asks for, before it is known which SDK answers it.

One grammar serves pins, the default, `GOSWITCH_VERSION`, `go +REQUEST` and the command line; ranges are for the command
line alone (a pin has no `<`, `=` or `,`). Parsing happens once, at the edge; choosing is a pure function over versions.
The words of a pin are the same in `shims/pin.sh`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import UsageError
from goswitch.model.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 64
"""The longest request, in characters; no version and no sensible name is longer."""

_ALLOWED = re.compile(r"[0-9A-Za-z+_][0-9A-Za-z.+_-]*", re.ASCII)
_SERIES = re.compile(r"((?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*))(?:\.x)?", re.ASCII)
_RANGE = re.compile(r"[<>=!~]")


class Exact(NamedTuple):
    """One release or prerelease: `1.22.4`, `1.23rc1`."""

    version: Version

    def __str__(self) -> str:
        return self.version.released.text


class Series(NamedTuple):
    """The newest of one language version: `1.22`, `1.22.x`."""

    series: str

    def __str__(self) -> str:
        return self.series


class Alias(NamedTuple):
    """`stable` and `latest` (the newest release), `oldstable` (the newest release of the series before that)."""

    word: str

    def __str__(self) -> str:
        return self.word


class Range(NamedTuple):
    """A range over releases in `packaging`'s words: `>=1.21,<1.23`, `~=1.22.3`."""

    text: str

    def __str__(self) -> str:
        return self.text


class Linked(NamedTuple):
    """An SDK that `goswitch link` made known under a name."""

    name: str

    def __str__(self) -> str:
        return self.name


class System(NamedTuple):
    """`system`: the first go on PATH outside the shims."""

    word: str = "system"

    def __str__(self) -> str:
        return self.word


Remote = Exact | Series | Alias | Range
"""Requests that a source can answer."""

PinRequest = Exact | Series | Alias | Linked | System
Request = PinRequest | Range


class Malformed(ValueError):
    """A word that is no request. `characters` tells that it can't even be shown: it has characters that none has."""

    def __init__(self, word: str, *, characters: bool) -> None:
        super().__init__(word)
        self.word = word
        self.characters = characters


def has_allowed_characters(word: str) -> bool:
    """Tell whether a word may be a request or a name in a path: checked before any path is built from it."""
    return len(word) <= LONGEST and _ALLOWED.fullmatch(word) is not None


def parse_pin(word: str) -> PinRequest:
    """Return the request that one word of a pin makes; raise Malformed."""
    if not has_allowed_characters(word):
        raise Malformed(word, characters=True)
    if word == "system":
        return System()
    if word in {"stable", "latest", "oldstable"}:
        return Alias("stable" if word == "latest" else word)
    spelled = word.removeprefix("go") if word.startswith("go") else word.removeprefix("v")
    if series := _SERIES.fullmatch(spelled):
        return Series(series.group(1))
    if "." in spelled:
        try:
            return Exact(Version.parse(spelled).released)
        except ValueError:
            pass
    if word[0] in "0123456789":
        raise Malformed(word, characters=False)
    return Linked(word)


def parse_request(text: str) -> Request:
    """Return the request that a word on the command line makes, ranges too; raise UsageError with examples."""
    text = text.strip()
    if re.fullmatch(r"~\d+\.\d+", text, re.ASCII):
        return Series(text[1:])
    if _RANGE.search(text):
        _specifiers(text)
        return Range(text)
    try:
        return parse_pin(text)
    except Malformed:
        raise UsageError(
            f"not a version: {text[:LONGEST]!r}",
            help="name one such as 1.22.4, 1.22, stable, '>=1.21,<1.23' or a linked SDK: goswitch list",
        ) from None


def choose(request: Remote, versions: Iterable[Version]) -> Version | None:
    """Return the newest of `versions` that answers `request`, or None."""
    matching = candidates(request, versions)
    return max(matching, default=None)


def candidates(request: Remote, versions: Iterable[Version]) -> list[Version]:
    """Return all of `versions` that answer `request`; for an alias the releases of its series."""
    known = list(versions)
    match request:
        case Exact(version=wanted):
            return [v for v in known if v == wanted]
        case Series(series=series):
            return [v for v in known if v.series == series]
        case Range(text=text):
            allowed = _specifiers(text)
            return [v for v in known if not v.is_prerelease and allowed(v)]
        case Alias(word=word):
            releases = [v for v in known if not v.is_prerelease]
            series_keys = sorted({v.series_key for v in releases}, reverse=True)
            place = 1 if word == "oldstable" else 0
            return [v for v in releases if series_keys[place : place + 1] == [v.series_key]]


class _Specifiers:
    """A parsed range. `packaging` serves it over releases, where its order and Go's agree."""

    def __init__(self, text: str) -> None:
        from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - only ranges need it

        text = re.sub(r"~(?=\d)", "~=", text)
        try:
            self._set = SpecifierSet(re.sub(r"(?<![\w.])(?:go|v)(?=\d)", "", text))
        except InvalidSpecifier:
            raise UsageError(
                f"not a range of versions: {text[:LONGEST]!r}", help="write it as '>=1.21,<1.23' or '~=1.22.3'"
            ) from None

    def __call__(self, version: Version) -> bool:
        return self._set.contains(version.text)


def _specifiers(text: str) -> _Specifiers:
    return _Specifiers(text)
