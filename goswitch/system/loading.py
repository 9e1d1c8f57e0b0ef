"""Modules that are needed later: loaded while bytes arrive, when this process has nothing better to do.

What is imported before the first byte is asked for is waited for, and so is what is imported after the last one. A
download is one thing a process does, so this is one list for the whole process.
"""

from __future__ import annotations

import importlib

_later: list[str] = []


def needed_later(*modules: str) -> None:
    """Note modules by their names: they will be needed once a download is there."""
    _later.extend(modules)


def load() -> None:
    """Import what was noted: a download has begun."""
    while _later:
        importlib.import_module(_later.pop())
