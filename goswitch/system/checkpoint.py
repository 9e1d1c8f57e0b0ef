"""Named points at which a test can stop the process for good.

`arm` is told the environment once, by the composition root. With GOSWITCH_TEST_CHECKPOINT=NAME:FILE the process that
comes to the point NAME writes FILE and waits to be killed; without it, a checkpoint is one comparison with None.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "GOSWITCH_TEST_CHECKPOINT"

_armed: tuple[str, Path] | None = None


def arm(env: Mapping[str, str]) -> None:
    """Take the point at which to stop from the environment, or none."""
    global _armed  # noqa: PLW0603 - one process, one point; passing it through every call would cost more than it tells
    name, _, file = env.get(VARIABLE, "").partition(":")
    _armed = (name, Path(file)) if name and file else None


def checkpoint(name: str) -> None:
    """Stop here for good if this is the point that a test asked for."""
    if _armed is not None and _armed[0] == name:
        import signal  # noqa: PLC0415 - only a test comes here

        _armed[1].write_text(name)
        while True:
            signal.pause()
