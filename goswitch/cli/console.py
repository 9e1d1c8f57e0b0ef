"""The two streams: stdout is data that another program may read, stderr is talk. Nothing else prints."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from goswitch.cli.screen import Screen

SCHEMA_VERSION = 1
"""The version of every JSON answer; it grows when a key changes its meaning or goes."""


class Console:
    """Writes data and talk. Undecodable bytes of paths go out as they came in."""

    def __init__(self, out: IO[str], err: IO[str]) -> None:
        self._out = out
        self._err = err

    @property
    def err(self) -> IO[str]:
        """The stream for talk, for a progress bar."""
        return self._err

    @property
    def talks_to_a_terminal(self) -> bool:
        """Whether stderr is a terminal."""
        return self._err.isatty()

    def screen(self, env: Mapping[str, str]) -> Screen:
        """Return what is known of the screen behind stdout."""
        from goswitch.cli.screen import screen_of  # noqa: PLC0415 - few answers are wrapped or coloured

        return screen_of(self._out, env)

    def data(self, text: str) -> None:
        """Write a line of data."""
        self._out.write(f"{text}\n")
        self._out.flush()

    def json(self, command: str, answer: Mapping[str, Any]) -> None:
        """Write an answer for programs: one JSON object with its schema's version and the command's name."""
        import json  # noqa: PLC0415 - most answers are for people

        self.data(json.dumps({"schema_version": SCHEMA_VERSION, "command": command, **answer}, indent=2))

    def talk(self, text: str) -> None:
        """Write a line for the person at the terminal."""
        self._err.write(f"{text}\n")
        self._err.flush()

    def warn(self, text: str, help_lines: Iterable[str] = ()) -> None:
        """Write a warning, and what to type."""
        self.talk(f"warning: {text}")
        self._help(help_lines)

    def error(self, text: str, help_lines: Iterable[str] = ()) -> None:
        """Write an error, and what to type; the words are those of the shims."""
        self.talk(f"goswitch: {text}")
        self._help(help_lines)

    def _help(self, help_lines: Iterable[str]) -> None:
        for line in help_lines:
            self.talk(f"help: {line}")


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows as lines with aligned columns, without trailing blanks."""
    listed = list(rows)
    if not listed:
        return []
    widths = [max(len(row[column]) for row in listed) for column in range(len(listed[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in listed]
