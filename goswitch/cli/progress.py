"""Progress on a terminal: for each SDK a bar of bytes and one of files, or of files alone. tqdm lives here alone."""

from __future__ import annotations

import os
import threading
from typing import IO, TYPE_CHECKING, Never

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tqdm import tqdm

    from goswitch.cli.console import Console
    from goswitch.cli.telling import Standing

_NARROW = 64
"""Columns below which rate and remaining time are left out, so that a bar is left."""

_BYTES = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt}B {rate_fmt} {remaining}"
_BYTES_NARROW = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt}B"
_BYTES_OF_UNKNOWN = "{desc} {n_fmt}B {rate_fmt}"
_FILES = "{desc} {percentage:3.0f}%|{bar}| {n}/{total}"
_FILES_OF_UNKNOWN = "{desc} {n}"


def draws_bars(console: Console, env: Mapping[str, str]) -> bool:
    """Tell whether stderr is a terminal that can move its cursor, which bars need."""
    return console.talks_to_a_terminal and env.get("TERM", "") not in {"", "dumb"}


class Bars:
    """Two bars for each SDK that comes along, in rows of its own until it is done. Any thread may call."""

    def __init__(self, console: Console, env: Mapping[str, str]) -> None:
        self._console = console
        self._env = env
        self._pairs: dict[str, tuple[int, tqdm[Never] | None, tqdm[Never]]] = {}
        self._placing = threading.Lock()
        self._tqdm: type[tqdm[Never]] | None = None

    def begin(self, at: Standing) -> None:
        """Draw the bars of an SDK in the first free rows."""
        with self._placing:
            taken = {row for row, _, _ in self._pairs.values()}
            kind = self._tqdm = self._tqdm or _load()
            row = next(row for row in range(len(taken) + 1) if row not in taken)
            if at.of_files:
                self._pairs[at.name] = (row, None, self._bar(kind, 2 * row, at.name, at.all_files, _FILES, unit=""))
                return
            narrow = _columns(self._console.err) < _NARROW
            form = _BYTES_OF_UNKNOWN if at.total is None else _BYTES_NARROW if narrow else _BYTES
            amount = self._bar(kind, 2 * row, at.name, at.total, form, unit="B")
            files = self._bar(kind, 2 * row + 1, "files".rjust(len(at.name)), at.all_files, _FILES_OF_UNKNOWN, unit="")
            self._pairs[at.name] = (row, amount, files)

    def _bar(
        self, kind: type[tqdm[Never]], row: int, name: str, total: int | None, form: str, *, unit: str
    ) -> tqdm[Never]:
        return kind(
            total=total,
            desc=name,
            bar_format=form,
            position=row,
            leave=False,
            file=self._console.err,
            dynamic_ncols=True,
            miniters=1,
            ascii=False if _speaks_utf8(self._env) else " #",
            unit=unit,
            unit_scale=bool(unit),
        )

    def move(self, at: Standing) -> None:
        """Draw how far it is, at most ten times a second."""
        pair = self._pairs.get(at.name)
        if pair is None:
            return
        _, amount, files = pair
        if amount is not None:
            if amount.initial != at.resumed:
                # What was there before is no speed.
                amount.initial = amount.n = amount.last_print_n = at.resumed
            amount.update(at.done - amount.n)
        files.total = at.all_files
        files.bar_format = _FILES_OF_UNKNOWN if at.all_files is None else _FILES
        files.update(at.files - files.n)

    def end(self, at: Standing) -> None:
        """Take its bars away."""
        with self._placing:
            pair = self._pairs.pop(at.name, None)
            for bar in pair[1:] if pair is not None else ():
                if bar is not None:
                    bar.close()
                    # It moves up again, and stays in its column.
                    self._console.err.write("\r")

    def say(self, text: str) -> None:
        """Write a line above all bars."""
        with self._placing:
            if self._tqdm is None:
                self._console.talk(text)
                return
            with self._tqdm.external_write_mode(file=self._console.err):
                self._console.talk(text)


def _load() -> type[tqdm[Never]]:
    from tqdm import tqdm  # noqa: PLC0415 - only bytes that come to a terminal need it

    # Its own lock serves several processes, and starts a helper for that; its monitor is a thread more.
    tqdm.set_lock(threading.RLock())
    tqdm.monitor_interval = 0
    return tqdm


def _columns(stream: IO[str]) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _speaks_utf8(env: Mapping[str, str]) -> bool:
    locale = next((env[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if env.get(name)), "")
    return locale.lower().replace("-", "").endswith("utf8")
