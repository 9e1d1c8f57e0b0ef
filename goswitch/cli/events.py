"""What `install` and `repair` tell programs with `--json`: events on stdout, one JSON object a line.

`docs/events.md` says which there are. A run without a `result` was interrupted or killed, or the command line itself
was wrong, which stderr says.
"""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

from goswitch.cli.console import SCHEMA_VERSION
from goswitch.cli.telling import Standing, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from goswitch.cli.console import Console
    from goswitch.errors import GoswitchError

_SECONDS = 0.5
"""Between two `progress` events of one SDK; the last one comes at its end."""


class ForPrograms:
    """Tells a program. With `quiet` nothing but the result."""

    def __init__(
        self, console: Console, command: str, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._console, self._command, self._quiet, self._clock = console, command, quiet, clock
        self._last: dict[str, tuple[float, int]] = {}
        self._errors: list[dict[str, Any]] = []
        self._writing = threading.Lock()

    def task(self, name: str) -> Task:
        """Write `start`, if it is about one SDK; return a reporter that writes `progress` and `note`."""
        if name:
            self._event("start", {"name": name})
        return Task(self, lambda text: self._event("note", {"name": name or None, "message": text}))

    def note(self, text: str) -> None:
        """Write `note`."""
        self._event("note", {"name": None, "message": text})

    say = note

    def done(self, row: Mapping[str, Any], text: str) -> None:  # noqa: ARG002 - a program reads the row
        """Write `done`."""
        self._event("done", row)

    def failed(self, name: str, error: GoswitchError, advice: Sequence[str]) -> None:
        """Write `error`; a person reads it on stderr."""
        about = {"name": name, "message": error.message, "help": list(advice), "exit_code": error.exit_code}
        self._errors.append(about)
        self._event("error", about)
        self._console.error(error.message, advice)

    def result(self, rows: Sequence[Mapping[str, Any]], status: int) -> None:
        """Write `result`."""
        self._write("result", {"sdks": list(rows), "errors": self._errors, "exit_code": status})

    def begin(self, at: Standing) -> None:
        """Begin to count."""
        self._last[at.name] = (self._clock(), at.done)

    def move(self, at: Standing) -> None:
        """Write `progress` if it is time."""
        if self._clock() - self._last[at.name][0] >= _SECONDS:
            self.end(at)

    def end(self, at: Standing) -> None:
        """Write `progress`."""
        now = self._clock()
        then, before = self._last[at.name]
        self._last[at.name] = (now, at.done)
        rate = (at.done - max(before, at.resumed)) / (now - then) if now > then else 0
        self._event(
            "progress",
            {
                "name": at.name,
                "bytes": at.done,
                "total_bytes": at.total,
                "files": at.files,
                "total_files": at.all_files,
                "bytes_per_second": max(0, round(rate)),
            },
        )

    def _event(self, event: str, about: Mapping[str, Any]) -> None:
        if not self._quiet:
            self._write(event, about)

    def _write(self, event: str, about: Mapping[str, Any]) -> None:
        line = json.dumps({"schema_version": SCHEMA_VERSION, "command": self._command, "event": event, **about})
        with self._writing:
            self._console.data(line)
