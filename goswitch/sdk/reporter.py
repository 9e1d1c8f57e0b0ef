"""How the engine tells what it does, without knowing about terminals: the command line gives it a reporter."""

from __future__ import annotations

from typing import Protocol


class Reporter(Protocol):
    """Is told of one task at a time, by the thread that called the engine."""

    def start(self, label: str, total: int | None) -> None:
        """Begin a task of `total` bytes, None where nobody knows."""

    def advance(self, count: int) -> None:
        """Count bytes that are done; negative when a task starts anew."""

    def finish(self) -> None:
        """End the task."""

    def note(self, text: str) -> None:
        """Say one sentence that the user should read: a source that was passed over, a lock that is waited for."""


class Silent:
    """A reporter that says nothing."""

    def start(self, label: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, count: int) -> None:
        """Say nothing."""

    def finish(self) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""
