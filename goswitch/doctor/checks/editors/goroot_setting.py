"""An editor's setting for GOROOT that is empty, `<invalid>`, or names a folder that is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.editor_sdks import GOLAND, VSCODE
from goswitch.doctor.probes.editors import goland_project, vscode_project
from goswitch.doctor.probes.here import here
from goswitch.model.finding import Kind, Severity
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.editors import EditorSdk
    from goswitch.model.finding import Finding

INVALID = Kind(
    "editor-goroot-invalid",
    Severity.ERROR,
    title="An editor's setting for GOROOT is empty, or no folder",
    cause="the SDK that was chosen was deleted or moved, or none was chosen when the project was opened",
    message="the project has no SDK (`No SDK configured`): nothing is resolved, and nothing can be run from the editor",
    cure="in GoLand: Settings, Go, GOROOT: ~/sdk/go1.22.4",
)
UNREADABLE = Kind(
    "editor-settings-unreadable",
    Severity.WARNING,
    title="An editor's settings can't be read as what they are",
    cause="a merge left its marks in the file, or it was cut off",
    message="the editor leaves its settings aside, or all of the file",
    cure="open the file in the editor and mend the line",
)


@check(INVALID, UNREADABLE)
def goroot_setting(facts: Facts) -> Iterator[Finding]:
    """Look at what GoLand's project and VS Code's settings name."""
    for editor, probe in ((GOLAND, goland_project), (VSCODE, vscode_project)):
        named = facts.ask(probe)
        if named is None:
            continue
        if named.error:
            yield UNREADABLE.found(
                f"{editor}'s settings can't be read: {named.error}", cure=UNREADABLE.cure, place=named.place
            )
        elif (fact := _fault(named)) is not None:
            goroot = facts.ask(here).goroot
            cure = f"in GoLand: Settings, Go, GOROOT: {goroot or '~/sdk/go1.22.4'}"
            if editor == VSCODE:
                cure = f"take line {named.place.line} out of {named.place.file}"
            yield INVALID.found(f"{editor}: {named.setting} {fact}", cure=cure, place=named.place)


def _fault(named: EditorSdk) -> str | None:
    if not named.text:
        return "is empty"
    if named.folder is None:
        # With a variable that only the editor knows, nothing is known of it here.
        return None if "$" in named.text else f"is {named.text}, which is no path"
    if named.program is not None and look.kind(named.program) is look.Kind.ABSENT:
        return f"names {named.program}, which is not there"
    if look.kind(named.folder) is not look.Kind.DIRECTORY:
        return f"names {named.folder}, which is not there"
    return None
