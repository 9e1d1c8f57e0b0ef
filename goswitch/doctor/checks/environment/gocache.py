"""GOCACHE: the build cache, switched off or no absolute path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.origins import setting
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

OFF = Kind(
    "gocache-refused",
    Severity.ERROR,
    title="GOCACHE is off or no absolute path",
    cause="GOCACHE=off was the way to do without a cache before Go 1.12; a relative path was never allowed",
    message="nothing builds: `build cache is disabled by GOCACHE=off, but required as of Go 1.12`",
    cure="go env -u GOCACHE",
)


@check(OFF)
def gocache(facts: Facts) -> Iterator[Finding]:
    """Look at the value; the folder is another check's."""
    found = setting(facts, "GOCACHE")
    if found is not None and not found.value.startswith("/"):
        words = (
            "build cache is disabled by GOCACHE=off, but required as of Go 1.12"
            if found.value == "off"
            else "build cache is required, but could not be located: GOCACHE is not an absolute path"
        )
        yield OFF.found(f"{found} is refused", why=f"nothing builds: `{words}`", cure=found.unset, place=found.place)
