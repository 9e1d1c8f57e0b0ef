"""An SDK root where names that differ in case are one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

INSENSITIVE = Kind(
    "case-insensitive-file-system",
    Severity.NOTE,
    title="The SDK root lies on a file system that does not tell upper from lower case",
    cause="it is a Windows share, a FAT or NTFS disk, or a folder that folds case; on macOS it is usual and not asked",
    message=(
        "two linked SDKs whose names differ in case are one, and such file systems often keep no modes: programs lose"
        " the right to run, or get it back at each mount"
    ),
    cure="export GOSWITCH_SDK_ROOT=/path/on/another/disk",
)


@check(INSENSITIVE)
def case(facts: Facts) -> Iterator[Finding]:
    """Ask for an SDK under its name in upper case. Nothing is written."""
    if facts.world.platform.goos == "darwin":
        return
    for sdk in facts.ask(sdks):
        if sdk.there and _is_insensitive(sdk.tree):
            yield INSENSITIVE.found(
                f"{facts.layout.sdk_root} lies on a file system that does not tell upper from lower case",
                cure=INSENSITIVE.cure,
            )
            return


def _is_insensitive(path: Path) -> bool:
    """Tell whether a name in another case leads to the same thing, and not because there is a second name."""
    other = path.with_name(path.name.swapcase())
    names = {entry.name for entry in path.parent.iterdir()}
    return other.name not in names and other.exists() and other.samefile(path)
