"""An SDK that an editor names, whose standard library is missing or of another version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.editor_sdks import editor_sdks
from goswitch.model.finding import Kind, Severity
from goswitch.model.version import from_toolchain
from goswitch.system import look
from goswitch.system.binary import SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.editor_sdks import EditorTree
    from goswitch.model.finding import Finding

NO_LIBRARY = Kind(
    "editor-standard-library",
    Severity.ERROR,
    title="The SDK that an editor names has no standard library, or that of another version",
    cause="`src` was deleted, replaced, or left out when the SDK was packed, as some distributions do",
    message="jumping to the standard library fails or shows other code: `package fmt is not in std`",
    cure="in GoLand: Settings, Go, GOROOT: ~/sdk/go1.22.4",
)


@check(NO_LIBRARY)
def no_library(facts: Facts) -> Iterator[Finding]:
    """Look at `src` of the SDKs that editors name."""
    for tree in facts.ask(editor_sdks):
        is_script = tree.go.binary is not None and tree.go.binary.container == SCRIPT
        words = _fault(tree) if tree.go.mode is not None and not (is_script and tree.named.program) else None
        if words is not None:
            yield NO_LIBRARY.found(
                f"{tree.editor} names {tree.folder}: {words}", cure=tree.cure, place=tree.named.place
            )


def _fault(tree: EditorTree) -> str | None:
    if not tree.has_source:
        return "it has no src"
    if look.kind(tree.folder / "src/fmt") is not look.Kind.DIRECTORY:
        return "its src has no fmt"
    go, source = from_toolchain(tree.go.version or ""), from_toolchain(tree.source_version or "")
    if go and source and go != source:
        return f"its src is of go{source}, its bin/go of go{go}"
    return None
