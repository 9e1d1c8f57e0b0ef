"""Go's own settings files as text: the user's `go/env`, which `go env -w` writes, and the `go.env` of an SDK.

The rule is `readEnvFile` of `cmd/go/internal/cfg/cfg.go`: a line counts if it begins with a capital letter and has `=`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WORD = re.compile(r"""'([^']*)'|"([^"]*)"|(\S+)""")


class Line(NamedTuple):
    """The value of a setting and its line, counted from 1."""

    value: str
    line: int


def read_go_env(text: str, *, is_sdk: bool = False) -> dict[str, Line]:
    """Return the settings of a file by name. The last line of a name holds, in an SDK's go.env (`is_sdk`) the first."""
    found: dict[str, Line] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        name, equals, value = line.partition("=")
        if equals and "A" <= name[:1] <= "Z" and not (is_sdk and name in found):
            found[name] = Line(value, number)
    return found


def split_flags(text: str) -> list[str]:
    """Return the words of GOFLAGS (`cmd/internal/quoted.Split`): a word that begins with a quote ends with it."""
    return [found[1] or found[2] or found[3] for found in _WORD.finditer(text)]
