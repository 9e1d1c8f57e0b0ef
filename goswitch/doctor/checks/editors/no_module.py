"""A folder with Go files and no go.mod: a new project that is not yet a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.model.finding import Kind, Place, Severity
from goswitch.resolve.floors import floor_file
from goswitch.resolve.rule import ignore
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

NO_MODULE = Kind(
    "no-go-mod",
    Severity.WARNING,
    title="There are Go files here, but no go.mod here or above",
    cause="a new project: `go mod init` has not been run yet",
    message=(
        "`go run` with a file's name works, all else does not: `go: go.mod file not found in current directory or any"
        " parent directory; see 'go help modules'`; gopls and GoLand resolve no imports"
    ),
    cure="go mod init example.com/name",
)

_PLACES = ("", "cmd", "pkg", "internal")


@check(NO_MODULE)
def no_module(facts: Facts) -> Iterator[Finding]:
    """Look for Go files in the folder, and for the go.mod or go.work that cmd/go would use."""
    if facts.env.get("GO111MODULE") == "off" or floor_file(facts.cwd, facts.env, ignore) is not None:
        return
    for place in _PLACES:
        folder = facts.cwd / place
        names = [name for name in look.names_in(folder) if name.endswith(".go") and not name.startswith((".", "_"))]
        if names:
            name = facts.cwd.name if facts.cwd.name.isascii() and " " not in facts.cwd.name else "name"
            yield NO_MODULE.found(
                f"{folder / names[0]} is in no module: there is no go.mod in {facts.cwd} or above",
                cure=f"go mod init example.com/{name}",
                place=Place(folder / names[0]),
            )
            return
