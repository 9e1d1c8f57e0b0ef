"""What binds a project: its pin and the version that it means, or the SDK that runs there without one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.errors import GoswitchError, NotInstalled
from goswitch.model.finding import Place
from goswitch.model.gomod import development_version
from goswitch.model.request import Alias, Exact, Linked, Series, System, choose
from goswitch.model.version import Version
from goswitch.resolve.pins import find_pin
from goswitch.resolve.rule import ignore, resolve
from goswitch.sdk.inventory import usable_releases
from goswitch.system import look

if TYPE_CHECKING:
    from goswitch.doctor.facts import Facts
    from goswitch.model.request import PinRequest
    from goswitch.resolve.binding import Binding, Origin


@dataclass(frozen=True)
class Pinned:
    """A pin: its request, where it is written, and the version that it means here; None where that can't be told.

    `shown` is where it is written as seen from the folder that is looked at.
    """

    request: PinRequest
    origin: Origin
    version: Version | None
    shown: str

    @property
    def place(self) -> Place | None:
        """The file and line; None for a variable."""
        return Place(Path(self.origin.place), self.origin.line) if self.origin.line else None

    def __str__(self) -> str:
        return f"{self.request} ({self.shown})"


def pin_or_error(facts: Facts) -> Pinned | NotInstalled | None:
    """Return the pin that binds, the error that it is, or None."""
    try:
        found = find_pin(facts.cwd, facts.env, ignore)
    except NotInstalled as error:
        return error
    if found is None:
        return None
    origin = found.origin
    shown = f"{os.path.relpath(origin.place, facts.cwd)}:{origin.line}" if origin.line else origin.place
    return Pinned(found.request, origin, _meant(found.request, facts), shown)


def pinned(facts: Facts) -> Pinned | None:
    """Return the pin that binds; one that can't be used counts as none: a check of its own names it."""
    found = facts.ask(pin_or_error)
    return found if isinstance(found, Pinned) else None


def bound(facts: Facts) -> Binding | GoswitchError:
    """Return the SDK that runs here, or why none does."""
    try:
        return resolve(facts.cwd, facts.env)
    except GoswitchError as error:
        return error


def running_version(facts: Facts) -> Version | None:
    """Return the version that the pin means, or of the SDK that runs here without one; None if it can't be told."""
    pin = facts.ask(pinned)
    if pin is not None:
        return pin.version
    return _version_of(facts.ask(bound))


def _version_of(binding: Binding | GoswitchError) -> Version | None:
    """Return the version of what is bound; of a linked SDK, or a go that is not ours, what its VERSION says."""
    if isinstance(binding, GoswitchError):
        return None
    if binding.version is not None:
        return binding.version
    goroot = binding.sdk or (binding.program.resolve().parent.parent if binding.program is not None else None)
    text = development_version(look.first_line(goroot / "VERSION")) if goroot is not None else ""
    return Version(text) if text else None


def _meant(request: PinRequest, facts: Facts) -> Version | None:
    match request:
        case Exact(version=version):
            return version
        case Series() | Alias():
            return choose(request, usable_releases(facts.layout.sdk_root))
        case Linked() | System():
            return _version_of(facts.ask(bound))
