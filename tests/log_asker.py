"""A client of the tests' checksum log that counts what it asks, and a log with the record that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checksum_log import ChecksumLog

from goswitch.errors import NetworkError
from goswitch.sdk.checksumdb.client import ChecksumDatabase, Record
from goswitch.sdk.checksumdb.note import Key
from goswitch.sdk.checksumdb.state import State

if TYPE_CHECKING:
    from pathlib import Path

MODULE, VERSION = "golang.org/toolchain", "v0.0.1-go1.22.4.linux-amd64"
OTHER = "v0.0.1-go1.23.0.linux-amd64"
H1 = "h1:fpN6sm7ztDx02tXUzDKA/dY3Ir5VY3Eid9lluf0PK30="


class Asker:
    """A client of one log with one state, which counts what it asks."""

    def __init__(self, folder: Path, log: ChecksumLog, *, key: str | None = None) -> None:
        self.log, self.folder = log, folder
        self.asked: list[str] = []
        self.offline = False
        self.client = ChecksumDatabase(Key.parse(key or log.key), State(folder, log.name), self.fetch)

    def fetch(self, path: str) -> bytes:
        """Answer from the log, unless offline."""
        self.asked.append(path)
        if self.offline:
            raise NetworkError("offline")
        body = self.log.answer(path)
        if body is None:
            raise NetworkError(f"no {path}", status=404)
        return body

    def lookup(self, version: str = VERSION) -> Record:
        """Look up a toolchain."""
        return self.client.lookup(MODULE, version)

    @property
    def newest(self) -> bytes:
        """The newest head that is kept."""
        return (self.folder / self.log.name / "newest").read_bytes()


def log_with_record(before: int = 5, after: int = 3) -> ChecksumLog:
    """Return a log with the record of VERSION between so many fillers."""
    log = ChecksumLog(before)
    log.add(MODULE, VERSION, H1)
    log.grow(after)
    return log
