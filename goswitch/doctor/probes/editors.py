"""The editors' settings for this folder: GoLand's project and VS Code's, the nearest above, with what they name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.integrate import vscode
from goswitch.integrate.jsonc import NotJsonc, read_jsonc
from goswitch.model.finding import Place
from goswitch.resolve.pins import ancestors
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.integrate.vscode import Entry, GoEntries

GOLAND_WORKSPACE = ".idea/workspace.xml"


@dataclass(frozen=True)
class EditorSdk:
    """The SDK that an editor's settings name. `text` is as it stands there; `folder` None where that is no path.

    `program` is set where a program is named instead of an SDK; `error` where the file can't be read as what it is.
    """

    place: Place
    text: str = ""
    folder: Path | None = None
    program: Path | None = None
    setting: str = ""
    error: str = ""


def goland_project(facts: Facts) -> EditorSdk | None:
    """Read the nearest `.idea/workspace.xml`; None where there is none, or none that names an SDK."""
    found = _nearest(facts, GOLAND_WORKSPACE)
    if found is None:
        return None
    from goswitch.integrate import goland  # noqa: PLC0415 - brings half of the standard library with its parser

    path, text, project = found
    try:
        sdk = goland.read_workspace(text)
    except goland.NotXml as error:
        return EditorSdk(Place(path, error.line), error=error.reason)
    if sdk is None:
        return None
    folder = goland.sdk_folder(sdk.text, str(facts.world.home or ""), str(project))
    return EditorSdk(Place(path, sdk.line), sdk.text, facts.cwd / folder if folder else None, setting="GOROOT")


def vscode_project(facts: Facts) -> EditorSdk | None:
    """Read VS Code's settings, the nearest first; None where none of them names a go."""
    for file in facts.ask(_settings_files):
        entries = file.entries
        if isinstance(entries, NotJsonc):
            return EditorSdk(Place(file.path, entries.line), error=entries.reason)
        if entries.program is not None:
            return _named(facts, entries.program, file, is_program=True)
        if entries.goroot is not None:
            return _named(facts, entries.goroot, file, is_program=False)
    return None


def editor_environment(facts: Facts) -> tuple[tuple[Place, str, str], ...]:
    """Return the variables that VS Code's settings hand to tools and terminals: place, name, value."""
    return tuple(
        (Place(file.path, entry.line), entry.name.rpartition(": ")[2], entry.value)
        for file in facts.ask(_settings_files)
        if not isinstance(file.entries, NotJsonc)
        for entry in file.entries.environment
    )


@dataclass(frozen=True)
class _SettingsFile:
    """A file of VS Code's settings, what it says, and the folder that `${workspaceFolder}` means."""

    path: Path
    entries: GoEntries | NotJsonc
    workspace: Path


def _settings_files(facts: Facts) -> tuple[_SettingsFile, ...]:
    """Read the settings of the folder, of the workspace file beside or above it, and the user's, in that order."""
    goos, home = facts.world.platform.goos, facts.world.home
    found: list[_SettingsFile] = []
    project = facts.cwd
    if (nearest := _nearest(facts, vscode.PROJECT)) is not None:
        path, text, project = nearest
        found.append(_SettingsFile(path, _entries(text, goos), project))
    workspaces = (
        folder / name
        for folder in ancestors(facts.cwd)
        for name in look.names_in(folder)
        if name.endswith(vscode.WORKSPACE_SUFFIX)
    )
    if (workspace := next(workspaces, None)) is not None and (data := look.read_regular(workspace)) is not None:
        found.append(_SettingsFile(workspace, _entries(_text(data), goos, "settings"), project))
    users = [home / name for name in vscode.USER_FILES.get(goos, ())] if home is not None else []
    found += [
        _SettingsFile(path, _entries(_text(data), goos), project)
        for path in users
        if (data := look.read_regular(path)) is not None
    ]
    return tuple(found)


def _entries(text: str, goos: str, *under: str) -> GoEntries | NotJsonc:
    try:
        return vscode.read_settings(read_jsonc(text), goos, *under)
    except NotJsonc as error:
        return error


def _named(facts: Facts, entry: Entry, file: _SettingsFile, *, is_program: bool) -> EditorSdk:
    text = vscode.path_of(entry.value, str(facts.world.home or ""), str(file.workspace))
    named = facts.cwd / text if text is not None else None
    folder = named if not is_program else named.resolve().parent.parent if named is not None else None
    return EditorSdk(Place(file.path, entry.line), entry.value, folder, named if is_program else None, entry.name)


def _nearest(facts: Facts, name: str) -> tuple[Path, str, Path] | None:
    """Return a file, its text, and the folder that it stands in."""
    for folder in ancestors(facts.cwd):
        data = look.read_regular(folder / name)
        if data is not None:
            return folder / name, _text(data), folder
    return None


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
