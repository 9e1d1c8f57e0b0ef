"""Why this SDK: what was looked at, the rule that decided, what was passed over. For `goswitch current --explain`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goswitch.errors import GoswitchError
from goswitch.model.gomod import satisfies
from goswitch.resolve.binding import By
from goswitch.resolve.floors import find_floor
from goswitch.resolve.next_go import next_of
from goswitch.resolve.pins import VARIABLE
from goswitch.resolve.root import sdk_root
from goswitch.resolve.rule import find_default, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from goswitch.resolve.binding import Binding, FloorFound
    from goswitch.resolve.next_go import NextGo
    from goswitch.system.world import World

RULES = {
    VARIABLE: "rule 1 of 5: GOSWITCH_VERSION or +REQUEST binds",
    By.PIN: "rule 2 of 5: the nearest pin binds; pins beat floors at any depth",
    By.FLOOR: "rule 3 of 5: no pin, so the floor of go.work or go.mod decides",
    By.DEFAULT: "rule 4 of 5: no pin and no floor that asks for more, so the default runs",
    By.PATH: "rule 5 of 5: no pin, no floor, no default, so the first go on PATH runs",
}


@dataclass(frozen=True)
class Look:
    """One thing that was looked at, and what was found there."""

    place: str
    found: str


@dataclass
class Explanation:
    """The whole answer. Exactly one of `binding` and `error` is there."""

    looks: list[Look] = field(default_factory=list)
    passed_over: list[Look] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rule: str = ""
    binding: Binding | None = None
    error: GoswitchError | None = None
    goroot: str = ""
    gotoolchain: str = ""
    next: NextGo | None = None
    """What cmd/go does then; None where the version of the go that is started can't be known without running it."""


def explain(world: World, pin_toolchain: str) -> Explanation:
    """Return the explanation for the working directory; an error of the rule is part of it.

    `pin_toolchain` is the setting `toolchain`: the GOTOOLCHAIN that a pin sets.
    """
    result = Explanation()
    directory, env = world.cwd, world.env

    def note(place: str, found: str) -> None:
        result.looks.append(Look(place, found))

    try:
        result.binding = resolve(directory, env, note=note)
    except GoswitchError as error:
        result.error = error
        result.rule = "no rule gave an SDK that can run"
        return result
    binding = result.binding
    result.rule = RULES[VARIABLE if binding.origin is not None and binding.origin.place == VARIABLE else binding.by]
    result.goroot = (
        f"{binding.sdk}, whatever GOROOT was" if binding.sdk is not None else "unset: a system go finds its own"
    )
    result.gotoolchain = _toolchain(binding, env, pin_toolchain)
    if binding.by is By.PIN:
        _what_the_pin_beat(result, binding, directory, env)
    elif binding.by is By.FLOOR:
        result.passed_over.append(_default(env, "does not satisfy the floor"))
    result.next = next_of(binding, world, pin_toolchain)
    return result


def _what_the_pin_beat(result: Explanation, binding: Binding, directory: Path, env: Mapping[str, str]) -> None:
    floor = find_floor(directory, env, lambda _place, _found: None)
    if floor is not None:
        result.passed_over.append(Look(str(floor.origin), f"asks for {floor.floor} at least; a pin beats a floor"))
        if _is_below(binding, floor):
            result.warnings.append(
                f"{binding.name} is below {floor.floor} ({floor.origin}): go will refuse to run in this module"
            )
    result.passed_over.append(_default(env, "a pin beats the default"))


def _is_below(binding: Binding, floor: FloorFound) -> bool:
    return binding.version is not None and not satisfies(binding.version.text, floor.floor)


def _default(env: Mapping[str, str], why: str) -> Look:
    try:
        default = find_default(sdk_root(env))
    except GoswitchError as error:
        return Look("default", error.message)
    if default is None:
        return Look("default", "none is set")
    return Look("default", f"{default.request}: {why}")


def _toolchain(binding: Binding, env: Mapping[str, str], pin_toolchain: str) -> str:
    if env.get("GOTOOLCHAIN"):
        return f"{env['GOTOOLCHAIN']}, as you have set it"
    if binding.by is By.PIN and not binding.is_system:
        return f"{pin_toolchain}, set by the pin"
    return "left alone: cmd/go may switch by go.mod and its own settings"
