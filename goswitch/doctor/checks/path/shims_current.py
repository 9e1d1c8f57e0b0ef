"""Shims that are not what they should be: out of date, or not one for each SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.model.finding import Fix, Kind, Place, Rehash, Severity
from goswitch.sdk.inventory import usable_releases
from goswitch.shell.hooks import stale_hooks
from goswitch.shell.shims import stale_shims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

STALE = Kind(
    "shims-out-of-date",
    Severity.WARNING,
    title="shims or hooks are not those of this goswitch and these SDKs",
    cause="goswitch was updated, a setting has changed, or an SDK came or went without it (golang.org/dl, rm)",
    message="they follow an older rule; `go1.22.4` is not found, or names an SDK that is gone",
    cure="goswitch rehash",
)


@check(STALE)
def shims_current(facts: Facts) -> Iterator[Finding]:
    """Compare the folder with what would be written."""
    names = [version.name for version in usable_releases(facts.layout.sdk_root)]
    if not names and not facts.layout.shims.exists():
        return
    stale = stale_shims(facts.layout, facts.toolchain, names, auto_install=facts.auto_install)
    stale += stale_hooks(facts.layout, facts.toolchain)
    if stale:
        yield STALE.found(
            f"out of date: {', '.join(stale)}",
            cure="goswitch rehash",
            place=Place(facts.layout.shims),
            fix=Fix("write the shims and hooks anew", (Rehash(),)),
        )
