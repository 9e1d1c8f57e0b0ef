"""Where one of Go's settings comes from, and what takes it away: for the checks of single settings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from goswitch.doctor.probes.editors import editor_environment
from goswitch.doctor.probes.here import go_settings
from goswitch.doctor.probes.project import project_files
from goswitch.doctor.probes.shell_files import origin_in_files
from goswitch.integrate.jsonc import NotJsonc, read_jsonc
from goswitch.model.finding import Place
from goswitch.system import look

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


def origin_of(facts: Facts, name: str) -> Place | None:
    """Return the line that exports a variable: in a shell's file, VS Code's settings, or a devcontainer.json."""
    if (line := origin_in_files(facts, name)) is not None:
        return line
    value = facts.env.get(name)
    others = [*facts.ask(editor_environment), *facts.ask(container_environment)]
    return next((place for place, variable, text in others if variable == name and text == value), None)


def container_environment(facts: Facts) -> tuple[tuple[Place, str, str], ...]:
    """Return the variables that the project's devcontainers export: place, name, value.

    Their Go feature sets GOROOT=/usr/local/go (devcontainers/features, src/go).
    """
    found: list[tuple[Place, str, str]] = []
    for path in facts.ask(project_files).devcontainers:
        try:
            document = read_jsonc((look.read_regular(path) or b"").decode("utf-8", "surrogateescape"))
        except NotJsonc:
            continue
        for key in ("containerEnv", "remoteEnv"):
            variables = document.get(key)
            if isinstance(variables, dict):
                found += [
                    (Place(path, document.line(key, name)), str(name), str(text)) for name, text in variables.items()
                ]
        features = document.get("features")
        for name in features if isinstance(features, dict) else ():
            if re.search(r"/features/go(?::|$)", str(name)):
                found.append((Place(path, document.line("features", str(name))), "GOROOT", "/usr/local/go"))
    return tuple(found)


def setting(facts: Facts, name: str) -> Set | None:
    """Return a setting as the bound SDK's cmd/go sees it, None if it is empty or nowhere."""
    found = facts.ask(go_settings).get(name)
    if found is None:
        return None
    if found.file is None:
        line = origin_of(facts, name)
        unset = (f"unset {name}", f"take line {line.line} out of {line.file}") if line else (f"unset {name}",)
        return Set(name, found.value, "exported", line, unset)
    is_users = found.file == facts.ask(go_settings).user_file
    words = "in the user's go/env file" if is_users else "in the SDK's go.env"
    unset = (f"go env -u {name}",) if is_users else (f"take line {found.line} out of {found.file}",)
    return Set(name, found.value, words, Place(found.file, found.line), unset)
