"""An archive that is a file of this machine, read as if it were being downloaded, so that one unpacker serves both."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from goswitch.system.growing import Growing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.sdk.reporter import Reporter


class _Read(Growing):
    """Tells a reporter how far the file is read, by what its readers ask for."""

    def __init__(self, path: Path, size: int, reporter: Reporter) -> None:
        super().__init__(path)
        self._size, self._reporter = size, reporter
        self._told = 0
        self._telling = threading.Lock()
        self.reach(size, size)
        self.end()

    def wait(self, offset: int, since: int = 0) -> int:
        """Return the size."""
        self.tell(min(offset, self._size))
        return super().wait(offset, since)

    def tell(self, offset: int) -> None:
        """Say that all before `offset` is read."""
        with self._telling:
            if offset > self._told:
                self._reporter.advance(offset - self._told)
                self._told = offset


@contextmanager
def local_file(path: Path, size: int, label: str, reporter: Reporter) -> Iterator[Growing]:
    """Give the file of `size` bytes to unpack; `reporter` is told how far that is."""
    reporter.start(label, size)
    reporter.advance(0)
    try:
        reading = _Read(path, size, reporter)
        yield reading
        reading.tell(size)
    finally:
        reporter.finish()
