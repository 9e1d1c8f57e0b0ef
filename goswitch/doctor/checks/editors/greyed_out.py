"""An SDK that an editor names and that has nothing to run: run and build are greyed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.editor_sdks import editor_sdks
from goswitch.model.finding import Kind, Severity
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.editor_sdks import EditorTree
    from goswitch.model.finding import Finding

NOTHING_TO_RUN = Kind(
    "editor-cannot-run",
    Severity.ERROR,
    title="The SDK that an editor names has no bin/go that can be run",
    cause="the setting names a folder above or below the SDK, or a shim's; or bin/go lost its right to run",
    message="run and build are greyed out, or end in `permission denied`; the project has no SDK",
    cure="in GoLand: Settings, Go, GOROOT: ~/sdk/go1.22.4",
)


@check(NOTHING_TO_RUN)
def greyed_out(facts: Facts) -> Iterator[Finding]:
    """Look for bin/go in the SDKs that editors name."""
    for tree in facts.ask(editor_sdks):
        words = _fault(tree)
        if words is not None:
            cure = tree.cure
            if tree.go.size and not tree.go.runnable:
                cure = (f"chmod +x {tree.go.path}", *cure)
            yield NOTHING_TO_RUN.found(f"{tree.editor} names {tree.folder}: {words}", cure=cure, place=tree.named.place)


def _fault(tree: EditorTree) -> str | None:
    if tree.go.mode is None:
        inner = next((name for name in ("go", "libexec") if look.is_program(tree.folder / name / "bin/go")), None)
        hint = f"; the SDK is {tree.folder / inner}" if inner else ""
        if look.is_program(tree.folder / "go") and tree.folder.name == "bin":
            hint = f"; the SDK is {tree.folder.parent}"
        return f"it has no bin/go{hint}"
    if not tree.go.is_file:
        return "its bin/go is no file"
    if not tree.go.size:
        return "its bin/go is empty"
    return None if tree.go.runnable else "its bin/go has no right to run"
