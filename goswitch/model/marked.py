"""Documents with line numbers: what a YAML file is to those who look a few values up and must name lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Unreadable(ValueError):
    """A text that is not of its format. `line` counts from 1, 0 where it is not known."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class Marked:
    """A value and its line, counted from 1: a mapping, a list, or the text of a scalar.

    `plain` tells of a scalar without quotes, which YAML may take for a number; of a mapping, `key_lines` has the line
    of each key.
    """

    value: dict[str, Marked] | list[Marked] | str
    line: int
    plain: bool = False
    key_lines: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The scalar's text; "" for a mapping or a list."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> dict[str, Marked]:
        """The mapping; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def each(self) -> list[Marked]:
        """The list; empty for anything else."""
        return self.value if isinstance(self.value, list) else []

    def at(self, *keys: str) -> Marked:
        """Return what stands behind keys, one in the other; an empty text where there is nothing."""
        here = self
        for key in keys:
            here = here.items.get(key, NOTHING)
        return here

    def scalars(self) -> Iterator[Marked]:
        """Yield the scalar itself, or the scalars of a list."""
        if isinstance(self.value, str):
            yield self
        for entry in self.each:
            if isinstance(entry.value, str):
                yield entry


NOTHING = Marked("", 0)
"""What stands where there is nothing."""
