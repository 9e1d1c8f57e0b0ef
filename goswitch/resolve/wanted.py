"""What a folder asks to have installed: its pin, else its floor. For `goswitch install` without a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import NotFound, UsageError
from goswitch.model.request import Exact, Remote, parse_request
from goswitch.resolve.choice import for_floor
from goswitch.resolve.floors import find_floor
from goswitch.resolve.pins import find_pin
from goswitch.resolve.root import sdk_root
from goswitch.resolve.rule import ignore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def wanted_here(directory: Path, env: Mapping[str, str]) -> Remote:
    """Return what `directory` asks for.

    A pin's own request; for a floor the SDK that already satisfies it, else the newest of its series. Raise NotFound
    where nothing asks, UsageError where a pin names what no source has.
    """
    pin = find_pin(directory, env, ignore)
    if pin is not None:
        if isinstance(pin.request, Remote):
            return pin.request
        raise UsageError(
            f"{pin.request} (set by {pin.origin}) is no release that could be installed", help="goswitch list"
        )
    floor = find_floor(directory, env, ignore)
    if floor is None:
        raise NotFound(
            "nothing here asks for a Go version: no pin, no go.work, no go.mod", help="goswitch install stable"
        )
    chosen = for_floor(floor.floor, sdk_root(env))
    if chosen is not None and chosen.version is not None:
        return Exact(chosen.version)
    request = parse_request(floor.floor.install_request)
    if not isinstance(request, Remote):
        raise UsageError(f"{floor} can't be installed", help="goswitch available")
    return request
