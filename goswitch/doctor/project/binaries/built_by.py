"""Programs named with `--binary`: the Go that built them, which is what their `runtime.Version()` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.pinned import pinned, running_version
from goswitch.doctor.project_facts import asked
from goswitch.errors import UsageError
from goswitch.model.agreement import Agreement, agreement
from goswitch.model.finding import Kind, Place, Severity
from goswitch.model.request import Exact
from goswitch.model.version import Version, from_toolchain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

OTHER = Kind(
    "binary-other-go",
    Severity.ERROR,
    title="A program was built by another Go than the pin",
    cause="it was built before the pin was changed, in a container, or by a go that does not ask goswitch",
    message="`runtime.Version()` and `go version FILE` say that version; so do its bugs",
    cure="build it again: go build",
)


@check(OTHER)
def built_by(facts: Facts) -> Iterator[Finding]:
    """Read the build info out of each program; UsageError for a file that has none."""
    if not asked(facts).binaries:
        return
    from goswitch.system.binary import inspect  # noqa: PLC0415 - only with --binary

    pin, version = facts.ask(pinned), facts.ask(running_version)
    for path in asked(facts).binaries:
        said = inspect(path).version
        if said is None:
            raise UsageError(f"{path} has no build info of Go", help=f"file {path}")
        if version is None:
            raise UsageError(f"{path} was built by {said}, but which Go this project has is not known", help="goswitch")
        built = from_toolchain(said.split()[0])
        request = pin.request if pin is not None else Exact(version)
        if built and agreement(request, version, Exact(Version(built))) is Agreement.SAME:
            continue
        who = f"the pin is {pin}" if pin is not None else f"{version} runs here"
        yield OTHER.found(
            f"{path.name} was built by {said}, {who}",
            why=f"its runtime.Version() says {said.split()[0]}",
            place=Place(path),
            cure=f"goswitch exec {version} -- go build -o {path}",
        )
