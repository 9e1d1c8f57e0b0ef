"""GOTOOLCHAIN in the user's `go/env` file: it redirects every SDK on the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import go_settings
from goswitch.model.finding import Kind, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

REDIRECTED = Kind(
    "toolchain-in-go-env",
    Severity.WARNING,
    title="GOTOOLCHAIN in the user's go/env file redirects all SDKs",
    cause="`go env -w GOTOOLCHAIN=go1.23.9` was run once; it writes `go/env` in the user's configuration folder",
    message=(
        "`/usr/local/go/bin/go version`, or any other SDK called by its path, runs that version instead of itself;"
        " only what sets GOTOOLCHAIN, as a pin does, is safe from it"
    ),
    cure="go env -u GOTOOLCHAIN",
)

_KEEPS_ITSELF = {"", "local", "auto", "path", "local+auto", "local+path"}
"""Values with which an SDK begins with itself."""


@check(REDIRECTED)
def toolchain_in_go_env(facts: Facts) -> Iterator[Finding]:
    """Look for a GOTOOLCHAIN that names a version."""
    settings = facts.ask(go_settings)
    setting = settings.user.get("GOTOOLCHAIN")
    if setting is not None and setting.value not in _KEEPS_ITSELF and settings.user_file is not None:
        yield REDIRECTED.found(
            f"GOTOOLCHAIN={setting.value} in the user's go/env file redirects all SDKs",
            cure="go env -u GOTOOLCHAIN",
            place=Place(settings.user_file, setting.line),
        )
