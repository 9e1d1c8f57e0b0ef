"""vendor/modules.txt: which modules are vendored, and the Go that each asks for (cmd/go/internal/modload/vendor.go)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.model.gomod import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

_GO = re.compile(r"(?:^|;)\s*go\s+(\S+?)\s*(?=;|$)")


def vendored_go_lines(text: str) -> Iterator[tuple[str, str, Line]]:
    """Yield path, version and go line of each module that has one: `## explicit; go 1.22` below `# path v1.0.0`."""
    module: tuple[str, str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("## "):
            match = _GO.search(line.removeprefix("## "))
            if module is not None and match is not None:
                yield *module, Line(match[1], number)
        elif line.startswith("# "):
            words = line.split()
            version = words[2] if len(words) > 2 and words[2] != "=>" else ""  # noqa: PLR2004 - `# path version`
            module = (words[1], version) if len(words) > 1 else None
