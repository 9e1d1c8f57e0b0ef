"""Findings: what is wrong, why it matters, what mends it. Values only; looking is `doctor/`, printing is `cli/`.

A Kind is declared once, beside the check that finds it; the reference page and SARIF's rules are made of kinds. A
Finding is one case of a kind on this machine.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goswitch.model.layout import Layout

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class Severity(enum.StrEnum):
    """How bad it is. The order of the members is the order on screen."""

    ERROR = "error"
    """Go fails, or runs another version than was asked for."""
    WARNING = "warning"
    """It will fail in some circumstances, or does what few people mean."""
    NOTE = "note"
    """Worth knowing; nothing fails."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Place:
    """Where the cause stands: a file and its line, counted from 1; 0 for the whole file."""

    file: Path
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else str(self.file)


@dataclass(frozen=True)
class Edit:
    """A file before and after; `after` None removes it. Undecodable bytes are surrogates."""

    path: Path
    before: str
    after: str | None


@dataclass(frozen=True)
class SetMode:
    """Permission bits of a file before and after."""

    path: Path
    before: int
    after: int


@dataclass(frozen=True)
class Rehash:
    """Writing the shims and hooks anew."""


@dataclass(frozen=True)
class Remove:
    """Deleting a file that is `size` bytes long and can be had again."""

    path: Path
    size: int


@dataclass(frozen=True)
class ClearStaging:
    """Deleting what nobody works on in the staging folder."""

    layout: Layout


Step = Edit | SetMode | Rehash | Remove | ClearStaging


@dataclass(frozen=True)
class Fix:
    """What `--fix` does once it has shown it: only what loses nothing and can be taken back."""

    summary: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of finding. All texts are sentences without a full stop at the end; `cure` is what to type.

    `title` says what is so, `cause` how it comes about, `message` what happens then, with Go's own words in quotes.
    """

    id: str
    severity: Severity
    title: str
    cause: str
    message: str
    cure: str

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ValueError(f"not a kebab-case word: {self.id}")

    def found(
        self,
        fact: str,
        *,
        cure: str | tuple[str, ...],
        why: str | None = None,
        place: Place | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding of this kind. `cure` is one line to type or several; `why` is `message` if not given."""
        lines = (cure,) if isinstance(cure, str) else cure
        return Finding(self, fact, self.message if why is None else why, lines, place, fix, severity or self.severity)


@dataclass(frozen=True)
class Finding:
    """One case: what is so here, why it matters, the lines to type, where it stands, what `--fix` would do."""

    kind: Kind
    fact: str
    why: str
    cure: tuple[str, ...]
    place: Place | None = None
    fix: Fix | None = field(default=None, compare=False)
    severity: Severity = Severity.WARNING

    @property
    def id(self) -> str:
        """The kind's id."""
        return self.kind.id


def by_severity(findings: list[Finding]) -> list[Finding]:
    """Return findings with the worst first, else as they came."""
    return sorted(findings, key=lambda finding: finding.severity.rank)
