"""Makefiles: which go their recipes start, as far as the text alone shows it. Nothing of them is run.

Variables are followed, `$(shell goswitch root)` and `$(shell cat .go-version)` are known, all else that make would have
to run is left unknown (GNU make manual, Setting Variables).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAMES = ("GNUmakefile", "makefile", "Makefile")
"""The files that make reads, the first that is there."""

_ASSIGNED = re.compile(r"^(?:export\s+|override\s+)*([A-Za-z_][A-Za-z0-9_]*)\s*(:{0,3}=|\?=|\+=)\s*(.*?)\s*(?:#.*)?$")
_REFERENCE = re.compile(r"\$[({]([A-Za-z_][A-Za-z0-9_]*)[)}]")
_SHELL = re.compile(r"\$[({]shell\s+([^()]*)[)}]")
_DEEPEST = 10


class Assigned(NamedTuple):
    """A variable's text and its line; `yields` is for `?=`, which leaves an inherited value."""

    text: str
    line: int
    yields: bool


def read_makefile(text: str) -> dict[str, Assigned]:
    """Return the variables that a Makefile sets at its top level, the last assignment of each. `+=` is left out."""
    found: dict[str, Assigned] = {}
    for number, line in _logical_lines(text):
        if line.startswith("\t"):
            continue
        match = _ASSIGNED.match(line.lstrip(" "))
        if match is None or match[2] == "+=":
            continue
        yields = match[2] == "?="
        if not (yields and match[1] in found):
            found[match[1]] = Assigned(match[3], number, yields)
    return found


def _logical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines with what continues them, each with the number of its first."""
    parts: list[str] = []
    first = 1
    for number, line in enumerate(text.split("\n"), start=1):
        first = first if parts else number
        parts.append(line.strip() if parts else line.rstrip())
        if not parts[-1].endswith("\\"):
            yield first, " ".join(part.removesuffix("\\").rstrip() for part in parts)
            parts = []


def value_of(
    name: str, assigned: Mapping[str, Assigned], env: Mapping[str, str], shell: Mapping[str, str], depth: int = 0
) -> str | None:
    """Return a variable's value, None where make would have to be asked.

    `shell` gives what commands print whose answers are known.
    """
    found = assigned.get(name)
    if found is None or (found.yields and name in env):
        return env.get(name)
    if depth > _DEEPEST:
        return None
    text = _SHELL.sub(lambda match: shell.get(" ".join(match[1].split()), match[0]), found.text)
    for inner in _REFERENCE.findall(text):
        value = value_of(inner, assigned, env, shell, depth + 1)
        if value is None:
            return None
        text = text.replace(f"$({inner})", value).replace(f"${{{inner}}}", value)
    return None if "$" in text else text
