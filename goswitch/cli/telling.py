"""What a command tells while SDKs come along: to a person by bars, or by lines in a log. For programs: `events.py`.

The engine knows a reporter for each SDK; commands say besides what they began, what is done and what failed.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from goswitch.cli.console import Console
    from goswitch.errors import GoswitchError
    from goswitch.sdk.install import Installed
    from goswitch.sdk.reporter import Reporter

_LINE_SECONDS = 5.0


@dataclass
class Standing:
    """How far one SDK is: bytes and files. A total is None where nobody knows; `resumed` bytes were there before.

    Where `of_files` is true no bytes are counted.
    """

    name: str
    done: int = 0
    total: int | None = None
    resumed: int = 0
    files: int = 0
    all_files: int | None = None
    of_files: bool = False


def as_row(done: Installed) -> dict[str, Any]:
    """Return what came into the SDK root, as programs read it."""
    return {
        "name": done.version.name,
        "version": done.version.text,
        "path": str(done.path),
        "source": done.source,
        "proof": str(done.proof),
        "bytes": done.size,
    }


class View(Protocol):
    """Where it is shown how far SDKs are; any thread may call, for one SDK only one at a time."""

    def begin(self, at: Standing) -> None:
        """Bytes begin to come."""

    def move(self, at: Standing) -> None:
        """There are more bytes or files than before, or fewer."""

    def end(self, at: Standing) -> None:
        """No more will come."""

    def say(self, text: str) -> None:
        """Show a sentence."""


class Task:
    """The reporter of one SDK: keeps how far it is, and shows it on a view. `note` says a sentence about it."""

    def __init__(self, view: View, note: Callable[[str], None]) -> None:
        self._view = view
        self._note = note
        self._at = Standing("")
        self._open = self._fresh = False
        self._moving = threading.Lock()

    def start(self, label: str, total: int | None) -> None:
        """Begin a task of `total` bytes; files may have been counted already."""
        self._begin(Standing(label, total=total, files=self._at.files, all_files=self._at.all_files))

    def start_files(self, label: str, total: int) -> None:
        """Begin a task of `total` files alone."""
        self._begin(Standing(label, all_files=total, of_files=True))

    def _begin(self, at: Standing) -> None:
        self.finish()
        with self._moving:
            self._at = at
            self._open = self._fresh = True
            self._view.begin(at)

    def advance(self, count: int) -> None:
        """Count bytes; the first ones may have been there before."""
        with self._moving:
            self._at.done += count
            if self._fresh:
                self._at.resumed = self._at.done
            self._fresh = False
            if self._open:
                self._view.move(self._at)

    def files(self, done: int, total: int | None) -> None:
        """Count files."""
        with self._moving:
            self._at.files, self._at.all_files = done, total
            if self._open:
                self._view.move(self._at)

    def finish(self) -> None:
        """End the task."""
        with self._moving:
            if self._open:
                self._open = False
                self._view.end(self._at)

    def note(self, text: str) -> None:
        """Say a sentence."""
        self._note(text)


class Telling(Protocol):
    """What `install` and `repair` tell, to whomever; any thread may call."""

    def task(self, name: str) -> Reporter:
        """Say that work on the SDK `name` begins; return its reporter. Without a name it is about none yet."""

    def note(self, text: str) -> None:
        """Say a sentence about no SDK in particular."""

    def done(self, row: Mapping[str, Any], text: str) -> None:
        """Say that an SDK is there: as a program reads it, and as a person does."""

    def failed(self, name: str, error: GoswitchError, advice: Sequence[str]) -> None:
        """Say what failed, and what to type."""

    def result(self, rows: Sequence[Mapping[str, Any]], status: int) -> None:
        """Say how it ended: what is there now, and the exit code."""


class ForPeople:
    """Tells a person. With `quiet` nothing but errors; with `several` SDKs each sentence says which it is about."""

    def __init__(self, view: View, *, quiet: bool = False, several: bool = False) -> None:
        self._view = view
        self._quiet, self._several = quiet, several
        self._said: set[str] = set()
        self._saying = threading.Lock()

    def task(self, name: str) -> Task:
        """Return a reporter that draws on the view."""
        mark = f"{name}: " if self._several and name else ""
        return Task(self._view, lambda text: self.note(f"{mark}{text}"))

    def note(self, text: str) -> None:
        """Say a sentence, each only once."""
        with self._saying:
            if not self._quiet and text not in self._said:
                self._said.add(text)
                self._view.say(text)

    def done(self, row: Mapping[str, Any], text: str) -> None:  # noqa: ARG002 - a person reads the text
        """Say the text."""
        self.note(text)

    def failed(self, name: str, error: GoswitchError, advice: Sequence[str]) -> None:
        """Say the error, also when quiet."""
        mark = f"{name}: " if self._several and name not in error.message else ""
        lines = [f"goswitch: {mark}{error.message}", *(f"help: {line}" for line in advice)]
        with self._saying:
            self._view.say("\n".join(lines))

    def result(self, rows: Sequence[Mapping[str, Any]], status: int) -> None:
        """Say nothing: all has been said."""


class Lines:
    """A log: for each SDK a line every few seconds, as long as something comes."""

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console, self._clock = console, clock
        self._last: dict[str, tuple[float, int]] = {}

    def begin(self, at: Standing) -> None:
        """Begin to wait."""
        self._last[at.name] = (self._clock(), at.done)

    def move(self, at: Standing) -> None:
        """Write a line if it is time."""
        now = self._clock()
        then, before = self._last[at.name]
        if now - then >= _LINE_SECONDS:
            self._last[at.name] = (now, at.done)
            if at.of_files:
                self.say(f"{at.name}: {at.files} of {at.all_files} files")
                return
            rate = (at.done - max(before, at.resumed)) / (now - then)
            self.say(f"{at.name}: {_amount(at)}, {rate / 1e6:.1f} MB/s{_files(at)}")

    def end(self, at: Standing) -> None:
        """Write nothing: what became of it is said otherwise."""

    def say(self, text: str) -> None:
        """Write a line."""
        self._console.talk(text)


class Still(Lines):
    """No progress at all, but sentences."""

    def move(self, at: Standing) -> None:
        """Write nothing."""


def _amount(at: Standing) -> str:
    if not at.total:
        return f"{at.done / 1e6:.1f} MB"
    return f"{at.done / 1e6:.1f} of {at.total / 1e6:.1f} MB ({100 * at.done // at.total} %)"


def _files(at: Standing) -> str:
    if at.all_files is None:
        return f", {at.files} files" if at.files else ""
    return f", {at.files} of {at.all_files} files"
