"""Editors whose settings name another SDK than the one that is bound here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.editors import editor_environment, goland_project, vscode_project
from goswitch.doctor.probes.here import here
from goswitch.model.finding import Kind, Severity
from goswitch.resolve.next_go import version_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

GOLAND = Kind(
    "goland-other-sdk",
    Severity.WARNING,
    title="GoLand's project has another SDK than is bound here",
    cause="the SDK was chosen in the IDE, and the pin, go.mod or default has changed since",
    message=(
        "code is indexed against that standard library and run configurations export its GOROOT: what builds in the"
        " shell is red in the editor, or the other way round"
    ),
    cure="in GoLand: Settings, Go, GOROOT: ~/sdk/go1.22.4",
)
VSCODE = Kind(
    "vscode-other-sdk",
    Severity.WARNING,
    title="VS Code's settings name another SDK or go than is bound here",
    cause="`go.goroot` or `go.alternateTools` was written for one version; both are no longer needed",
    message="the Go extension and gopls use that one: what builds in the shell is red in the editor",
    cure="take go.goroot and go.alternateTools out of .vscode/settings.json",
)
EXPORTS = Kind(
    "vscode-exports",
    Severity.WARNING,
    title="VS Code's settings hand GOROOT or GOTOOLCHAIN to its tools or terminals",
    cause="`go.toolsEnvVars` or `terminal.integrated.env` has it",
    message=(
        "in its terminal and for gopls another toolchain is chosen than in other shells, or the build fails:"
        ' `compile: version "go1.22.4" does not match go tool version "go1.21.6"`'
    ),
    cure="take the line out of .vscode/settings.json",
)

_NAMES = ("GOROOT", "GOTOOLCHAIN")


@check(GOLAND, VSCODE, EXPORTS)
def editor_sdk(facts: Facts) -> Iterator[Finding]:
    """Compare what they name with what is bound; settings that name no SDK are another check's."""
    at = facts.ask(here)
    for kind, probe, who in ((GOLAND, goland_project, "GoLand"), (VSCODE, vscode_project, "VS Code")):
        sdk = facts.ask(probe)
        version = version_in(sdk.folder) if sdk is not None and sdk.folder is not None else ""
        if sdk is None or not version or not at.name or f"go{version}" == at.name:
            continue
        if kind is GOLAND:
            cure = (f"in GoLand: Settings, Go, GOROOT: {at.goroot}",)
        else:
            cure = (f"take line {sdk.place.line} out of {sdk.place.file}",)
        yield kind.found(f"{who} has go{version} ({sdk.text}), but {at.name} is bound here", cure=cure, place=sdk.place)
    for place, name, value in facts.ask(editor_environment):
        if name in _NAMES and value:
            yield EXPORTS.found(
                f"VS Code hands {name}={value} to its tools or terminals",
                cure=f"take line {place.line} out of {place.file}",
                place=place,
            )
