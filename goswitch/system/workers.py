"""The pool of worker processes: Python's threads would wait for each other at the interpreter lock."""

from __future__ import annotations

import os
import queue
import threading
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Self

from goswitch.system.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 8


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """As many processes as this one may use cores, started when they are needed; a context manager.

    Where there is one core, or none can be started, there are none: then the caller does the work itself. May be used
    by several threads. `most` is for who wants fewer, `users` says how many will want some at the same time.
    """

    def __init__(self, most: int = _MOST, users: int = 1) -> None:
        count = min(cores(), most)
        self._most = count if count > 1 else 0
        self._share = max(1, self._most // users)
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._all: list[Worker] = []
        self._starting = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._starting:
            self._most = 0
        for worker in self._all:
            worker.end()
        for worker in self._all:
            worker.close()

    def start_aside(self, count: int = _MOST) -> None:
        """Begin to start `count` of them, and go on meanwhile."""
        threading.Thread(target=self.start, args=(count,), name="workers", daemon=True).start()

    def start(self, count: int = _MOST) -> int:
        """Start as many as are missing to `count`, or to all there may be; return how many there are."""
        with self._starting:
            while len(self._all) < min(count, self._most):
                self._add()
            return len(self._all)

    @contextmanager
    def one(self) -> Iterator[Worker | None]:
        """Give one that has nothing to do, once there is one; None if there are none at all."""
        with self._starting:
            if self._free.empty() and len(self._all) < self._most:
                self._add()
        if not self._all:
            yield None
            return
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)

    @contextmanager
    def some(self, most: int) -> Iterator[list[Worker]]:
        """Give one as `one` does, and up to `most`, but nobody else's share, where others have nothing to do either.

        Give [] if there are none at all.
        """
        with ExitStack() as taken:
            first = taken.enter_context(self.one())
            found = [] if first is None else [first]
            while found and len(found) < min(most, self._share):
                with self._starting:
                    if len(self._all) < self._most and self._free.empty():
                        self._add()
                with suppress(queue.Empty):
                    found.append(self._free.get_nowait())
                    taken.callback(self._free.put, found[-1])
                    continue
                break
            yield found

    def _add(self) -> None:
        try:
            self._all.append(Worker())
        except OSError:
            self._most = len(self._all)
        else:
            self._free.put(self._all[-1])
