"""The answer of the resolution rule: which SDK, and by what. Values only; `current` prints what they say."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.gomod import Floor
    from goswitch.model.version import Version


class By(enum.StrEnum):
    """What decided."""

    PIN = "pin"
    FLOOR = "floor"
    DEFAULT = "default"
    PATH = "path"


@dataclass(frozen=True)
class Origin:
    """Where a request was written: a file and its line, or a variable or argument (no line)."""

    place: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.place}:{self.line}" if self.line else self.place


@dataclass(frozen=True)
class FloorFound:
    """A floor and the go.work or go.mod it stands in."""

    floor: Floor
    file: Path

    @property
    def origin(self) -> Origin:
        """File and line of the deciding line."""
        return Origin(str(self.file), self.floor.line)

    def __str__(self) -> str:
        return f"{self.floor} from {self.origin}"


@dataclass(frozen=True)
class Binding:
    """One SDK and the reason for it.

    `sdk` is its GOROOT, None for `system`; there `program` is the go found on PATH. `reason` is what stands in the
    brackets of `goswitch current`, without them. `lacks` is the request whose install would satisfy the floor, where
    nothing does.
    """

    name: str
    by: By
    reason: str
    sdk: Path | None
    version: Version | None = None
    program: Path | None = None
    origin: Origin | None = None
    floor: FloorFound | None = None
    lacks: str | None = None

    @property
    def is_system(self) -> bool:
        """Whether it is a go that goswitch does not own."""
        return self.sdk is None

    def describe(self) -> str:
        """Return the line that `goswitch current` prints."""
        line = f"{self.name} ({self.reason})"
        return f"{line}: {self.program}" if self.program is not None else line
