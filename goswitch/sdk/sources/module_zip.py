"""The module golang.org/toolchain: what its versions and zips are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.model.version import Version

if TYPE_CHECKING:
    from goswitch.model.platform import Platform

MODULE = "golang.org/toolchain"


def module_version(version: Version, platform: Platform) -> str:
    """Return `v0.0.1-go1.22.4.linux-amd64`."""
    return f"v0.0.1-{version.released.name}.{platform.module}"


def root(version: Version, platform: Platform) -> str:
    """Return what all names in the zip begin with."""
    return f"{MODULE}@{module_version(version, platform)}/"


def listed_version(line: str, platform: Platform) -> Version | None:
    """Return the release that a line of `@v/list` names for this platform, or None."""
    name = line.strip().removeprefix("v0.0.1-").removesuffix(f".{platform.module}")
    if module_name(name, platform) != line.strip():
        return None
    try:
        version = Version.from_name(name)
    except ValueError:
        return None
    return version if version.is_released_spelling else None


def module_name(name: str, platform: Platform) -> str:
    """Return the module version of a toolchain name."""
    return f"v0.0.1-{name}.{platform.module}"
