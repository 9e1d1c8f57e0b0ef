"""Small tables of Go's own source, as an SDK carries them: functions that only switch over their arguments.

`platform.BuildModeSupported` and `cfg.DefaultCC` are such functions. They change from release to release, and each SDK
brings its own, so nothing here has to be kept up to date.
"""

from __future__ import annotations

import re

Value = str | bool

_TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|`[^`]*`|[A-Za-z_]\w*|[0-9]+|:=|==|!=|&&|\|\||\s+|.", re.DOTALL
)


class NotUnderstood(ValueError):
    """The function is not there, or does more than switch."""


def call(source: str, function: str, arguments: dict[str, Value]) -> Value:
    """Carry a function of a Go file out and return its result; NotUnderstood for anything but switches and returns."""
    tokens = [token for token in _TOKEN.findall(source) if not token.isspace() and token[:2] not in {"//", "/*"}]
    for place in range(len(tokens) - 1):
        if tokens[place] == "func" and tokens[place + 1] == function:
            body = tokens.index("{", place)
            result = _Function(tokens, dict(arguments)).block(body)
            if result is None:
                break
            return result
    raise NotUnderstood(function)


class _Function:
    """One call. Methods take the place of a token; `_at` is where the last expression ended."""

    def __init__(self, tokens: list[str], values: dict[str, Value]) -> None:
        self._tokens = tokens
        self._values = values
        self._at = 0

    def block(self, place: int) -> Value | None:
        """Carry out the block that begins with the `{` at `place`; return what it returns, None if it runs through."""
        end = self._closing(place)
        return self._statements(place + 1, end)

    def _statements(self, place: int, end: int) -> Value | None:
        while place < end:
            word = self._tokens[place]
            if word == "return":
                return self._expression(place + 1)
            if word == "switch":
                result, place = self._switch(place)
            elif word == "if":
                result, place = self._if(place)
            elif self._tokens[place + 1] == ":=":
                self._values[word] = self._expression(place + 2)
                result, place = None, self._at
            elif word == ";":
                result, place = None, place + 1
            else:
                raise NotUnderstood(word)
            if result is not None:
                return result
        return None

    def _if(self, place: int) -> tuple[Value | None, int]:
        if self._tokens[place + 1] == "_":
            # `if _, ok := distInfo[OSArch{goos, goarch}]; !ok {`: whoever asks here has looked the platform up.
            opening = self._tokens.index("{", self._tokens.index(";", place))
            return None, self._closing(opening) + 1
        opening = self._tokens.index("{", place)
        holds = self._expression(place + 1)
        return (self.block(opening) if holds else None), self._closing(opening) + 1

    def _switch(self, place: int) -> tuple[Value | None, int]:
        opening = self._tokens.index("{", place)
        subject = self._expression(place + 1) if opening > place + 1 else True
        end = self._closing(opening)
        default: int | None = None
        place = opening + 1
        while place < end:
            if self._tokens[place] == "default":
                default, place = place + 2, self._next_case(place + 1, end)
                continue
            if self._tokens[place] != "case":
                raise NotUnderstood(self._tokens[place])
            self._at = place
            matches = False
            while self._tokens[self._at] != ":":
                matches |= self._expression(self._at + 1) == subject
            following = self._next_case(self._at, end)
            if matches:
                return self._statements(self._at + 1, following), end + 1
            place = following
        return (self._statements(default, self._next_case(default, end)) if default is not None else None), end + 1

    def _next_case(self, place: int, end: int) -> int:
        while place < end and self._tokens[place] not in {"case", "default"}:
            place = self._closing(place) + 1 if self._tokens[place] == "{" else place + 1
        return place

    def _closing(self, place: int) -> int:
        depth = 0
        for at in range(place, len(self._tokens)):
            depth += {"{": 1, "}": -1}.get(self._tokens[at], 0)
            if not depth:
                return at
        raise NotUnderstood("{")

    def _expression(self, place: int) -> Value:
        """Evaluate `a || b`, `a && b`, `a == b`, `a + b`, `!a`, brackets, names and literals, all as Go binds them."""
        return self._binary(place, 0)

    _BINDING = (("||",), ("&&",), ("==", "!="), ("+",))

    def _binary(self, place: int, level: int) -> Value:
        if level == len(self._BINDING):
            return self._atom(place)
        left = self._binary(place, level + 1)
        while self._tokens[self._at] in self._BINDING[level]:
            sign = self._tokens[self._at]
            right = self._binary(self._at + 1, level + 1)
            left = _apply(sign, left, right)
        return left

    def _atom(self, place: int) -> Value:
        word = self._tokens[place]
        self._at = place + 1
        if word == "!":
            return not self._atom(place + 1)
        if word == "(":
            value = self._expression(place + 1)
            self._at += 1
            return value
        if word[0] in '"`':
            return word[1:-1]
        if word in {"true", "false"}:
            return word == "true"
        if word not in self._values:
            raise NotUnderstood(word)
        return self._values[word]


def _apply(sign: str, left: Value, right: Value) -> Value:
    match sign:
        case "||":
            return bool(left) or bool(right)
        case "&&":
            return bool(left) and bool(right)
        case "==":
            return left == right
        case "!=":
            return left != right
        case _:
            return f"{left}{right}"
