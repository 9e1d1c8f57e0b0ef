"""Pin files: `.go-version`, and the `golang` or `go` line of `.tool-versions`.

The first word of the first line that is not blank or a `#` comment counts; CRLF, a BOM and a missing last newline are
accepted. Bytes in, words out: `shims/pin.sh` reads the same files by the same steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

GO_VERSION = ".go-version"
TOOL_VERSIONS = ".tool-versions"

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class PinWord:
    """The word that pins, and its line, counted from 1. An empty word is one that should be there and is not."""

    word: str
    line: int


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield each line's number and its words, split at blanks; one trailing CR goes with the line's end."""
    for number, line in enumerate(data.removeprefix(_BOM).split(b"\n"), start=1):
        words = [_word(word) for word in line.replace(b"\t", b" ").split(b" ") if word]
        yield number, words


def _word(word: bytes) -> str:
    return word.removesuffix(b"\r").decode("utf-8", "surrogateescape")


def go_version_word(data: bytes) -> PinWord | None:
    """Return the word that a `.go-version` file of these bytes pins; None if it has nothing but blanks and comments."""
    for number, words in _lines(data):
        if words and words[0] and not words[0].startswith("#"):
            return PinWord(words[0], number)
    return None


def tool_versions_word(data: bytes) -> PinWord | None:
    """Return the word that a `.tool-versions` file gives to golang or go; None if it has no such line.

    Its word is empty where the line names no version.
    """
    for number, words in _lines(data):
        if words and words[0] in {"golang", "go"}:
            word = words[1] if len(words) > 1 and not words[1].startswith("#") else ""
            return PinWord(word, number)
    return None
