"""When to ask again, and how long to wait before: growing waits with jitter, and the server's own Retry-After.

Only what can heal is tried again: 429, 5xx, a broken line. Sleeping, randomness and the clock are given, so that a test
sums the waits instead of waiting.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

LONGEST_WAIT = 60.0
"""Seconds: no server makes us wait longer by its Retry-After."""


@dataclass(frozen=True)
class Retry:
    """How often to ask, and the world it needs.

    `attempts` counts requests of one URL, the first included; `connects` those while not even a connection comes
    about, fewer, so that another source has its turn soon. `base` is the first wait in seconds; each is twice as long.
    """

    attempts: int = 5
    connects: int = 2
    base: float = 0.5
    sleep: Callable[[float], None] = time.sleep
    random: Callable[[], float] = random.random
    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time

    def wait(self, failures: int, retry_after: str | None = None) -> None:
        """Sleep after the `failures`-th failure (1 is the first)."""
        asked = self._seconds(retry_after)
        growing = self.base * 2.0 ** (failures - 1) * (0.5 + self.random())
        self.sleep(min(LONGEST_WAIT, growing if asked is None else max(asked, growing)))

    def _seconds(self, retry_after: str | None) -> float | None:
        if retry_after is None:
            return None
        if retry_after.strip().isdigit():
            return float(retry_after)
        try:
            return max(0.0, parsedate_to_datetime(retry_after).timestamp() - self.wall())
        except ValueError:
            return None


def heals(status: int) -> bool:
    """Tell whether an HTTP status may be another one in a moment."""
    return status == TOO_MANY_REQUESTS or status >= SERVER_ERROR
