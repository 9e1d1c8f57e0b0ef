"""VS Code's settings, the project's or the user's: which go its Go extension starts, and what its terminals export.

The order is the extension's own (golang/vscode-go, pathUtils.ts): `go.alternateTools`, then `go.goroot`, then PATH. A
choice made in the editor itself is kept in its own database and not seen here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from goswitch.integrate.jsonc import Document

PROJECT = ".vscode/settings.json"
WORKSPACE_SUFFIX = ".code-workspace"
"""What a workspace of several folders is named; its settings are under the key `settings`."""

USER_FILES = {
    "linux": (".config/Code/User/settings.json", ".config/VSCodium/User/settings.json"),
    "darwin": (
        "Library/Application Support/Code/User/settings.json",
        "Library/Application Support/VSCodium/User/settings.json",
    ),
}
"""The user's settings below the home, by GOOS."""

_TERMINAL = {"linux": "terminal.integrated.env.linux", "darwin": "terminal.integrated.env.osx"}


class Entry(NamedTuple):
    """A setting of text: its name, its value as it stands there, and its line."""

    name: str
    value: str
    line: int


class GoEntries(NamedTuple):
    """What a file says about Go. `program` is the go to start, `environment` what tools and terminals are given."""

    program: Entry | None
    goroot: Entry | None
    environment: tuple[Entry, ...]


def read_settings(document: Document, goos: str, *under: str) -> GoEntries:
    """Return the entries of a settings file; `under` is the key of the settings in a `.code-workspace`."""
    environment = [
        Entry(f"{setting}: {name}", value, document.line(*under, setting, name))
        for setting in ("go.toolsEnvVars", _TERMINAL.get(goos, ""))
        for name, value in _texts(document.get(*under, setting))
    ]
    return GoEntries(
        _entry(document, under, "go.alternateTools", "go"),
        _entry(document, under, "go.goroot"),
        tuple(environment),
    )


def path_of(value: str, home: str, workspace: str) -> str | None:
    """Return the path that a setting's text means, None where it needs what only the editor knows."""
    for variable, text in (("${workspaceFolder}", workspace), ("${workspaceRoot}", workspace), ("${env:HOME}", home)):
        value = value.replace(variable, text)
    if value == "~" or value.startswith("~/"):
        value = home + value[1:]
    return value if value.startswith("/") and "${" not in value else None


def _entry(document: Document, under: tuple[str, ...], *path: str) -> Entry | None:
    value = document.get(*under, *path)
    if not isinstance(value, str) or not value:
        return None
    return Entry(": ".join(path), value, document.line(*under, *path))


def _texts(value: object) -> list[tuple[str, str]]:
    if not isinstance(value, dict):
        return []
    return [(name, text) for name, text in value.items() if isinstance(name, str) and isinstance(text, str)]
