"""mise.toml: which Go mise installs. `.tool-versions` is a pin of goswitch's own (`model/pin.py`)."""

from __future__ import annotations

import re
import tomllib

from goswitch.integrate.mention import Mention, asked_by
from goswitch.model.marked import Unreadable

FILES = (
    "mise.toml",
    ".mise.toml",
    "mise/config.toml",
    ".mise/config.toml",
    ".config/mise.toml",
    ".config/mise/config.toml",
)
"""Where mise looks in a project."""

_NAMES = ("go", "golang", "core:go")
_KEY = re.compile(r"""\s*(?:tools\.)?["']?(?:go|golang|core:go)["']?\s*=|\s*\[\s*tools\.["']?(?:go|golang)["']?\s*\]""")


def mentions(text: str) -> list[Mention]:
    """Return what a mise.toml says about Go; raise Unreadable."""
    try:
        tools = tomllib.loads(text).get("tools", {})
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise Unreadable(int(place[1]) if place is not None else 0, str(error)) from None
    line = next((number for number, row in enumerate(text.splitlines(), start=1) if _KEY.match(row)), 0)
    found: list[Mention] = []
    for name in _NAMES if isinstance(tools, dict) else ():
        entries = tools.get(name, [])
        for entry in entries if isinstance(entries, list) else [entries]:
            version = entry.get("version") if isinstance(entry, dict) else entry
            if isinstance(version, str):
                found.append(Mention(line, f'{name} = "{version}"', asked_by(version.removeprefix("prefix:"))))
    return found
