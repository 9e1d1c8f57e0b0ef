"""Build hook: assembles the front, the sh script `goswitch`, and ships it beside the console script `goswitch-py`.

hatchling runs it for wheels, editable ones too; an sdist carries the sources and needs nothing assembled. The wheel's
copy of the shell files is `force-include` in pyproject.toml.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontBuildHook(BuildHookInterface[Any]):
    """Adds the rendered front to the scripts of the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Render `shims/goswitch.sh` and name the result as a script; ValueError if a part or a token is wrong."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        # The build environment has hatchling alone: only modules that need nothing but the standard library load here.
        sys.path.insert(0, str(root))
        try:
            from goswitch.shell.render import render  # noqa: PLC0415 - importable only now
        finally:
            sys.path.remove(str(root))
        front = Path(self.directory, ".front", "goswitch")
        front.parent.mkdir(parents=True, exist_ok=True)
        front.write_bytes(render(root / "shims", "goswitch.sh", {}))
        front.chmod(0o755)
        build_data["shared_scripts"][str(front)] = "goswitch"
