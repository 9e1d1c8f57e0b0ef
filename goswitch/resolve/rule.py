"""Which SDK runs in a directory: the resolution rule, in Python.

`shims/` holds the same rule in sh; one case table and a property test (`tests/resolution/`) hold the two together, to
the byte of what they print.

    1. GOSWITCH_VERSION or `+REQUEST`   2. the nearest pin file   3. the floor of go.work or go.mod
    4. the default                      5. the first go on PATH outside the shims
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from goswitch.errors import NotFound, NotInstalled
from goswitch.model.request import Exact, PinRequest, Range, System, choose, parse_request
from goswitch.resolve.binding import Binding, By, FloorFound, Origin
from goswitch.resolve.choice import default_satisfies, for_floor, installed
from goswitch.resolve.floors import find_floor
from goswitch.resolve.path_search import find_on_path
from goswitch.resolve.pins import Note, PinFound, find_pin, read_pin_file
from goswitch.resolve.root import sdk_root
from goswitch.sdk.inventory import usable_releases
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from goswitch.resolve.choice import Chosen

DEFAULT_FILE = ".goswitch/default"
_DEFAULT_HELP = "goswitch default 1.22.4"


def ignore(_place: str, _found: str) -> None:
    """Take no notes."""


def resolve(directory: Path, env: Mapping[str, str], *, tool: str = "go", note: Note = ignore) -> Binding:
    """Return what is bound in `directory`; NotInstalled (126) or NotFound (127) say why nothing can run.

    `tool` is what will be run: it must be there, executable and not empty.
    """
    root = sdk_root(env)
    pin = find_pin(directory, env, note)
    if pin is not None:
        return _bind(pin.request, root, env, tool, By.PIN, f"set by {pin.origin}", pin.origin)
    floor = find_floor(directory, env, note)
    default = find_default(root, note)
    if floor is None:
        if default is not None:
            reason = f"default, set by {default.origin}"
            return _bind(default.request, root, env, tool, By.DEFAULT, reason, default.origin)
        return _first_on_path(tool, env)
    if default is not None and default_satisfies(default.request, root, floor.floor):
        reason = f"default, set by {default.origin}; satisfies {floor}"
        return _bind(default.request, root, env, tool, By.DEFAULT, reason, default.origin, floor)
    chosen = for_floor(floor.floor, root)
    if chosen is not None:
        return _guarded(chosen, tool, By.FLOOR, f"floor {floor}", floor.origin, floor)
    if default is not None:
        reason = f"default, set by {default.origin}; nothing installed satisfies {floor}"
        bound = _bind(default.request, root, env, tool, By.DEFAULT, reason, default.origin, floor)
        return replace(bound, lacks=floor.floor.install_request)
    request = floor.floor.install_request
    raise NotInstalled(
        f"no installed SDK satisfies {floor.floor} ({floor.origin})", help=f"goswitch install {request}", lacks=request
    )


def resolve_request(text: str, env: Mapping[str, str], *, tool: str = "go") -> Binding:
    """Return what a request on the command line binds, wherever we are; it counts as a pin. Ranges are allowed.

    UsageError for what is no request, NotInstalled or NotFound as in `resolve`.
    """
    request = parse_request(text)
    origin = Origin(text)
    if isinstance(request, Range):
        newest = choose(request, usable_releases(sdk_root(env)))
        if newest is None:
            raise NotInstalled(
                f"nothing installed is in {request}", help=f"goswitch install '{request}'", lacks=str(request)
            )
        request = Exact(newest)
    return _bind(request, sdk_root(env), env, tool, By.PIN, f"asked for as {text}", origin)


def find_default(root: Path, note: Note = ignore) -> PinFound | None:
    """Return the default's request, or None if there is none."""
    path = root / DEFAULT_FILE
    if look.kind(path) is look.Kind.ABSENT:
        note(str(path), "no default is set")
        return None
    return read_pin_file(path, note=note, help_line=_DEFAULT_HELP)


def _bind(
    request: PinRequest,
    root: Path,
    env: Mapping[str, str],
    tool: str,
    by: By,
    reason: str,
    origin: Origin,
    floor: FloorFound | None = None,
) -> Binding:
    brackets = f" ({reason.split(';', 1)[0]})"
    if isinstance(request, System):
        program = find_on_path(tool, env)
        if program is None:
            raise NotFound(f"no {tool} on PATH outside the shims{brackets}", help="goswitch default stable")
        return Binding("system", by, reason, None, program=program, origin=origin, floor=floor)
    return _guarded(installed(request, root, brackets), tool, by, reason, origin, floor)


def _guarded(chosen: Chosen, tool: str, by: By, reason: str, origin: Origin, floor: FloorFound | None) -> Binding:
    """Return the binding if the tool that will run is a regular, executable, non-empty file."""
    program = chosen.path / "bin" / tool
    if not look.is_program(program):
        if tool not in {"go", "gofmt"} and not program.exists():
            raise NotFound(f"{chosen.name} has no tool {tool}", help=f"ls {chosen.path}/bin")
        mend = (
            f"goswitch link {chosen.name} /path/to/goroot"
            if chosen.version is None
            else f"goswitch uninstall {chosen.version} && goswitch install {chosen.version}"
        )
        raise NotInstalled(f"{program} is not an executable file ({reason.split(';', 1)[0]})", help=mend)
    return Binding(chosen.name, by, reason, chosen.path, chosen.version, origin=origin, floor=floor)


def _first_on_path(tool: str, env: Mapping[str, str]) -> Binding:
    if find_on_path("go", env) is None:
        raise NotFound(
            "no go here: no pin, no default, and none on PATH",
            help="goswitch install stable && goswitch default stable",
        )
    program = find_on_path(tool, env)
    if program is None:
        raise NotFound(f"no {tool} on PATH outside the shims", help="goswitch default stable")
    return Binding("system", By.PATH, "first go on PATH", None, program=program)
