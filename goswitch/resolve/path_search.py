"""`system`: the first program of a name on PATH that is none of our shims. `shims/system.sh` searches the same way."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.model.layout import SHIMS_MARK
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Mapping

HOOK_BIN = "GOSWITCH_HOOK_BIN"


def find_on_path(tool: str, env: Mapping[str, str]) -> Path | None:
    """Return the first regular executable `tool` on PATH, passing over shims, the hook's entry and relative entries."""
    hook = Path(env[HOOK_BIN]) if env.get(HOOK_BIN) else None
    for entry in env.get("PATH", "").split(":"):
        if not entry.startswith("/"):
            continue
        folder = Path(entry)
        if folder == hook or (folder / SHIMS_MARK).is_file():
            continue
        program = folder / tool
        if look.is_program(program):
            return program
    return None
