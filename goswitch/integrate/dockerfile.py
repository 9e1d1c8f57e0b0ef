"""Dockerfiles: which Go their images and downloads bring.

A reader of our own, as Docker reads: escape directive, continued lines with comments between, here-documents, ARG and
ENV with their defaults (docs.docker.com/reference/dockerfile). The libraries for it know none of the last three.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goswitch.integrate.images import go_image
from goswitch.integrate.mention import Mention, asked_by, exactly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DIRECTIVE = re.compile(r"#\s*(\w+)\s*=\s*(\S+)\s*$")
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\1")
_VARIABLE = re.compile(r"\\?\$(?:(?P<name>\w+)|\{(?P<braced>\w+)(?P<operator>:?[-+])?(?P<word>[^}]*)\})")
_ARCHIVE = re.compile(r"\bgo(\d+\.\d+(?:\.\d+|(?:rc|beta)\d+)?)\.(?:linux|darwin|freebsd|windows)-", re.ASCII)


@dataclass(frozen=True)
class Instruction:
    """One instruction: its name in capitals, what follows, its first line."""

    name: str
    rest: str
    line: int


@dataclass
class _Build:
    """What is known while a Dockerfile is read."""

    given: Mapping[str, str]
    before_from: dict[str, str] = field(default_factory=dict)
    here: dict[str, str] = field(default_factory=dict)
    stages: set[str] = field(default_factory=set)
    in_stage: bool = False


def mentions(text: str, arguments: Mapping[str, str] | None = None) -> list[Mention]:
    """Return what a Dockerfile says about Go. `arguments` are build arguments, which beat the defaults of ARG."""
    build = _Build(arguments or {})
    found: list[Mention] = []
    for instruction in instructions(text):
        found += _mentions_of(instruction, build)
    return found


def instructions(text: str) -> Iterator[Instruction]:
    """Yield the instructions of a Dockerfile; here-documents are left out."""
    lines = text.removeprefix("\ufeff").splitlines()
    escape = _escape(lines)
    rows = iter(enumerate(lines, start=1))
    parts: list[str] = []
    first = 0
    for number, raw in rows:
        line = raw.strip()
        if not line or line.startswith("#"):
            continue  # between continued lines, too
        first = first if parts else number
        parts.append(line.removesuffix(escape).rstrip())
        if line.endswith(escape):
            continue
        instruction = _instruction(parts, first)
        yield instruction
        for end in _heredocs(instruction):
            for _, body in rows:
                if body.strip("\t") == end:
                    break
        parts = []
    if parts:
        yield _instruction(parts, first)


def _instruction(parts: list[str], line: int) -> Instruction:
    name, _, rest = " ".join(part for part in parts if part).partition(" ")
    return Instruction(name.upper(), rest.strip(), line)


def _heredocs(instruction: Instruction) -> list[str]:
    if instruction.name not in {"RUN", "COPY", "ADD"}:
        return []
    return [match[2] for match in _HEREDOC.finditer(instruction.rest)]


def expand(text: str, values: Mapping[str, str]) -> str | None:
    """Return text with its variables put in, or None where one has no value (`${X:-default}` is known)."""
    unknown = False

    def put(match: re.Match[str]) -> str:
        nonlocal unknown
        if match.group().startswith("\\"):
            return match.group()[1:]
        name, operator, word = match["name"] or match["braced"], match["operator"], match["word"] or ""
        value = values.get(name)
        is_set = bool(value) if operator and operator.startswith(":") else value is not None
        if operator and operator.endswith("+"):
            return word if is_set else ""
        if is_set and (operator or not word):
            return value or ""
        if operator:
            return expand(word, values) or ""
        unknown = True
        return ""

    result = _VARIABLE.sub(put, text)
    return None if unknown else result


def _escape(lines: list[str]) -> str:
    for line in lines:
        match = _DIRECTIVE.match(line)
        if match is None:
            break
        if match[1].lower() == "escape" and match[2] in {"\\", "`"}:
            return match[2]
    return "\\"


def _mentions_of(instruction: Instruction, build: _Build) -> Iterator[Mention]:
    match instruction.name:
        case "ARG":
            _declare(instruction.rest, build)
        case "ENV":
            values = _pairs(instruction.rest)
            build.here |= {name: expand(value, build.here) or "" for name, value in values.items()}
            if "GOTOOLCHAIN" in values and values["GOTOOLCHAIN"].startswith("go1"):
                value = values["GOTOOLCHAIN"]
                yield Mention(instruction.line, f"GOTOOLCHAIN={value}", asked_by(value.partition("+")[0]))
        case "FROM":
            yield from _stage(instruction, build)
        case "RUN" | "COPY" | "ADD":
            yield from _brought(instruction, build)
        case _:
            pass


def _declare(rest: str, build: _Build) -> None:
    for word in _words(rest):
        name, equals, default = word.partition("=")
        known = build.here if build.in_stage else build.before_from
        if name in build.given:
            known[name] = build.given[name]
        elif equals:
            known[name] = expand(default, known) or ""
        elif build.in_stage and name in build.before_from:
            known[name] = build.before_from[name]


def _stage(instruction: Instruction, build: _Build) -> Iterator[Mention]:
    words = [word for word in _words(instruction.rest) if not word.startswith("--")]
    build.in_stage, build.here = True, {}
    if not words:
        return
    image = expand(words[0], build.before_from)
    if image is None:
        if mention := go_image(words[0].partition("$")[0].rstrip(":"), instruction.line):
            yield Mention(mention.line, words[0], None)
    elif image.lower() not in build.stages and (mention := go_image(image, instruction.line)):
        yield mention
    if len(words) == 3 and words[1].lower() == "as":  # noqa: PLR2004 - image AS name
        build.stages.add(words[2].lower())


def _brought(instruction: Instruction, build: _Build) -> Iterator[Mention]:
    """Yield what COPY --from brings, and what archives of Go are fetched."""
    for word in re.findall(r"--from=(\S+)", instruction.rest):
        image = expand(word, {**build.before_from, **build.here})
        if image is not None and image.lower() not in build.stages and (mention := go_image(image, instruction.line)):
            yield mention
    rest = _VARIABLE.sub(
        lambda match: build.here.get(match["name"] or match["braced"], match.group()), instruction.rest
    )
    for version in dict.fromkeys(_ARCHIVE.findall(rest)):
        yield Mention(instruction.line, f"go{version} archive", exactly(version))


def _pairs(rest: str) -> dict[str, str]:
    words = _words(rest)
    if words and "=" not in words[0]:
        return {words[0]: " ".join(words[1:])}
    return dict(word.partition("=")[::2] for word in words if "=" in word)


def _words(rest: str) -> list[str]:
    try:
        return shlex.split(rest)
    except ValueError:
        return rest.split()
