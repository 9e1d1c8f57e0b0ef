"""Any official SDK against Go's checksum database, whoever installed it.

The h1 of the module golang.org/toolchain is made of names and contents alone, so it can be computed again from an
unpacked SDK (FACTS: a module zip is the official archive without four folders, with `go.mod` renamed). Where it is
another one than the log states, the module's own file list tells which files differ.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import GoswitchError, NotInstalled, UsageError
from goswitch.model.distribution import LEFT_OUT, name_in_module
from goswitch.model.platform import Platform
from goswitch.model.version import Version
from goswitch.sdk.digests import Differences, differences
from goswitch.sdk.dirhash import h1
from goswitch.sdk.sources.module_zip import MODULE, module_version, root
from goswitch.sdk.tree import version_line
from goswitch.system.binary import inspect
from goswitch.system.look import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from goswitch.sdk.sources.base import Proof
    from goswitch.sdk.treehash import Seen

_GO_ENV = "go.env"
_PUBLISHED = b"GOTOOLCHAIN=auto"
"""What go.env says since there is one (Go 1.21), in its last line."""


@dataclass(frozen=True)
class LogCheck:
    """What the log says of a tree.

    `module` is the module with its version, `stated` the log's proof, `found` the tree's own h1. Where they differ:
    `setting` is what go.env sets if that alone is the difference; else `differences` are the files, or None where the
    list of them could not be had, and then `unknown` is why. `unproven` are folders that the module does not have.
    """

    module: str
    stated: Proof
    found: str
    unproven: tuple[str, ...]
    setting: str | None = None
    differences: Differences | None = None
    unknown: str | None = None

    @property
    def holds(self) -> bool:
        """Whether the tree is what the log states."""
        return self.found == self.stated.value


def identify(tree: Path, host: Platform) -> tuple[Version, Platform]:
    """Return which release a tree says it is, and for which platform; raise NotInstalled, UsageError, DiskError.

    Programs before Go 1.18 do not say for which system they are: the host's, then.
    """
    line = version_line(tree)
    if line is None:
        raise NotInstalled(f"{tree} is no Go SDK: it has no VERSION", help="name the folder that has bin and src in it")
    try:
        version = Version.from_name(line)
    except ValueError:
        raise UsageError(
            f"{tree} is no release ({line[:64]!r}): the checksum database knows releases alone", help="goswitch list"
        ) from None
    for program in ("bin/go", "bin/go.exe"):
        if (tree / program).is_file():
            told = inspect(tree / program)
            goos = told.build_goos or ("windows" if program.endswith(".exe") else host.goos)
            return version, Platform(goos, told.build_goarch or told.goarch or host.goarch)
    return version, host


def check_log(
    tree: Path,
    seen: Mapping[str, Seen],
    version: Version,
    platform: Platform,
    *,
    stated: Proof,
    known: Mapping[str, str] | None,
    published: Callable[[], Mapping[str, str]],
) -> LogCheck:
    """Hold `seen`, the files of `tree`, against what the log has stated for `version`.

    `known` is a list of digests that somebody wrote down for the tree: it counts if the log proves it. `published`
    fetches the module and returns its list; it is called only if nothing else tells which files differ.
    """
    prefix = root(version, platform)
    module = f"{MODULE}@{module_version(version, platform)}"
    unproven = tuple(folder for folder in LEFT_OUT if any(name.startswith(f"{folder}/") for name in seen))
    # golang.org/dl keeps the archive in the SDK's folder.
    archive = f"{version.released.name}.{platform.archive}.tar.gz"
    inside = {name: found for name, found in seen.items() if name_in_module(name) is not None and name != archive}

    def hashed(digests: Mapping[str, str]) -> str:
        named = ((name_in_module(name), digest) for name, digest in digests.items())
        return h1((f"{prefix}{name}", digest) for name, digest in named if name is not None)

    actual = {name: found.digest or "" for name, found in inside.items()}
    found = hashed(actual)
    check = LogCheck(module, stated, found, unproven)
    if check.holds:
        return check
    for content, setting in _undone(read_regular(tree / _GO_ENV) or b""):
        if hashed(actual | {_GO_ENV: hashlib.sha256(content).hexdigest()}) == stated.value:
            return LogCheck(module, stated, found, unproven, setting=setting)
    if known is None or hashed(known) != stated.value:
        try:
            known = published()
        except GoswitchError as error:
            return LogCheck(module, stated, found, unproven, unknown=error.message)
    expected = {name: digest for name, digest in known.items() if name_in_module(name) is not None}
    return LogCheck(module, stated, found, unproven, differences=differences(inside, expected))


def _undone(go_env: bytes) -> list[tuple[bytes, str]]:
    """Return what go.env may have been before somebody set GOTOOLCHAIN in it or added lines, with what was set."""
    lines = go_env.splitlines(keepends=True)
    place = next((index for index, line in enumerate(lines) if line.startswith(b"GOTOOLCHAIN=")), None)
    if place is None:
        return []
    replaced = [*lines[:place], _PUBLISHED + b"\n", *lines[place + 1 :]]
    cut = replaced[: place + 1]
    return [
        (b"".join(before), ", ".join(line.decode("utf-8", "replace").strip() for line in lines if line not in before))
        for before in (replaced, cut)
    ]
