"""SDKs whose path has what something else than Go can't take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

NEWLINE = Kind(
    "sdk-path-with-newline",
    Severity.ERROR,
    title="The path of an SDK has a newline or another control character in it",
    cause="a folder was given such a name by mistake",
    message="nothing can be built: `invalid package directory`",
    cure="export GOSWITCH_SDK_ROOT=/path/without/it",
)
COLON = Kind(
    "sdk-path-with-colon",
    Severity.WARNING,
    title="The path of an SDK has a colon in it",
    cause="the SDK root lies in a folder that is named so",
    message=(
        "PATH can't hold it, as `:` parts its entries: what `go generate` and `go test` start finds no `go`, or another"
    ),
    cure="export GOSWITCH_SDK_ROOT=/path/without/it",
)
SPACE = Kind(
    "sdk-path-with-space",
    Severity.WARNING,
    title="The path of an SDK has a space in it",
    cause="the SDK root lies in a folder that is named so, often the home folder",
    message=(
        "Go itself builds, with cgo too; but make takes it for two files (`No rule to make target`), so do scripts with"
        " an unquoted `$(go env GOROOT)`, and no `#!` line can name it"
    ),
    cure="export GOSWITCH_SDK_ROOT=/path/without/it",
)
LONG = Kind(
    "sdk-path-too-long",
    Severity.WARNING,
    title="The path of an SDK has more than 200 characters",
    cause="the SDK root lies deep down",
    message=(
        "Go itself builds; but a `#!` line that names its bin/go may pass what the system reads (255 characters on"
        " Linux), and such a script then does nothing, and succeeds"
    ),
    cure="export GOSWITCH_SDK_ROOT=/shorter/path",
)
NOT_ASCII = Kind(
    "sdk-path-not-ascii",
    Severity.NOTE,
    title="The path of an SDK has characters that are not ASCII",
    cause="the SDK root lies in a folder that is named so, often the home folder",
    message="Go itself builds, with cgo too; tools that guess an encoding show it wrongly, or do not find it",
    cure="export GOSWITCH_SDK_ROOT=/path/without/them",
)

_LONGEST = 200
_ELSEWHERE = "goswitch link --force NAME /path/without/it"


@check(NEWLINE, COLON, SPACE, LONG, NOT_ASCII)
def path(facts: Facts) -> Iterator[Finding]:
    """Look at the paths: that of the SDK root once, and those that links lead to."""
    root = facts.layout.sdk_root
    seen: set[Kind] = set()
    there = [sdk for sdk in facts.ask(sdks) if sdk.runs]
    for place, sdk in [(str(root), None), *((str(sdk.real), sdk) for sdk in there)]:
        longest = max((len(str(it.tree)) for it in there), default=0) if sdk is None else len(place)
        for kind in _kinds(place, longest):
            if kind not in seen and there:
                subject = f"the SDK root, {root}," if sdk is None else f"{sdk.name}, in {place},"
                yield kind.found(f"the path of {subject} {_WORDS[kind]}", cure=kind.cure if sdk is None else _ELSEWHERE)
            if sdk is None:
                seen.add(kind)


_WORDS = {
    NEWLINE: "has a control character in it",
    COLON: "has a colon in it",
    SPACE: "has a space in it",
    LONG: f"is longer than {_LONGEST} characters",
    NOT_ASCII: "is not ASCII",
}


def _kinds(place: str, length: int) -> Iterator[Kind]:
    if any(character < " " or character == "\x7f" for character in place):
        yield NEWLINE
    if ":" in place:
        yield COLON
    if " " in place:
        yield SPACE
    if length > _LONGEST:
        yield LONG
    if not place.isascii():
        yield NOT_ASCII
