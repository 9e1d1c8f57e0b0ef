"""What is remembered of a log: the newest tree head, proven tiles, proven records, and evidence of a fork.

All of it lies in the cache folder and can be lost without harm, but for one thing: without the newest head, a log that
shows us another history than before can't be caught.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from goswitch.system.files import writing

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.sdk.checksumdb.tiles import Tile


class State:
    """The state of the log `name` in `folder`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder / name.replace("/", "_").replace(":", "_")

    def newest(self) -> bytes | None:
        """Return the newest tree head seen, as its signed note, or None."""
        return _read(self.folder / "newest")

    def remember(self, note: bytes) -> None:
        """Keep a note as the newest tree head."""
        with writing(self.folder / "newest", durable=True) as file:
            file.write(note)

    def tile(self, tile: Tile) -> bytes | None:
        """Return a tile that was proven before, or None."""
        return _read(self.folder / tile.path)

    def keep_tile(self, tile: Tile, data: bytes) -> None:
        """Keep a proven tile."""
        if self.tile(tile) != data:
            with writing(self.folder / tile.path) as file:
                file.write(data)

    def drop_tile(self, tile: Tile) -> None:
        """Forget a tile that turned out not to be what was proven."""
        with suppress(OSError):
            (self.folder / tile.path).unlink()

    def answer(self, module: str) -> bytes | None:
        """Return the log's answer for `module`, proven before, or None."""
        return _read(self._answer(module))

    def keep_answer(self, module: str, answer: bytes) -> None:
        """Keep a proven answer."""
        with writing(self._answer(module)) as file:
            file.write(answer)

    def keep_evidence(self, notes: list[bytes], what: str) -> Path:
        """Keep two signed notes that contradict each other, for whoever runs the log; return where."""
        path = self.folder / f"evidence-{hashlib.sha256(b''.join(notes)).hexdigest()[:16]}.txt"
        with writing(path, durable=True) as file:
            file.write(what.encode() + b"\n\n" + b"\n----\n\n".join(notes))
        return path

    def _answer(self, module: str) -> Path:
        return self.folder / "lookup" / module.replace("/", "_")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
