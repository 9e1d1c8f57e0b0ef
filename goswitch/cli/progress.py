"""Progress on stderr: a bar on a terminal, nothing elsewhere. tqdm lives here alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    from tqdm import tqdm

    from goswitch.cli.console import Console


class TerminalReporter:
    """Tells the engine's progress to a person. Notes are said wherever stderr goes; bars only on a terminal."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._shows_bars = console.talks_to_a_terminal and not quiet
        self._quiet = quiet
        self._said: set[str] = set()
        self._bar: tqdm[Never] | None = None

    def start(self, label: str, total: int | None) -> None:
        """Show a bar for a task of `total` bytes."""
        self.finish()
        if self._shows_bars:
            from tqdm import tqdm  # noqa: PLC0415 - only a verb that moves bytes, on a terminal, needs it

            self._bar = tqdm(
                total=total,
                desc=label,
                unit="B",
                unit_scale=True,
                leave=False,
                file=self._console.err,
                dynamic_ncols=True,
            )

    def advance(self, count: int) -> None:
        """Move the bar."""
        if self._bar is not None:
            self._bar.update(count)

    def files(self, done: int, total: int | None) -> None:
        """Count files."""

    def finish(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def note(self, text: str) -> None:
        """Say a sentence, above the bar; each only once."""
        if self._quiet or text in self._said:
            return
        self._said.add(text)
        if self._bar is not None:
            self._bar.clear()
        self._console.talk(text)
        if self._bar is not None:
            self._bar.refresh()
