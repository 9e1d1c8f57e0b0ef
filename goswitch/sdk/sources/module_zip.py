"""The module golang.org/toolchain: how a release becomes a module zip, and back.

A module zip is the official archive without `api doc misc test`, with each `go.mod` written `_go.mod` and no exec bits
(`cmd/distpack/pack.go`). Back: the names, and the bits that cmd/go sets after it unpacked one (`modfetch`/`toolchain`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.model.version import Version

if TYPE_CHECKING:
    from goswitch.model.platform import Platform

MODULE = "golang.org/toolchain"
_EXEC_WRAPPER = re.compile(r"lib/(?:.*/)?go_[^/]+_[^/]+_exec")


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


def placed(name: str) -> tuple[str, bool]:
    """Return the name in the tree for a name in the zip, and whether it is a program."""
    folder, slash, last = name.rpartition("/")
    name = f"{folder}{slash}go.mod" if last == "_go.mod" else name
    return name, folder == "bin" or name.startswith("pkg/tool/") or _EXEC_WRAPPER.fullmatch(name) is not None
