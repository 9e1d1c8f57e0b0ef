"""What stands in the SDK root and is no SDK that may be chosen, or only seems to be one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.cures import renewed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Kind, Severity
from goswitch.sdk.inventory import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

INCOMPLETE = Kind(
    "sdk-incomplete",
    Severity.WARNING,
    title="An SDK has no marker, so it counts as not installed",
    cause="an install, an uninstall or a `goX.Y.Z download` ended before its time; the marker is written last",
    message="goswitch does not choose it, and golang.org/dl says `not downloaded. Run 'go1.22.4 download'`",
    cure="goswitch repair 1.22.4",
)
FOREIGN = Kind(
    "sdk-foreign",
    Severity.WARNING,
    title="A whole SDK has no marker, so it is not used",
    cause="somebody unpacked or copied it there; what neither goswitch nor golang.org/dl installed is not run unasked",
    message=(
        "a pin that asks for it ends in `not installed`, though editors list it; golang.org/dl says `not downloaded`"
    ),
    cure="goswitch repair --force 1.22.4",
)
HOLLOW = Kind(
    "sdk-marker-without-tree",
    Severity.ERROR,
    title="The marker says that an SDK is complete, but there is no tree",
    cause="its files were deleted, and the marker, `.unpacked-success`, was left",
    message="pins and floors choose it, and then there is no bin/go to run",
    cure="goswitch repair 1.22.4",
)
GONE = Kind(
    "link-target-gone",
    Severity.ERROR,
    title="A linked SDK leads nowhere",
    cause="the tree that `goswitch link` was given has been moved or deleted",
    message="what is pinned to it can't run",
    cure="goswitch link --force go-nightly /path/to/goroot",
)


@check(INCOMPLETE, FOREIGN, HOLLOW, GONE)
def state(facts: Facts) -> Iterator[Finding]:
    """Look for SDKs without marker, markers without SDK, and links that lead nowhere."""
    for sdk in facts.ask(sdks):
        if sdk.unreadable:
            continue
        removal = f"goswitch uninstall {sdk.name}"
        if sdk.sdk.state is State.INCOMPLETE:
            yield INCOMPLETE.found(f"{sdk.name} is incomplete: it has no marker", cure=(renewed(sdk), removal))
        elif sdk.sdk.state is State.FOREIGN:
            forced = f"{removal} --force"
            cures = (f"goswitch repair --force {sdk.name}", forced) if sdk.release else (forced,)
            yield FOREIGN.found(
                f"{sdk.name} is a whole tree that neither goswitch nor golang.org/dl installed", cure=cures
            )
        elif sdk.sdk.state is State.LINKED and not sdk.there:
            target = sdk.tree.readlink()
            relink = f"goswitch link --force {sdk.name} PATH"
            yield GONE.found(f"{sdk.name} is linked to {target}, which is not there", cure=(relink, removal))
        elif sdk.hollow:
            yield HOLLOW.found(f"{sdk.name} has the marker, but neither bin/go nor src", cure=(renewed(sdk), removal))
