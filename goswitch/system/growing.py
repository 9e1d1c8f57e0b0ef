"""A file that one thread writes while others read what is there already.

The writer announces how far it is; readers wait for the bytes they need. If the writer has to start anew, because the
server sent another file than the one begun, readers get `Restarted` and begin again themselves.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Restarted(Exception):
    """An event for readers: the bytes read so far are no longer those of the file."""


class Abandoned(Exception):
    """An event for readers: the writer gave up; it raises the reason itself."""


class Growing:
    """The state of one such file. `path` may be read up to what `wait` allows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.total: int | None = None
        self.restarts = 0
        self._enough: tuple[int, int] | None = None
        self._available = 0
        self._wanted: list[int] = []
        self._ended = False
        self._abandoned = False
        self._changed = threading.Condition()

    def restart(self) -> None:
        """Say that the file is empty again."""
        with self._changed:
            self.restarts += 1
            self._available = 0
            self.total = self._enough = None
            self._ended = False
            self._changed.notify_all()

    def reach(self, available: int, total: int | None = None) -> None:
        """Say that `available` bytes are there, of `total` where that is known."""
        with self._changed:
            self._available = available
            self.total = total if total is not None else self.total
            # Waking those for whom it is too early would cost more than receiving does.
            if any(offset <= available for offset in self._wanted):
                self._changed.notify_all()

    def need(self, size: int, total: int, since: int) -> None:
        """Say that readers need no more than its first `size` bytes, if the file has `total`. `since` as in `wait`."""
        with self._changed:
            if self.restarts == since:
                self._enough = (size, total)

    def is_enough(self) -> bool:
        """Tell whether all that readers need is there."""
        with self._changed:
            return self._enough is not None and self._available >= self._enough[0] and self.total == self._enough[1]

    def end(self) -> None:
        """Say that the file is whole, or as much of it as readers need is there."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def abandon(self) -> None:
        """Say that no more bytes will come."""
        with self._changed:
            self._abandoned = True
            self._changed.notify_all()

    def wait(self, offset: int, since: int = 0) -> int:
        """Return how many bytes are there, once it is at least `offset` or the file is whole.

        `since` is the `restarts` that the reader began with; raise Restarted if it is another one by now, Abandoned if
        the writer gave up.
        """
        with self._changed:
            while True:
                if self._abandoned:
                    raise Abandoned
                if self.restarts != since:
                    raise Restarted
                if self._available >= offset or self._ended:
                    return self._available
                self._wanted.append(offset)
                self._changed.wait()
                self._wanted.remove(offset)
