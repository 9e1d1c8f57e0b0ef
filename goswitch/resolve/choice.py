"""From a request or a floor to an installed SDK. The rule's choosing half: what is on disk is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import NotInstalled
from goswitch.model.gomod import development_version, satisfies
from goswitch.model.layout import MARKER
from goswitch.model.request import Alias, Exact, Linked, PinRequest, Series, choose
from goswitch.model.version import Version
from goswitch.sdk import inventory
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.gomod import Floor


@dataclass(frozen=True)
class Chosen:
    """An installed SDK. `version` is None for linked names."""

    name: str
    path: Path
    version: Version | None


def installed(request: Exact | Series | Alias | Linked, root: Path, by: str) -> Chosen:
    """Return the SDK that answers a request; NotInstalled, with `by` (who asked) in its words."""
    match request:
        case Exact(version=version):
            return _exact(version.released, root, by)
        case Linked(name=name):
            return _linked(name, root, by)
        case Series() | Alias():
            newest = choose(request, inventory.usable_releases(root))
            if newest is None:
                what = f"no go{request} release" if isinstance(request, Series) else "no Go release"
                raise NotInstalled(f"{what} is installed{by}", help=f"goswitch install {request}", lacks=str(request))
            return _release(newest, root)


def _release(version: Version, root: Path) -> Chosen:
    return Chosen(version.name, root / version.name, version)


def _exact(version: Version, root: Path, by: str) -> Chosen:
    chosen = _release(version, root)
    if (chosen.path / MARKER).is_file():
        return chosen
    if look.kind(chosen.path) is look.Kind.ABSENT or inventory.is_empty_directory(chosen.path):
        fact = f"{version.name} is not installed{by}"
    else:
        fact = f"{version.name} is incomplete{by}: {chosen.path} has no {MARKER}"
    raise NotInstalled(fact, help=f"goswitch install {version}", lacks=version.text)


def _linked(name: str, root: Path, by: str) -> Chosen:
    path = root / name
    known = path.is_symlink() or (path / MARKER).is_file() or name == inventory.GOTIP
    if known and path.is_dir():
        return Chosen(name, path, None)
    raise NotInstalled(f"no SDK is linked as {name}{by}", help=f"goswitch link {name} /path/to/goroot")


def default_satisfies(request: PinRequest, root: Path, floor: Floor) -> bool:
    """Tell whether the default may run where `floor` holds.

    One that is not installed doesn't; one whose version can't be known without running it does, and cmd/go decides.
    """
    if not isinstance(request, Exact | Series | Alias | Linked):
        return True
    try:
        chosen = installed(request, root, "")
    except NotInstalled:
        return False
    version = chosen.version.text if chosen.version is not None else _version_in(chosen.path)
    return not version or satisfies(version, floor)


def _version_in(path: Path) -> str:
    for name in ("VERSION", "VERSION.cache"):
        if line := look.first_line(path / name):
            return development_version(line)
    return ""


def for_floor(floor: Floor, root: Path) -> Chosen | None:
    """Return the SDK for a floor that the default doesn't satisfy, or None.

    The named toolchain if installed exactly, else the newest of the floor's series that satisfies it, else the newest
    of the lowest series above.
    """
    usable = [version for version in inventory.usable_releases(root) if satisfies(version.text, floor)]
    if not usable:
        return None
    wanted = Version(floor.version)
    if floor.keyword == "toolchain" and floor.value == wanted.name and wanted in usable:
        return _release(next(version for version in usable if version == wanted), root)
    lowest = min(version.series_key for version in usable)
    return _release(max(version for version in usable if version.series_key == lowest), root)
