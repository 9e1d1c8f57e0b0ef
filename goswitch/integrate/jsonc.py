"""JSON with comments and trailing commas, as VS Code and devcontainers write it, with the line of each key.

jsonyx reads it (its home is here); it keeps no positions, so keys are found a second time in the text.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import jsonyx
import jsonyx.allow

_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|//[^\n]*|/\*.*?\*/|[{}\[\]]', re.DOTALL)
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_COLON = re.compile(r"(?:\s|//[^\n]*\n|/\*.*?\*/)*:", re.DOTALL)


class NotJsonc(ValueError):
    """The text is no JSON with comments: `line` says where, counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class Document:
    """A value and where its keys stand: their path from the top, list items left out, to the line."""

    value: Any
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def get(self, *path: str) -> Any:  # noqa: ANN401 - whatever stands there
        """Return the value at a path of keys, or None."""
        value = self.value
        for key in path:
            if not isinstance(value, dict) or key not in value:
                return None
            value = value[key]
        return value

    def line(self, *path: str) -> int:
        """Return the line of a key, 0 if it is not there. Of a key that stands twice, the last counts, as its value."""
        return self.lines.get(path, 0)


def read_jsonc(text: str) -> Document:
    """Read a document; one without a value is an empty object, as VS Code has it. NotJsonc for what is none."""
    text = text.removeprefix("\ufeff")
    if not _COMMENT.sub("", text).strip():
        return Document({})
    try:
        value = jsonyx.loads(text, allow=jsonyx.allow.COMMENTS | jsonyx.allow.TRAILING_COMMA)
    except jsonyx.JSONSyntaxError as error:
        raise NotJsonc(str(error.msg), error.lineno or 1) from None
    return Document(value, _lines_of_keys(text))


def _lines_of_keys(text: str) -> dict[tuple[str, ...], int]:
    lines: dict[tuple[str, ...], int] = {}
    open_paths: list[tuple[str, ...]] = [()]
    key: tuple[str, ...] | None = None
    for token in _TOKEN.finditer(text):
        match token.group()[0]:
            case "{" | "[":
                open_paths.append(open_paths[-1] if key is None else key)
                key = None
            case "}" | "]":
                open_paths.pop()
                key = None
            case '"' if _COLON.match(text, token.end()):
                key = (*open_paths[-1], json.loads(token.group(), strict=False))
                lines[key] = text.count("\n", 0, token.start()) + 1
    return lines
