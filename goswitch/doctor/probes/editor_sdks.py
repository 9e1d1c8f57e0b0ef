"""The SDKs that editors' settings name, each looked at as an editor does: bin/go, VERSION, src."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.doctor.probes.editors import goland_project, vscode_project
from goswitch.sdk.examination import examine_tree
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.editors import EditorSdk
    from goswitch.sdk.program import Program


@dataclass(frozen=True)
class EditorTree:
    """An SDK that an editor's settings name, and what is there. `go` is the program that the editor starts."""

    editor: str
    named: EditorSdk
    folder: Path
    go: Program
    version_line: str | None
    source_version: str | None
    has_source: bool

    @property
    def cure(self) -> tuple[str, ...]:
        """What to do about settings that name it."""
        if self.editor == GOLAND:
            return ("in GoLand: Settings, Go, GOROOT: choose another", "goswitch list")
        return (f"take line {self.named.place.line} out of {self.named.place.file}",)


GOLAND = "GoLand"
VSCODE = "VS Code"


def editor_sdks(facts: Facts) -> tuple[EditorTree, ...]:
    """Look at the folders that GoLand's project and VS Code's settings name; those that are not there are left out."""
    found = []
    for editor, probe in ((GOLAND, goland_project), (VSCODE, vscode_project)):
        named = facts.ask(probe)
        if named is None or named.folder is None or look.kind(named.folder) is not look.Kind.DIRECTORY:
            continue
        if named.program is not None and look.kind(named.program) is look.Kind.ABSENT:
            continue
        tree = examine_tree(named.folder, facts.world.platform, named.program)
        found.append(EditorTree(editor, named, named.folder, *tree))
    return tuple(found)
