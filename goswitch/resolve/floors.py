"""Which floor holds in a directory: go.work by cmd/go's rules, else the nearest go.mod.

The search is that of `modload.FindGoWork` and `modload.FindGoMod` (cmd/go/internal/modload/init.go), which
`toolchain.Select` uses. `shims/floor.sh` takes the same steps.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.model.gomod import floor_of, scan
from goswitch.resolve.binding import FloorFound
from goswitch.resolve.pins import Note, ancestors
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Mapping

GO_WORK = "go.work"
GO_MOD = "go.mod"


def find_floor(directory: Path, env: Mapping[str, str], note: Note) -> FloorFound | None:
    """Return the floor that holds in `directory`, or None."""
    file = floor_file(directory, env, note)
    if file is None:
        return None
    data = look.read_regular(file)
    if data is None:
        note(str(file), "cannot be read: cmd/go says so itself")
        return None
    floor = floor_of(scan(data))
    if floor is None:
        note(str(file), "asks for no version")
        return None
    note(f"{file}:{floor.line}", f"asks for {floor} at least")
    return FloorFound(floor, file)


def floor_file(directory: Path, env: Mapping[str, str], note: Note) -> Path | None:
    """Return the go.work or go.mod that decides in `directory`, or None."""
    setting = env.get("GOWORK", "")
    work: Path | None = None
    if setting in {"", "auto"}:
        work = _nearest(directory, GO_WORK)
    elif setting == "off":
        note("GOWORK", "off")
    elif not setting.startswith("/"):
        note("GOWORK", f"{setting} is not an absolute path: cmd/go refuses it")
        return None
    elif Path(setting).exists() and look.kind(Path(setting)) is not look.Kind.DIRECTORY:
        work = Path(setting)
    if work is not None:
        return work
    module = _nearest(directory, GO_MOD)
    temporary = env.get("TMPDIR") or "/tmp"  # noqa: S108 - cmd/go's own exception, from os.TempDir
    if module is not None and str(module.parent) == (temporary.rstrip("/") or "/"):
        note(str(module), "passed over: cmd/go ignores a go.mod directly in the folder for temporary files")
        return None
    return module


def _nearest(directory: Path, name: str) -> Path | None:
    for place in ancestors(directory):
        path = place / name
        if look.kind(path) not in {look.Kind.ABSENT, look.Kind.DIRECTORY} and path.exists():
            return path
    return None
