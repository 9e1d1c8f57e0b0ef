"""Wrappers of golang.org/dl on PATH whose SDK is not there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.model.finding import Kind, Place, Severity
from goswitch.model.layout import MARKER, SHIMS_MARK
from goswitch.sdk.inventory import release_of
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

EMPTY = Kind(
    "dl-wrapper-without-sdk",
    Severity.WARNING,
    title="a golang.org/dl wrapper on PATH has no SDK",
    cause="`go install golang.org/dl/go1.24.11@latest` was run, `go1.24.11 download` was not, or the SDK was removed",
    message=(
        "where cmd/go switches to that version, it finds the wrapper and fails:"
        " `go1.24.11: not downloaded. Run 'go1.24.11 download' to install to …`"
    ),
    cure="goswitch install 1.24.11",
)


@check(EMPTY)
def dl_wrapper(facts: Facts) -> Iterator[Finding]:
    """Look for programs that are named as a release, and for the SDK of each."""
    seen: set[str] = set()
    for entry in facts.env.get("PATH", "").split(":"):
        folder = Path(entry)
        if not entry.startswith("/") or (folder / SHIMS_MARK).is_file():
            continue
        for name in look.names_in(folder):
            version = release_of(name) if name.startswith("go1") else None
            if version is None or name in seen or not look.is_program(folder / name):
                continue
            seen.add(name)
            home = facts.world.home
            if home is None or (home / "sdk" / name / MARKER).is_file():
                continue
            yield EMPTY.found(
                f"{folder / name} has no SDK: {home}/sdk/{name} is not complete",
                cure=(f"goswitch install {version}", f"or: rm {folder / name}"),
                place=Place(folder / name),
            )
