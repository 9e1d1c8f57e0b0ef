"""Quoting of values for the dialects that we write: one function a dialect, no value trusted.

A rendered shim or hook holds paths of the user's: spaces, quotes, `$(x)` and any byte but NUL may stand in them.
"""

from __future__ import annotations


def quote_sh(value: str) -> str:
    """Return `value` as one word of sh, bash or zsh: in single quotes, where nothing is special but their end."""
    return "'" + value.replace("'", "'\\''") + "'"


def quote_fish(value: str) -> str:
    r"""Return `value` as one word of fish: its single quotes know `\\` and `\'`, so both are escaped."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
