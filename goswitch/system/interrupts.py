"""Ctrl-C where several threads are at work: the signal reaches the main thread alone, which tells the others here.

They ask at each step (`check`), sleep so that they can be woken (`sleep`), and raise KeyboardInterrupt themselves, so
that each clears up what it began. One process has one terminal, so this is one event for the whole process.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

GRACE = 3.0
"""Seconds that threads have to clear up; one that waits for a silent host can't be woken."""

_LOOK_SECONDS = 0.2

_asked = threading.Event()


def stop() -> None:
    """Ask all threads to end."""
    _asked.set()


def check() -> None:
    """Raise KeyboardInterrupt in whatever thread this is, if the user has asked for it."""
    if _asked.is_set():
        raise KeyboardInterrupt


def sleep(seconds: float) -> None:
    """Sleep, unless the user asks to end; then raise KeyboardInterrupt."""
    if _asked.wait(seconds):
        raise KeyboardInterrupt


@contextmanager
def beside(name: str) -> Iterator[Callable[[Callable[[], Any]], Future[Any]]]:
    """Give what runs a function in a thread beside this one.

    At the end of the block that is waited for, but after Ctrl-C only for a moment.
    """
    from concurrent.futures import ThreadPoolExecutor, wait  # noqa: PLC0415 - brings logging, which few verbs need

    pool = ThreadPoolExecutor(1, thread_name_prefix=name)
    begun: list[Future[Any]] = []

    def submit(work: Callable[[], Any]) -> Future[Any]:
        begun.append(pool.submit(work))
        return begun[-1]

    patient = True
    try:
        yield submit
    except KeyboardInterrupt:
        patient = False
        first = not _asked.is_set()
        stop()
        if not wait(begun, timeout=GRACE / 2).not_done and first:
            _asked.clear()  # all have ended who had to be told
        raise
    finally:
        pool.shutdown(wait=patient, cancel_futures=True)


def in_threads(works: Sequence[Callable[[], None]], *, at_once: int) -> None:
    """Run all of `works`, `at_once` at a time, and raise what the first of them that failed raised, when all are done.

    At Ctrl-C all are asked to end and have a moment to do so; then KeyboardInterrupt is raised.
    """
    if len(works) == 1:
        works[0]()
        return
    waiting = list(reversed(works))
    failures: list[BaseException] = []
    running = 0
    changed = threading.Condition()

    def next_work() -> Callable[[], None] | None:
        with changed:
            return waiting.pop() if waiting else None

    def run() -> None:
        nonlocal running
        while (work := next_work()) is not None:
            try:
                work()
            except BaseException as failure:  # noqa: BLE001 - raised below, in the thread that called
                failures.append(failure)
        with changed:
            running -= 1
            changed.notify_all()

    try:
        for _ in range(min(at_once, len(works))):
            thread = threading.Thread(target=run, daemon=True)
            with changed:
                running += 1
                thread.start()
        with changed:
            # A signal that comes just before a wait begins does not end it.
            while not changed.wait_for(lambda: not running, timeout=_LOOK_SECONDS):
                pass
    except KeyboardInterrupt:
        stop()
        with changed:
            waiting.clear()
            changed.wait_for(lambda: not running, timeout=GRACE)
        raise
    if failures:
        raise failures[0]
