"""How wide the screen is and whether it has colours; wrapping and colouring of lines for a person.

Colour only repeats what the words say: without it nothing is lost.
"""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

NARROWEST = 40
WIDEST = 120
_USUAL = 80

STYLES: dict[str, dict[str, object]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan"},
    "heading": {"bold": True},
    "good": {"fg": "green"},
    "dim": {"dim": True},
}


@dataclass(frozen=True)
class Screen:
    """Columns to write in, and whether colours are understood."""

    width: int = _USUAL
    colour: bool = False

    def style(self, text: str, name: str) -> str:
        """Return text in one of STYLES."""
        return click.style(text, **STYLES[name]) if self.colour else text  # type: ignore[arg-type] # click's own options

    def wrap(self, text: str, indent: str, *, first: str | None = None) -> list[str]:
        """Return text as lines of at most the screen's width; a longer word stays whole, to be copied."""
        lines = textwrap.wrap(
            text,
            self.width,
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return lines or [(indent if first is None else first).rstrip()]


def screen_of(stream: IO[str], env: Mapping[str, str]) -> Screen:
    """Return the screen behind a stream: COLUMNS, else the terminal's own width, else 80; NO_COLOR and TERM=dumb count.

    See no-color.org; as there, an empty NO_COLOR is none. FORCE_COLOR colours what is no terminal.
    """
    is_terminal = stream.isatty()
    columns = env.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        width = int(columns)
    else:
        width = os.get_terminal_size(stream.fileno()).columns if is_terminal else _USUAL
    plain = bool(env.get("NO_COLOR")) or env.get("TERM") == "dumb"
    colour = not plain and (is_terminal or bool(env.get("FORCE_COLOR")))
    return Screen(max(NARROWEST, min(width or _USUAL, WIDEST)), colour)
