"""Which pin binds a directory: GOSWITCH_VERSION, a `+REQUEST` argument, or the nearest pin file above.

A pin that is unreadable, empty or malformed is an error that names file and line: never skipped, never a fall-through
to a parent. `shims/pin.sh` takes the same steps and says the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import NotInstalled
from goswitch.model import pin as pin_model
from goswitch.model.request import Malformed, PinRequest, parse_pin
from goswitch.resolve.binding import Origin
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from goswitch.model.pin import PinWord

VARIABLE = "GOSWITCH_VERSION"

Note = Callable[[str, str], None]
"""Takes what was looked at and what was found there, for `current --explain`."""


@dataclass(frozen=True)
class PinFound:
    """A request and where it was written."""

    request: PinRequest
    origin: Origin


def ancestors(directory: Path) -> Iterator[Path]:
    """Yield a directory and all above it, up to the root, as its path is written."""
    yield directory
    yield from directory.parents


def find_pin(directory: Path, env: Mapping[str, str], note: Note) -> PinFound | None:
    """Return the pin that binds `directory`, or None; NotInstalled (126) for a pin that can't be used."""
    word = env.get(VARIABLE, "")
    if word:
        note(VARIABLE, word)
        return PinFound(_request(word, Origin(VARIABLE), f"export {VARIABLE}=1.22.4"), Origin(VARIABLE))
    note(VARIABLE, "not set")
    for place in ancestors(directory):
        path = place / pin_model.GO_VERSION
        if look.kind(path) is not look.Kind.ABSENT:
            return read_pin_file(path, note=note)
        path = place / pin_model.TOOL_VERSIONS
        if look.kind(path) is not look.Kind.ABSENT:
            found = pin_model.tool_versions_word(_bytes(path, _HELP))
            if found is not None:
                note(str(path), found.word or "names no version")
                return _found(path, found, _HELP)
            note(str(path), "has no golang line")
        note(str(place), f"no pin in {pin_model.GO_VERSION} or {pin_model.TOOL_VERSIONS}")
    return None


_HELP = "write one version in it: goswitch pin 1.22.4"


def read_pin_file(path: Path, *, note: Note, help_line: str = _HELP) -> PinFound:
    """Return the request that a file of `.go-version`'s form makes (the default's too)."""
    word = pin_model.go_version_word(_bytes(path, help_line))
    if word is None:
        raise NotInstalled(f"{path}: is empty", help=help_line)
    note(str(path), word.word)
    return _found(path, word, help_line)


def _bytes(path: Path, help_line: str) -> bytes:
    kind = look.kind(path)
    if kind is look.Kind.DIRECTORY or (kind is look.Kind.OTHER and path.exists()):
        raise NotInstalled(f"{path}: not a regular file", help=help_line)
    data = look.read_regular(path)
    if data is None:
        raise NotInstalled(f"{path}: cannot be read", help=help_line)
    return data


def _found(path: Path, word: PinWord, help_line: str) -> PinFound:
    origin = Origin(str(path), word.line)
    if not word.word:
        raise NotInstalled(f"{origin}: names no version", help=help_line)
    return PinFound(_request(word.word, origin, help_line), origin)


def _request(word: str, origin: Origin, help_line: str) -> PinRequest:
    try:
        return parse_pin(word)
    except Malformed as bad:
        what = (
            "not a Go version (it has characters that no version has)"
            if bad.characters
            else f'"{word}" is not a Go version'
        )
        raise NotInstalled(f"{origin}: {what}", help=help_line) from None
