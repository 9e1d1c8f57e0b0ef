"""One row of doctor's table: who, which go, which GOROOT, which version, and what decided it. Values only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from goswitch.model.finding import Place


@dataclass(frozen=True)
class Row:
    """What somebody ends up with.

    `version` is a toolchain name, or what a file asks for where no SDK is named (`1.22.x`), "" where nothing tells it.
    `place` is the file and line that decided, `why` the same in words. `agrees` is False where it is another version
    than the one that is bound here.
    """

    who: str
    program: Path | None
    goroot: Path | None
    version: str
    why: str
    place: Place | None = None
    agrees: bool = True


def compared(rows: Iterable[Row], bound: str) -> tuple[Row, ...]:
    """Return rows marked where they name another toolchain than `bound`; unknown versions are left alone."""
    return tuple(
        replace(row, agrees=not row.version.startswith("go") or row.version == bound) if row.agrees and bound else row
        for row in rows
    )
