"""Go versions and their order.

Three nouns of Go's own: the *toolchain name* `go1.22.4`, its *version* `1.22.4`, its *language version* `1.22`.
The grammar and the order are those of `internal/gover/gover.go` and `cmd/go/internal/gover`, which differ from PEP 440
just where floors live: `1.21 < 1.21rc1 < 1.21.0`, but `1.20rc1 < 1.20 == 1.20.0`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, total_ordering

_NUMBER = r"(?:0|[1-9][0-9]*)"
_VERSION = re.compile(rf"({_NUMBER})(?:\.({_NUMBER})(?:\.({_NUMBER})|([a-z]+)({_NUMBER})?)?)?", re.ASCII)

Number = tuple[int, str]
"""A decimal number of any length without leading zeros, as its length and digits: ordered as by `gover.CmpInt`."""

Key = tuple[Number, Number, Number, str, Number]
"""What orders versions: major, minor, patch, kind, prerelease."""

_NONE: Number = (0, "")
_ZERO: Number = (1, "0")
_INVALID: Key = (_NONE, _NONE, _NONE, "", _NONE)

_FIRST_WITH_PATCH_ZERO: Number = (2, "21")
"""From Go 1.21 on the first release of a series has `.0`; a bare `1.N` is a language version, less than all of them."""


def _number(digits: str | None) -> Number:
    return _NONE if digits is None else (len(digits), digits)


def _key(text: str) -> Key:
    """Return what orders `text` as `gover.Compare` does; everything malformed is equal, and less than the rest."""
    match = _VERSION.fullmatch(text)
    if match is None:
        return _INVALID
    major, minor, patch, kind, pre = match.groups()
    if minor is None:
        return (_number(major), _ZERO, _ZERO, "", _NONE)
    if patch is not None:
        return (_number(major), _number(minor), _number(patch), "", _NONE)
    # A missing patch means .0 in the old numbering; from 1.21 on, and before any prerelease, it is less than that.
    missing = _ZERO if kind is None and _number(minor) < _FIRST_WITH_PATCH_ZERO else _NONE
    return (_number(major), _number(minor), missing, kind or "", _number(pre))


def is_valid(text: str) -> bool:
    """Tell whether `text` (without `go`) is a Go version, as `gover.IsValid`."""
    return _VERSION.fullmatch(text) is not None


def compare(a: str, b: str) -> int:
    """Compare two versions without `go`, as `gover.Compare`: -1, 0 or 1."""
    x, y = _key(a), _key(b)
    return (x > y) - (x < y)


def language(text: str) -> str:
    """Return the language version of a version, `1.22` of `1.22.4`; "" for what is no version (`gover.Lang`).

    That of Go 1 is `1`, as gover has it since Go 1.22.
    """
    match = _VERSION.fullmatch(text)
    if match is None:
        return ""
    major, minor = match.group(1), match.group(2)
    return major if minor is None or (major, minor) == ("1", "0") else f"{major}.{minor}"


def is_language(text: str) -> bool:
    """Tell whether `text` is a language version and no release (`gover.IsLang`): `1.21`, but not `1.20` and not `1`."""
    match = _VERSION.fullmatch(text)
    return match is not None and match.group(2) is not None and _key(text)[2:4] == (_NONE, "")


def from_toolchain(name: str) -> str:
    r"""Return the version of a toolchain name, or "" (`gover.FromToolchain`).

    What follows the first space, tab or `-` is a suffix of the builder's; names with `/` or `\` are none at all.
    """
    if "/" in name or "\\" in name:
        return ""
    match = re.match(r"go([^ \t-]*)", name)
    version = match.group(1) if match is not None else ""
    return version if is_valid(version) else ""


@total_ordering
@dataclass(frozen=True)
class Version:
    """A well-formed Go version. `text` is without `go`; two spellings of one release (`1.20`, `1.20.0`) are equal."""

    text: str

    @classmethod
    def parse(cls, text: str) -> Version:
        """Return the version that `text`, without `go`, spells; ValueError if it is none."""
        if not is_valid(text):
            raise ValueError(f"not a Go version: {text}")
        return cls(text)

    @classmethod
    def from_name(cls, name: str) -> Version:
        """Return the version of the plain toolchain name `go1.22.4`; ValueError for anything else, suffixes too."""
        if not name.startswith("go"):
            raise ValueError(f"not a toolchain name: {name}")
        return cls.parse(name[2:])

    @cached_property
    def key(self) -> Key:
        """What orders versions as `gover.Compare` does."""
        return _key(self.text)

    @property
    def released(self) -> Version:
        """The spelling under which Go releases it: `1.20.0` is released as `1.20`, `1.21.0` as itself."""
        _, minor, patch, *_ = self.key
        if patch == _ZERO and minor < _FIRST_WITH_PATCH_ZERO:
            return Version(language(self.text))
        return self

    @property
    def is_released_spelling(self) -> bool:
        """Whether a release can have just this spelling; a directory `go1.021` or `go1.21` is none of ours."""
        return self.released.text == self.text and "." in self.text and not self.is_language

    @property
    def name(self) -> str:
        """The toolchain name."""
        return f"go{self.text}"

    @property
    def series(self) -> str:
        """The language version, which names the series: `1.22`."""
        return language(self.text)

    @property
    def series_key(self) -> tuple[Number, Number]:
        """What orders series."""
        return self.key[:2]

    @property
    def is_prerelease(self) -> bool:
        """Whether it is a beta or release candidate."""
        return self.key[3] != ""

    @property
    def is_language(self) -> bool:
        """Whether it is a language version, which no SDK has."""
        return is_language(self.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.key == other.key

    def __lt__(self, other: Version) -> bool:
        return self.key < other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return self.text
