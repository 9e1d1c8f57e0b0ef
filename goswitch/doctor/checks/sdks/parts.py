"""Parts of the standard library and of the tree that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.cures import renewed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.distribution import LEFT_OUT, is_program
from goswitch.model.finding import Kind, Severity
from goswitch.model.parts import parts_of
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding
    from goswitch.sdk.examination import Examined

MISSING = Kind(
    "sdk-part-missing",
    Severity.ERROR,
    title="A part of an SDK that Go needs is missing",
    cause="it was deleted, or the SDK was made smaller by something that did not know what is needed",
    message="`package fmt is not in std`, and the like; jumping to the standard library fails",
    cure="goswitch repair 1.22.4",
)
FILES = Kind(
    "sdk-files-missing",
    Severity.WARNING,
    title="Files that were installed with an SDK are missing",
    cause="they were deleted later",
    message="what needs them fails: `undefined: …` in the standard library, or `no such file or directory`",
    cure="goswitch repair 1.22.4",
)

_NAMED = 3
_NOT_NEEDED = (*LEFT_OUT, "CONTRIBUTING.md", "LICENSE", "PATENTS", "README.md", "SECURITY.md", "codereview.cfg")


@check(MISSING, FILES)
def parts(facts: Facts) -> Iterator[Finding]:
    """Look for what every SDK has; and, with a files.sha256, for every file."""
    for sdk in facts.ask(sdks):
        if sdk.runs and not sdk.hollow and not sdk.unreadable:
            yield from _judge(sdk)


def _judge(sdk: Examined) -> Iterator[Finding]:
    cure = renewed(sdk)
    if not sdk.has_source:
        why = "nothing can be built: `package fmt is not in std`; editors take it for no SDK, and find no declarations"
        yield MISSING.found(f"{sdk.name} has no src", why=why, cure=cure)
        return
    gone = [part for part in parts_of(sdk.version or "1.99") if look.kind(sdk.tree / part.path) is look.Kind.ABSENT]
    for part in gone:
        severity = Severity.ERROR if part.fails else Severity.WARNING
        yield MISSING.found(f"{part.path} of {sdk.name} is missing", why=part.without, cure=cure, severity=severity)
    known = (*(part.path for part in gone), "VERSION")
    files = [
        name
        for name in sdk.contents.missing
        if not name.startswith(known) and not is_program(name) and name.split("/", 1)[0] not in _NOT_NEEDED
    ]
    if files:
        yield FILES.found(f"{sdk.name} lacks {listed(files)}", cure=cure)


def listed(names: list[str]) -> str:
    """Return a few of the names, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
