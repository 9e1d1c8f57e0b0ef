"""The last list of each source, kept in the cache: for suggestions, which must not cost a network."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.model.version import Version
from goswitch.system.files import writing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform


class KeptList:
    """The list of one source for one platform."""

    def __init__(self, layout: Layout, source: str, platform: Platform) -> None:
        self._path = layout.lists / f"{source}-{platform.module}.json"

    def keep(self, versions: Iterable[Version]) -> None:
        """Replace what is kept. A cache that can't be written is no reason to fail."""
        names = [version.text for version in sorted(set(versions), reverse=True)]
        with suppress(DiskError), writing(self._path) as file:
            file.write(json.dumps({"schema_version": 1, "versions": names}, indent=1).encode() + b"\n")


def kept_versions(layout: Layout) -> list[Version]:
    """Return all versions that any kept list names, newest first; what is damaged or missing names none."""
    found: set[Version] = set()
    with suppress(OSError):
        for path in layout.lists.glob("*.json"):
            found |= _read(path)
    return sorted(found, reverse=True)


def _read(path: Path) -> set[Version]:
    try:
        names = json.loads(path.read_bytes())["versions"]
        return {Version.parse(name) for name in names}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
