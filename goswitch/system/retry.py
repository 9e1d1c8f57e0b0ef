"""When to give up on an answer, when to ask again, and how long to wait before.

Waits grow, with jitter, and the server's own Retry-After counts; a body that only drips is a broken line.

Only what can heal is tried again: 429, 5xx, a broken line. Sleeping, randomness and the clock are given, so that a test
sums the waits instead of waiting.
"""

from __future__ import annotations

import random
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import NetworkError
from goswitch.system import interrupts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOO_MANY_REQUESTS = 429
SERVER_ERROR = 500

LONGEST_WAIT = 60.0
"""Seconds: no server makes us wait longer by its Retry-After."""

_STALL_SECONDS = 20.0
_STALL_BYTES = 20 * 1024


class Unreachable(NetworkError):
    """Not even a connection came about: another source may be asked at once."""


class Broken(NetworkError):
    """A connection broke, stalled or did not keep to the protocol: asking again may help."""


class Retry(NamedTuple):
    """How often to ask, and the world it needs.

    `attempts` counts requests of one URL, the first included; `connects` those while not even a connection comes
    about, fewer, so that another source has its turn soon. `base` is the first wait in seconds; each is twice as long.
    """

    attempts: int = 5
    connects: int = 2
    base: float = 0.5
    sleep: Callable[[float], None] = interrupts.sleep
    random: Callable[[], float] = random.random
    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time

    def wait(self, failures: int, retry_after: str | None = None) -> None:
        """Sleep after the `failures`-th failure (1 is the first)."""
        asked = self._seconds(retry_after)
        growing = self.base * 2.0 ** (failures - 1) * (0.5 + self.random())
        self.sleep(min(LONGEST_WAIT, growing if asked is None else max(asked, growing)))

    def lively(self, chunks: Iterator[bytes], host: str) -> Iterator[bytes]:
        """Yield a body; raise Broken if `host` drips it: a timeout for each read alone would wait for ever."""
        window, received = self.monotonic(), 0
        for chunk in chunks:
            yield chunk
            received += len(chunk)
            now = self.monotonic()
            if now - window >= _STALL_SECONDS:
                if received < _STALL_BYTES:
                    raise Broken(f"{host} sends fewer than {_STALL_BYTES} bytes in {_STALL_SECONDS:g} s")
                window, received = now, 0

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
