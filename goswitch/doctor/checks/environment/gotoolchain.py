"""GOTOOLCHAIN in the environment: a value that Go refuses, or another version than the bound one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.shell_files import origin_in_files
from goswitch.model.finding import Kind, Place, Severity
from goswitch.model.switching import SETTING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

REFUSED = Kind(
    "toolchain-setting-refused",
    Severity.ERROR,
    title="GOTOOLCHAIN has a value that Go refuses",
    cause="a version without `go` in front, `default`, or a suffix other than +auto and +path",
    message='every go command fails: `go: invalid GOTOOLCHAIN "1.23.9"`',
    cure="export GOTOOLCHAIN=local",
)
ANOTHER = Kind(
    "toolchain-setting-overrides",
    Severity.WARNING,
    title="GOTOOLCHAIN names another version than the SDK that is bound here",
    cause="GOTOOLCHAIN=go1.23.9 is exported; a shim leaves it alone, since you have set it",
    message="go hands over to that version, so the pin or the default has no effect",
    cure="unset GOTOOLCHAIN",
)


@check(REFUSED, ANOTHER)
def gotoolchain(facts: Facts) -> Iterator[Finding]:
    """Ask cmd/go's rule what the setting does here."""
    then = facts.ask(here).next
    if then is None or then.setting is None or then.selection.by != SETTING:
        return
    file = then.setting.file
    place = Place(file, then.setting.line) if file is not None else origin_in_files(facts, "GOTOOLCHAIN")
    unset = "unset GOTOOLCHAIN" if file is None else "go env -u GOTOOLCHAIN"
    if then.selection.refusal:
        yield REFUSED.found(
            f"GOTOOLCHAIN={then.setting.value} is refused", why=then.selection.refusal, cure=unset, place=place
        )
    elif file is None:
        yield ANOTHER.found(
            f"GOTOOLCHAIN={then.setting.value} is exported: {then.selection.toolchain} runs instead of go{then.local}",
            cure=unset,
            place=place,
        )
