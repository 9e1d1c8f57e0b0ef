"""GitHub Actions: which Go setup-go and containers bring, in workflows and composite actions.

`go-version` as setup-go reads it; `${{ matrix.X }}` and `${{ env.X }}` are followed within the file.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from goswitch.integrate.images import go_image
from goswitch.integrate.mention import Mention, asked_by, scalar_mention
from goswitch.model.marked import NOTHING, Marked
from goswitch.system.yaml_marks import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETUP_GO = re.compile(r"actions/setup-go@.*", re.IGNORECASE)
_EXPRESSION = re.compile(r"\$\{\{\s*(matrix|env)\.([\w-]+)\s*\}\}")


def mentions(text: str) -> list[Mention]:
    """Return what a workflow or an action.yml says about Go; raise Unreadable."""
    found: list[Mention] = []
    for document in read_yaml(text):
        for job in document.at("jobs").items.values():
            matrix = job.at("strategy", "matrix")
            env = (job.at("env"), document.at("env"))
            found += _container(job, matrix, env)
            for step in job.at("steps").each:
                found += _step(step, matrix, (step.at("env"), *env))
        for step in document.at("runs", "steps").each:
            found += _step(step, NOTHING, (step.at("env"),))
    return found


def version_files(text: str) -> list[Marked]:
    """Return the `go-version-file` of each setup-go step that has no `go-version`; raise Unreadable."""
    found: list[Marked] = []
    for document in read_yaml(text):
        jobs = [*document.at("jobs").items.values(), document.at("runs")]
        for step in (step for job in jobs for step in job.at("steps").each):
            file = step.at("with", "go-version-file")
            if _SETUP_GO.fullmatch(step.at("uses").text) and file.text and not step.at("with", "go-version").text:
                found.append(file)
    return found


def _container(job: Marked, matrix: Marked, env: tuple[Marked, ...]) -> Iterator[Mention]:
    container = job.at("container")
    image = container if container.text else container.at("image")
    if not _EXPRESSION.search(image.text):
        if mention := go_image(image.text, image.line):
            yield mention
        return
    several = [
        mention
        for value in _values(image.text, matrix, env)
        if (mention := go_image(_put(value.text, image.text), value.line))
    ]
    yield from _one_of(several)


def _step(step: Marked, matrix: Marked, env: tuple[Marked, ...]) -> Iterator[Mention]:
    version = step.at("with", "go-version")
    if _SETUP_GO.fullmatch(step.at("uses").text) is None or not version.text:
        return
    if "${{" not in version.text:
        yield scalar_mention(version, "go-version")
        return
    found = [scalar_mention(value, "go-version") for value in _values(version.text, matrix, env)]
    if _EXPRESSION.fullmatch(version.text.strip()) is None:
        found = [
            replace(mention, asks=asked_by(_put(value.text, version.text)))
            for mention, value in zip(found, _values(version.text, matrix, env), strict=True)
        ]
    yield from _one_of(found)


def _put(value: str, text: str) -> str:
    return _EXPRESSION.sub(lambda _: value, text)


def _values(text: str, matrix: Marked, env: tuple[Marked, ...]) -> list[Marked]:
    """Return the values that the one variable in a text can have; none if the file does not say."""
    match = _EXPRESSION.search(text)
    if match is None:
        return []
    source, name = match.groups()
    if source == "env":
        return next(([scope.at(name)] for scope in env if scope.at(name).text), [])
    included = [entry.at(name) for entry in matrix.at("include").each if entry.at(name).text]
    return [value for value in (*matrix.at(name).scalars(), *included) if value.text]


def _one_of(several: list[Mention]) -> Iterator[Mention]:
    """Yield mentions of which each runs, as one that has choices; numbers that shrink stay themselves."""
    yield from (mention for mention in several if mention.shrinks)
    rest = [mention for mention in several if not mention.shrinks]
    if len(rest) == 1:
        yield rest[0]
    elif rest:
        choices = tuple(mention.asks for mention in rest if mention.asks is not None)
        name = rest[0].what.partition(":")[0]
        words = ", ".join(dict.fromkeys(mention.what.partition(":")[2].strip() for mention in rest))
        asks = choices[0] if len(choices) == len(rest) else None
        yield Mention(rest[0].line, f"{name}: {words}", asks, choices)
