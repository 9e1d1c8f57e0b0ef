"""The folder of shims on PATH, before every other go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.path_gos import path_gos
from goswitch.doctor.probes.shell_files import shell_files
from goswitch.model.finding import Kind, Place, Severity
from goswitch.sdk.inventory import usable_releases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

MISSING = Kind(
    "shims-not-on-path",
    Severity.WARNING,
    title="the folder of shims is not on PATH",
    cause="`goswitch setup` was not run, or the shell was started before it, or its file is not read here",
    message="`go` is whatever PATH has, whatever this folder is bound to",
    cure="goswitch setup",
)
BEHIND = Kind(
    "shims-behind-another-go",
    Severity.ERROR,
    title="another go stands before the shims on PATH",
    cause="a line below goswitch's block in a shell's file, another manager, or an editor's terminal puts it there",
    message="`go` is that one in every folder: pins, floors and the default have no effect",
    cure="goswitch setup, and take out the line that puts the other folder first",
)


@check(MISSING, BEHIND)
def shims_on_path(facts: Facts) -> Iterator[Finding]:
    """Look for the shims and for what stands before them."""
    shims = str(facts.layout.shims)
    entries = facts.env.get("PATH", "").split(":")
    if shims not in entries:
        if usable_releases(facts.layout.sdk_root):
            yield MISSING.found(f"{shims} is not on PATH", cure=("goswitch setup", 'eval "$(goswitch init sh)"'))
        return
    for go in facts.ask(path_gos):
        if go.is_ours:
            return
        folder = str(go.program.parent)
        about = ", ".join(word for word in (go.version, go.owner) if word)
        place = next(
            (
                Place(file.path, line.line)
                for file in facts.ask(shell_files)
                for line in file.lines.paths
                if folder in line.text.replace("$HOME", str(facts.world.home)).replace("~", str(facts.world.home))
            ),
            None,
        )
        cure = (
            f"take {folder} out of PATH in line {place.line} of {place.file}"
            if place
            else f'export PATH="{shims}:$PATH", after what puts {folder} there'
        )
        yield BEHIND.found(
            f"{go.program} ({about or 'unknown'}) stands before the shims on PATH", cure=cure, place=place
        )
