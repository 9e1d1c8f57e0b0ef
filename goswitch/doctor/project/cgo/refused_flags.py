"""Flags in `#cgo` lines that this SDK's allow-list refuses."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cgo import cgo
from goswitch.doctor.probes.project import project_folder
from goswitch.model.cgo_lines import cgo_lines
from goswitch.model.cgo_tables import AllowList
from goswitch.model.finding import Kind, Place, Severity
from goswitch.sdk.goenv import GoEnv
from goswitch.system import look as disk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.cgo import Cgo
    from goswitch.model.finding import Finding

REFUSED = Kind(
    "cgo-flag-refused",
    Severity.ERROR,
    title="A #cgo line has a flag that Go refuses",
    cause="flags in source files could run programs, so Go allows some only; those in CGO_CFLAGS it does not look at",
    message='"invalid flag in #cgo CFLAGS: -fplugin=x.so"',
    cure="export CGO_CFLAGS_ALLOW='-fplugin=.*'",
)

_LISTS = {"LDFLAGS": "Linker"}
_SKIPPED = frozenset({"testdata", "node_modules"})


@check(REFUSED)
def refused_flags(facts: Facts) -> Iterator[Finding]:
    """Look through the Go files that the target builds."""
    look = facts.ask(cgo)
    if look is None or look.off:
        return
    lists: dict[str, AllowList] = {}
    for path in _go_files(facts.ask(project_folder)):
        text = (disk.read_regular(path) or b"").decode("utf-8", "replace")
        for line in cgo_lines(text, path.name, str(path.parent), look.goos, look.goarch):
            if line.kind not in lists:
                lists[line.kind] = _allow_list(facts, look, line.kind)
            flag = lists[line.kind].refused(line.flags) if lists[line.kind].is_known else None
            if flag is not None:
                yield REFUSED.found(
                    f"Go refuses the flag {flag} in #cgo {line.kind}",
                    why=f'"invalid flag in #cgo {line.kind}: {flag}"',
                    place=Place(path, line.line),
                    cure=f"export CGO_{line.kind}_ALLOW='{flag.split(maxsplit=1)[0]}', or move it to CGO_{line.kind}",
                )


def _allow_list(facts: Facts, look: Cgo, kind: str) -> AllowList:
    settings = GoEnv(facts.world, facts.layout)
    own = [setting.value if (setting := settings.get(f"CGO_{kind}_{word}")) else "" for word in ("ALLOW", "DISALLOW")]
    return AllowList(look.source("cmd/go/internal/work/security.go"), _LISTS.get(kind, "Compiler"), *own)


def _go_files(base: Path) -> Iterator[Path]:
    """Yield the Go files of a module, as `./...` has them, and vendored ones."""
    for folder, below, names in os.walk(base):
        below[:] = sorted(
            name
            for name in below
            if name[0] not in "._" and name not in _SKIPPED and not Path(folder, name, "go.mod").exists()
        )
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(".go") and name[0] not in "._")
