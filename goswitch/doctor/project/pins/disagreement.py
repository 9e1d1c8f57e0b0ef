"""`.go-version` and `.tool-versions` in one folder that name different versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.pinned import pinned
from goswitch.model import pin as pin_model
from goswitch.model.finding import Kind, Place, Severity
from goswitch.model.request import Malformed, parse_pin
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

DISAGREE = Kind(
    "pins-disagree",
    Severity.ERROR,
    title=".go-version and .tool-versions name different versions",
    cause="one was raised and the other forgotten",
    message="goswitch obeys .go-version; asdf and mise obey .tool-versions: people build with different Go",
    cure="goswitch pin 1.22.4",
)


@check(DISAGREE)
def disagreement(facts: Facts) -> Iterator[Finding]:
    """Look beside the `.go-version` that binds."""
    pin = facts.ask(pinned)
    if pin is None or pin.place is None or pin.place.file.name != pin_model.GO_VERSION:
        return
    path = pin.place.file.parent / pin_model.TOOL_VERSIONS
    word = pin_model.tool_versions_word(look.read_regular(path) or b"")
    if word is None:
        return
    try:
        other = parse_pin(word.word) if word.word else None
    except Malformed:
        other = None
    if other != pin.request:
        yield DISAGREE.found(
            f"{pin_model.GO_VERSION} says {pin.request}, {pin_model.TOOL_VERSIONS} says {word.word or 'nothing'}",
            place=Place(path, word.line),
            cure=f"write `golang {pin.request}` in line {word.line} of {path.name}",
        )
