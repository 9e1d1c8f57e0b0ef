"""Rendering of shell files: shared parts are put in, bare `__TOKENS__` are filled, comments are left out.

The files in `shims/` are valid shell as they stand, so linters read them. A line `. ./pin.sh` in one of them means the
text of that part; a word `__TOOL__` means a value, which is quoted here for the dialect. Comments are for readers of
the source: sh reads a shim from the top at every call, so each byte before the `exec` costs time.
`hatch_build.py` loads this module before goswitch is installed: it needs nothing but the standard library.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.shell.quoting import quote_fish, quote_sh

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_INCLUDE = re.compile(r"^[ \t]*\. \./([a-z]+\.(?:sh|fish))$", re.MULTILINE)
_TOKEN = re.compile(r"__([A-Z]+(?:_[A-Z]+)*)__")
_REMARK = re.compile(r"^[ \t]*(?:#.*)?\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)

BYTES = {
    "BLANK": " \t",
    "BOM": "\ufeff",
    "CR": "\r",
    "ODD": "\r\v\f",
    "SPACE": " \t\r\v\f",
}
"""Tokens for bytes that a text file can't show; filled wherever they stand."""


def render(folder: Path, name: str, values: Mapping[str, str]) -> bytes:
    """Return the file `name` of `folder` with its parts put in and its tokens filled; lines end in LF.

    `values` maps tokens without their underscores to unquoted values. ValueError for a token without a value or a
    value without a token: both are mistakes of ours.
    """
    text = _INCLUDE.sub(lambda match: _part(folder, match.group(1)), _read(folder / name))
    head, body = _split_head(text)
    quote = quote_fish if name.endswith(".fish") else quote_sh
    body = _INDENT.sub("", _REMARK.sub("", body))
    used: set[str] = set()
    filled = _TOKEN.sub(_filler(values, quote, used), body)
    head = _TOKEN.sub(_filler(values, str, used), head)
    if unused := values.keys() - used:
        raise ValueError(f"{name} has no token for: {', '.join(sorted(unused))}")
    return (head + filled).encode("utf-8", "surrogateescape")


def _filler(values: Mapping[str, str], quote: Callable[[str], str], used: set[str]) -> Callable[[re.Match[str]], str]:
    def fill(match: re.Match[str]) -> str:
        token = match.group(1)
        if token in values:
            used.add(token)
            return quote(values[token])
        if token in BYTES:
            return quote(BYTES[token])
        raise ValueError(f"no value for the token {match.group()}")

    return fill


def _part(folder: Path, name: str) -> str:
    text = _read(folder / name)
    if _INCLUDE.search(text):
        raise ValueError(f"{name} is a part: it can't have parts of its own")
    return text


def _split_head(text: str) -> tuple[str, str]:
    """Split off the lines at the top that begin with `#`: the interpreter, and what the reader of a shim is told."""
    match = re.match(r"(?:#.*\n)*", text)
    head = match.group() if match else ""
    kept = [line for line in head.splitlines(keepends=True) if not line.startswith("# shellcheck")]
    return "".join(kept), text[len(head) :]


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
