"""GOROOT in the user's `go/env` file: it holds for every go that is started without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.here import go_settings
from goswitch.model.finding import Edit, Fix, Kind, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

IN_FILE = Kind(
    "goroot-in-go-env",
    Severity.ERROR,
    title="GOROOT stands in the user's go/env file",
    cause="`go env -w GOROOT=/usr/local/go` was run once, or somebody wrote it there",
    message=(
        "every go that is started without GOROOT compiles with that SDK's tools, whichever it is itself:"
        ' `compile: version "go1.22.4" does not match go tool version "go1.21.6"`;'
        " with that SDK gone it says `go: cannot find GOROOT directory: /nonexistent`"
    ),
    cure="go env -u GOROOT",
)


@check(IN_FILE)
def goroot_in_go_env(facts: Facts) -> Iterator[Finding]:
    """Look for the line."""
    settings = facts.ask(go_settings)
    line = settings.user.get("GOROOT")
    if line is None or not line.value or settings.user_file is None:
        return
    path = settings.user_file
    before = path.read_bytes().decode("utf-8", "surrogateescape")
    after = "".join(text for text in before.splitlines(keepends=True) if not text.startswith("GOROOT="))
    yield IN_FILE.found(
        f"GOROOT={line.value} in the user's go/env file holds for every go",
        cure="go env -u GOROOT",
        place=Place(path, line.line),
        fix=Fix(f"take line {line.line} out of {path}", (Edit(path, before, after),)),
    )
