"""Whether two requests for a Go mean the same: a pin, and what another tool's file asks for. Nothing is looked up."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from goswitch.model.request import Alias, Exact, Range, Series, choose
from goswitch.model.version import compare, language

if TYPE_CHECKING:
    from goswitch.model.request import PinRequest, Remote
    from goswitch.model.version import Version


class Agreement(enum.Enum):
    """How what is asked for stands to a pin."""

    SAME = enum.auto()
    MOVES = enum.auto()
    """It can mean the pin's version, and moves on with each release."""
    OTHER = enum.auto()
    """It can't mean the pin's version."""
    UNKNOWN = enum.auto()


def agreement(pin: PinRequest, version: Version | None, asks: Remote) -> Agreement:
    """Compare a pin, and the version that it means here, with what is asked for elsewhere."""
    if pin == asks:
        return Agreement.SAME
    if isinstance(pin, Series):
        return _with_series(pin, version, asks)
    if version is None:
        return Agreement.UNKNOWN
    if isinstance(asks, Alias):
        return Agreement.MOVES
    if choose(asks, [version]) is None:
        # A prerelease is in no range, and an alias moves on to what is asked for there.
        return Agreement.OTHER if isinstance(pin, Exact) else Agreement.MOVES
    return Agreement.SAME if isinstance(asks, Exact) or is_exact(asks) else Agreement.MOVES


def _with_series(pin: Series, version: Version | None, asks: Remote) -> Agreement:
    match asks:
        case Exact(version=exact):
            return Agreement.SAME if exact.series == pin.series else Agreement.OTHER
        case Series():
            return Agreement.OTHER
        case Alias():
            return Agreement.MOVES
        case Range():
            if version is None:
                return Agreement.UNKNOWN
            return Agreement.OTHER if choose(asks, [version]) is None else Agreement.MOVES


def is_exact(asks: Remote) -> bool:
    """Tell whether a range has one version only."""
    return isinstance(asks, Range) and asks.text.startswith("==") and "," not in asks.text and "*" not in asks.text


def is_below(asks: Remote, floor: str) -> bool:
    """Tell whether all that is asked for is below a floor; False where that can't be told."""
    match asks:
        case Exact(version=version):
            return compare(version.text, floor) < 0
        case Series(series=series):
            return compare(series, language(floor)) < 0
        case _:
            return False
