"""Hashing beside the thread that has the bytes: it needs no interpreter lock, so it costs that one nothing."""

from __future__ import annotations

import hashlib
import queue
import time
from typing import Self

from goswitch.system.interrupts import Task

_MOST_WAITING = 64
_LOOK_SECONDS = 0.001


class HashedAside:
    """The sha256 of chunks, taken in a thread; a context manager, at whose end the thread ends too."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        # Not a Queue with a bound: its locks are Python's own, and cost as much as the hashing.
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._task = Task("hash", self._run)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.put(None)

    def update(self, chunk: bytes) -> None:
        """Add a chunk; wait where too many have not been hashed yet."""
        while self._waiting.qsize() > _MOST_WAITING:
            time.sleep(_LOOK_SECONDS)
        self._waiting.put(chunk)

    def hexdigest(self) -> str:
        """Return the sha256 of all that was added; nothing may be added after that."""
        self._waiting.put(None)
        self._task.result()
        return self._hash.hexdigest()

    def _run(self) -> None:
        while (chunk := self._waiting.get()) is not None:
            self._hash.update(chunk)
