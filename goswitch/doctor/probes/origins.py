"""Where one of Go's settings comes from, and what takes it away: for the checks of single settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goswitch.doctor.probes.here import go_settings
from goswitch.doctor.probes.shell_files import origin_in_files
from goswitch.model.finding import Place

if TYPE_CHECKING:
    from goswitch.doctor.facts import Facts


class Set(NamedTuple):
    """A setting that holds: its value, where it stands in words and as a place, and what to type to be rid of it."""

    name: str
    value: str
    origin: str
    place: Place | None
    unset: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}={self.value} ({self.origin})"


def setting(facts: Facts, name: str) -> Set | None:
    """Return a setting as the bound SDK's cmd/go sees it, None if it is empty or nowhere."""
    found = facts.ask(go_settings).get(name)
    if found is None:
        return None
    if found.file is None:
        line = origin_in_files(facts, name)
        unset = (f"unset {name}", f"take line {line.line} out of {line.file}") if line else (f"unset {name}",)
        return Set(name, found.value, "exported", line, unset)
    is_users = found.file == facts.ask(go_settings).user_file
    words = "in the user's go/env file" if is_users else "in the SDK's go.env"
    unset = (f"go env -u {name}",) if is_users else (f"take line {found.line} out of {found.file}",)
    return Set(name, found.value, words, Place(found.file, found.line), unset)
