"""How the engine tells what it does, without knowing about terminals: the command line gives it a reporter."""

from __future__ import annotations

import threading
from typing import Protocol

from goswitch.system import interrupts


class Reporter(Protocol):
    """Is told how one SDK comes along; by several threads, since one receives while others unpack."""

    def start(self, label: str, total: int | None) -> None:
        """Begin a task of `total` bytes, None where nobody knows."""

    def start_files(self, label: str, total: int) -> None:
        """Begin a task of `total` files, where no bytes are counted."""

    def advance(self, count: int) -> None:
        """Count bytes that are done; negative when a task starts anew."""

    def files(self, done: int, total: int | None) -> None:
        """Say how many files are done, of how many where that is known: a tar says it at its end."""

    def finish(self) -> None:
        """End the task."""

    def note(self, text: str) -> None:
        """Say one sentence that the user should read: a source that was passed over, a lock that is waited for."""


class FileCount:
    """Counts the files of one task, in whatever thread they are written or read. `total` is None where nobody knows."""

    def __init__(self, reporter: Reporter, total: int | None) -> None:
        self._reporter, self._total = reporter, total
        self._done = 0
        self._counting = threading.Lock()
        reporter.files(0, total)

    def add(self, count: int) -> None:
        """Count `count` more."""
        interrupts.check()
        with self._counting:
            self._done += count
            self._reporter.files(self._done, self._total)

    def reach(self, done: int) -> None:
        """Say that it is `done` by now."""
        interrupts.check()
        with self._counting:
            if done != self._done:
                self._done = done
                self._reporter.files(done, self._total)

    def end(self) -> None:
        """Say that these were all."""
        with self._counting:
            self._reporter.files(self._done, self._done)


class Silent:
    """A reporter that says nothing."""

    def start(self, label: str, total: int | None) -> None:
        """Say nothing."""

    def start_files(self, label: str, total: int) -> None:
        """Say nothing."""

    def advance(self, count: int) -> None:
        """Say nothing."""

    def files(self, done: int, total: int | None) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""
