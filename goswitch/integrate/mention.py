"""What a file of another tool says about Go: a version word with its line. The readers beside give lists of these."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.model.request import Alias, Exact, Range, Series
from goswitch.model.version import Version

if TYPE_CHECKING:
    from goswitch.model.marked import Marked
    from goswitch.model.request import Remote

_NEWEST = frozenset({"stable", "latest", "1", "1.x", "*", "x", "^1", "~1"})
_PLAIN = re.compile(r"(?:go|v)?(\d+\.\d+(?:\.\d+|(?:rc|beta|alpha)\d+)?)", re.ASCII)
_SERIES = re.compile(r"(\d+\.\d+)(?:\.[xX*])?|~\s*(\d+\.\d+)(?:\.\d+)?", re.ASCII)
_CARET = re.compile(r"\^\s*(\d+)\.(\d+)(?:\.(\d+))?", re.ASCII)
_BOUNDS = re.compile(r"(?:[<>]=?|=)\s*\d+(?:\.\d+){0,2}(?:[\s,]+(?:[<>]=?|=)\s*\d+(?:\.\d+){0,2})*", re.ASCII)
_NUMBER_THAT_SHRINKS = re.compile(r"\d+\.\d*0", re.ASCII)


@dataclass(frozen=True)
class Mention:
    """One place that says which Go runs there.

    `what` is the setting as it stands there (`golang:1.22.4-alpine`, `go-version: 1.22.x`). `asks` is what it asks for,
    None where that can't be known from the file alone: a variable, a nightly build. `choices` is for a matrix, which
    means several. `shrinks` tells of a number without quotes that YAML shortens: 1.20 is 1.2 there.
    """

    line: int
    what: str
    asks: Remote | None
    choices: tuple[Remote, ...] = ()
    shrinks: bool = False


def asked_by(word: str) -> Remote | None:
    """Return what a version word of a CI file or a version manager asks for (semver ranges too); None if unknown."""
    word = word.strip()
    if word in _NEWEST:
        return Alias("stable")
    if word == "oldstable":
        return Alias(word)
    if match := _SERIES.fullmatch(word):
        return Series(match[1] or match[2])
    if match := _PLAIN.fullmatch(word):
        return exactly(match[1])
    return _range(word)


def _range(word: str) -> Range | None:
    if match := _CARET.fullmatch(word):
        return Range(f">={match[1]}.{match[2]}.{match[3] or 0},<{int(match[1]) + 1}")
    if _BOUNDS.fullmatch(word):
        bounds = re.findall(r"([<>=]+)\s*([\d.]+)", word)
        return Range(",".join(f"{'==' if sign == '=' else sign}{version}" for sign, version in bounds))
    return None


def exactly(text: str) -> Remote:
    """Return what a version without `go` asks for where no patch means the newest one."""
    return Series(text) if re.fullmatch(r"\d+\.\d+", text, re.ASCII) else Exact(Version(text).released)


def scalar_mention(entry: Marked, name: str) -> Mention:
    """Return the mention that a scalar of YAML makes, behind the setting `name`."""
    shrinks = entry.plain and _NUMBER_THAT_SHRINKS.fullmatch(entry.text) is not None
    return Mention(entry.line, f"{name}: {entry.text}", asked_by(entry.text), shrinks=shrinks)
