"""What takes up space in the SDK root and is of no use: archives that golang.org/dl keeps, unfinished staging."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.checks.sdks.parts import listed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import ClearStaging, Fix, Kind, Remove, Severity
from goswitch.sdk.cached import unfinished
from goswitch.sdk.inventory import GOTIP, State
from goswitch.system import look
from goswitch.system.locks import is_held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

ARCHIVE = Kind(
    "left-over-archive",
    Severity.NOTE,
    title="An SDK has the archive in it that it was unpacked from",
    cause="golang.org/dl downloads into the SDK's own folder, and leaves the archive there",
    message="it takes up some 70 MB and is never read again",
    cure="rm ~/sdk/go1.22.4/go1.22.4.linux-amd64.tar.gz",
)
STAGING = Kind(
    "left-over-staging",
    Severity.NOTE,
    title="Parts of SDKs lie in the staging folder, and nobody works on them",
    cause="an install or an uninstall was killed",
    message="they take up space until an SDK is installed or removed",
    cure="goswitch cache --clear",
)
_ARCHIVE = re.compile(r"go[0-9a-z.]+\.[0-9a-z]+-[0-9a-z.]+\.(?:tar\.gz|zip)")
_MB = 1_000_000


@check(ARCHIVE, STAGING)
def leftovers(facts: Facts) -> Iterator[Finding]:
    """Look for archives in SDKs, and for what killed processes left in the staging folder."""
    for sdk in facts.ask(sdks):
        if sdk.sdk.state in {State.LINKED, State.FOREIGN} or sdk.name == GOTIP:
            continue
        for path in _archives(sdk.tree):
            size = path.stat().st_size
            yield ARCHIVE.found(
                f"{sdk.name} has {path.name} in it ({size / _MB:.0f} MB)",
                cure=f"rm {shlex.quote(str(path))}",
                fix=Fix(f"delete {path}", (Remove(path, size),)),
            )
    pieces = unfinished(facts.layout)
    idle = [piece for piece in pieces if piece.locks is None or not is_held(piece.locks, piece.lock)]
    if idle:
        size = sum(piece.size for piece in idle)
        names = listed([piece.lock or piece.path.name for piece in idle])
        yield STAGING.found(
            f"what killed processes left of {names} lies in {facts.layout.staging} ({size / _MB:.0f} MB)",
            cure="goswitch cache --clear",
            fix=Fix("delete what nobody works on in the staging folder", (ClearStaging(facts.layout),)),
        )


def _archives(tree: Path) -> list[Path]:
    return [
        tree / name
        for name in look.names_in(tree)
        if _ARCHIVE.fullmatch(name) and look.kind(tree / name) is look.Kind.FILE
    ]
