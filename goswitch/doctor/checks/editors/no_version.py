"""An SDK whose version an editor does not get to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.editor_sdks import editor_sdks
from goswitch.doctor.probes.here import here, real
from goswitch.model.finding import Kind, Place, Severity
from goswitch.model.version import from_toolchain
from goswitch.system.binary import SCRIPT
from goswitch.system.processes import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.editor_sdks import EditorTree
    from goswitch.model.finding import Finding

UNKNOWN = Kind(
    "editor-version-unknown",
    Severity.WARNING,
    title="The SDK that an editor names does not say its version",
    cause="VERSION is missing or empty, or bin/go has no build info",
    message="the editor shows no version, and treats the project by rules of none: language features are red",
    cure="goswitch repair 1.22.4",
)
NOISE = Kind(
    "go-talks-to-stderr",
    Severity.ERROR,
    title="`go version` prints to stderr",
    cause="a wrapper or another manager's shim says what it does",
    message=(
        "editors take any word on stderr for a failure: VS Code's extension then knows neither version nor GOROOT,"
        " and shows none"
    ),
    cure="type go version",
)

_PATIENCE = 5.0


@check(UNKNOWN, NOISE)
def no_version(facts: Facts) -> Iterator[Finding]:
    """Read what editors read, and run what is a script; then ask the go that is bound here."""
    for tree in facts.ask(editor_sdks):
        if not tree.go.runnable or not tree.go.size:
            continue
        if tree.go.binary is not None and tree.go.binary.container == SCRIPT:
            noise = _noise(tree, facts)
            if noise:
                yield NOISE.found(
                    f"{tree.go.path} is a script and says to stderr: {noise}", cure=tree.cure, place=tree.named.place
                )
                continue
        words = _fault(tree)
        if words is not None:
            yield UNKNOWN.found(f"{tree.editor} names {tree.folder}: {words}", cure=tree.cure, place=tree.named.place)
    said, program = facts.ask(real), facts.ask(here).program
    if said is not None and program is not None and said.toolchain and not said.said.startswith("go version"):
        fact = f"{program} says to stderr: {said.said.splitlines()[0]}"
        yield NOISE.found(fact, cure=f"{program} version >/dev/null", place=Place(program))


def _noise(tree: EditorTree, facts: Facts) -> str:
    env = {**facts.env, "GOTOOLCHAIN": "local", "GOPROXY": "off"}
    answer = ask([str(tree.go.path), "version"], cwd=facts.cwd, env=env, limit=_PATIENCE)
    return answer.err.strip().splitlines()[0] if answer.err.strip() else ""


def _fault(tree: EditorTree) -> str | None:
    line = tree.version_line
    if tree.named.program is None and not from_toolchain(line or "") and not (line or "").startswith("devel"):
        return f"its VERSION says {line!r}" if line else "it has no VERSION"
    binary = tree.go.binary
    if binary is None or binary.container is None:
        return "its bin/go is no program"
    return None
