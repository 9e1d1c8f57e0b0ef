"""Ctrl-C, and SIGTERM, where several threads work: the signal reaches the main thread alone, which tells the others.

They ask at each step (`check`), sleep so that they can be woken (`sleep`), and raise KeyboardInterrupt themselves, so
that each clears up what it began. One process has one terminal, so this is one event for the whole process.
"""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

GRACE = 3.0
"""Seconds that threads have to clear up; one that waits for a silent host can't be woken."""

_LOOK_SECONDS = 0.2

_asked = threading.Event()


_signal = 0


def obey() -> None:
    """Let SIGTERM end this process as Ctrl-C does, with what was begun cleared up; what is ignored stays so."""
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
        if signal.getsignal(number) == usual:
            signal.signal(number, _interrupt)


def _interrupt(number: int, _: object) -> None:
    global _signal  # noqa: PLW0603 - one process ends once
    if _signal and number == signal.SIGTERM:
        return  # it ends already: who presses Ctrl-C again wants no clearing up, a shim that passes it on does
    _signal = _signal or number
    raise KeyboardInterrupt


def ended_by_sigterm() -> bool:
    """Tell whether it was SIGTERM that ends this process, not Ctrl-C; and be deaf to more of either."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    return _signal == signal.SIGTERM


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


class Task:
    """A function that runs in a thread of its own. Who waits for it does not sleep through Ctrl-C."""

    def __init__(self, name: str, work: Callable[[], Any]) -> None:
        self._work = work
        self._value: Any = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._value = self._work()
        except BaseException as failure:  # noqa: BLE001 - raised in the thread that asks for the result
            self._failure = failure

    def done(self) -> bool:
        """Tell whether it has ended."""
        return not self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended, `seconds` at most; return whether it has."""
        end = None if seconds is None else time.monotonic() + seconds
        while self._thread.is_alive():
            if end is not None and time.monotonic() >= end:
                return False
            # A signal that comes just before a wait begins does not end it.
            self._thread.join(_LOOK_SECONDS)
        return True

    def result(self) -> Any:  # noqa: ANN401 - whatever the function returns
        """Return what it returned, and raise what it raised, once it has ended."""
        self.wait()
        if self._failure is not None:
            raise self._failure
        return self._value


@contextmanager
def beside(name: str) -> Iterator[Callable[[Callable[[], Any]], Task]]:
    """Give what runs a function in a thread beside this one.

    At the end of the block that is waited for, but after Ctrl-C only for a moment.
    """
    begun: list[Task] = []

    def submit(work: Callable[[], Any]) -> Task:
        begun.append(Task(name, work))
        return begun[-1]

    try:
        yield submit
    except KeyboardInterrupt:
        first = not _asked.is_set()
        stop()
        end = time.monotonic() + GRACE / 2
        if all(task.wait(max(0.0, end - time.monotonic())) for task in begun) and first:
            _asked.clear()  # all have ended who had to be told
        begun.clear()
        raise
    finally:
        for task in begun:
            task.wait()


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
