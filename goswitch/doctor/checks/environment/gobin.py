"""GOBIN: where `go install` puts programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.origins import setting
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

RELATIVE = Kind(
    "gobin-relative",
    Severity.ERROR,
    title="GOBIN is no absolute path",
    cause="it was written relative, or with a ~ inside quotes, which no shell expands",
    message="`go install` fails: `cannot install, GOBIN must be an absolute path`",
    cure="go env -u GOBIN",
)
IN_SDK = Kind(
    "gobin-in-sdk",
    Severity.WARNING,
    title="GOBIN lies in an SDK",
    cause="GOBIN=$GOROOT/bin, as old guides have it",
    message="`go install` puts programs into the SDK, which is then not what was installed, and they go with it",
    cure="go env -u GOBIN",
)
OFF_PATH = Kind(
    "gobin-not-on-path",
    Severity.NOTE,
    title="GOBIN is not on PATH",
    cause="GOBIN was set without adding it to PATH",
    message="what `go install` builds is put there, and the shell doesn't find it: `command not found`",
    cure='export PATH="$PATH:$(go env GOBIN)"',
)


@check(RELATIVE, IN_SDK, OFF_PATH)
def gobin(facts: Facts) -> Iterator[Finding]:
    """Compare GOBIN with PATH and the SDKs."""
    found = setting(facts, "GOBIN")
    if found is None:
        return
    folder = Path(found.value)
    sdks = [facts.layout.sdk_root, *(tree for tree in [facts.ask(here).goroot] if tree is not None)]
    if not folder.is_absolute():
        yield RELATIVE.found(f"{found} is no absolute path", cure=found.unset, place=found.place)
    elif any(folder.is_relative_to(tree) for tree in sdks):
        yield IN_SDK.found(f"{found} lies in an SDK", cure=found.unset, place=found.place)
    elif found.value.rstrip("/") not in [entry.rstrip("/") for entry in facts.env.get("PATH", "").split(":")]:
        cure = (f'export PATH="$PATH:{found.value}"', *found.unset)
        yield OFF_PATH.found(f"{found} is not on PATH", cure=cure, place=found.place)
