"""Unpacking a tar.gz into a staged tree while its bytes arrive.

It is one stream: this process inflates it and reads what is in it, strictly. What the files hold goes, by the MiB, to
worker processes that hash and write it (`unpacked_files.py`), or is written here where there are none.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

from goswitch.errors import ArchiveError
from goswitch.sdk.reporter import FileCount
from goswitch.sdk.unpacked_files import JOBS, make_folder, write_file
from goswitch.sdk.unpacking import Unpacked
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing
from goswitch.system.inflate import gunzip
from goswitch.system.tar import read_tar
from goswitch.system.worker_process import SLOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.unpacked_files import NotedFile
    from goswitch.system.growing import Growing
    from goswitch.system.tar import Entry
    from goswitch.system.worker import Feed, Worker
    from goswitch.system.workers import Workers

_READ = 1 << 17
_WRITERS = 2
"""What one process inflates, two write."""

_PER_FILE = 1 << 15
"""Making a file takes as long as hashing and writing about so many bytes."""

_DIGEST = 32


def unpack_tar(growing: Growing, root: str, tree: Path, since: int, reporter: Reporter, workers: Workers) -> Unpacked:
    """Unpack a tar.gz whose names begin with `root` into `tree` while it arrives, and hash it as a whole.

    Damage inside is returned, not raised, after the whole has been hashed. Raise DiskError, Restarted, Abandoned.
    """
    whole = hashlib.sha256()
    chunks = _chunks(growing, since, whole.update)
    digests: dict[str, str] = {}
    damage: ArchiveError | None = None
    counted = FileCount(reporter, None)

    def progress(done: int) -> None:
        counted.reach(done)
        checkpoint("mid-unpack")

    # A host that does not answer is not to keep a worker from another SDK.
    growing.wait(1, since)
    with doing("unpack into", tree):
        try:
            entries = read_tar(gunzip(chunks), root)
            with workers.some(_WRITERS) as taken:
                if taken:
                    written = _spread(taken, entries, str(tree), progress)
                else:
                    written = _write_here(entries, str(tree), progress)
                digests = {f"{root}{name}": digest.hex() for name, digest in written}
            counted.reach(len(digests))
        except ArchiveError as error:
            damage = error
            for _ in chunks:
                pass
    counted.end()
    return Unpacked(digests, whole.hexdigest(), damage)


def _write_here(entries: Iterable[Entry], tree: str, progress: Callable[[int], None]) -> Iterator[tuple[str, bytes]]:
    done = 0
    for entry in entries:
        if entry.pieces is None:
            make_folder(tree, entry.name)
            continue
        yield entry.name, write_file(tree, entry.name, entry.pieces, executable=entry.executable)
        done += 1
        progress(done)


def _spread(
    workers: Iterable[Worker], entries: Iterable[Entry], tree: str, progress: Callable[[int], None]
) -> Iterator[tuple[str, bytes]]:
    """Write all entries by several workers: each chunk goes to the one that has got least to do so far.

    Give the name and the sha256 of each file.
    """
    with ExitStack() as stack:
        parts = [_Part(stack.enter_context(worker.feed(f"{JOBS}write_files", tree))) for worker in workers]
        part = parts[0]
        for entry in entries:
            if entry.pieces is None:
                make_folder(tree, entry.name)
                continue
            part.add(entry, entry.pieces)
            if part.is_full():
                part.send()
                progress(sum(each.feed.count for each in parts))
                part = min(parts, key=_Part.load)
        part.send()
        for part in parts:
            yield from part.written()


class _Part:
    """What one worker has got: the names of its files, and a guess of how long they take, in bytes."""

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self._names: list[str] = []
        self._noted: list[NotedFile] = []
        self._load = self._batch = 0

    def load(self) -> int:
        """Return the guess."""
        return self._load

    def add(self, entry: Entry, pieces: Iterable[memoryview]) -> None:
        """Add a file; one that does not fit into a chunk goes on in the next."""
        self._names.append(entry.name)
        self._noted.append((entry.name, entry.size, entry.executable))
        self._batch += entry.size + _PER_FILE
        for piece in pieces:
            rest = piece
            while len(rest) > (room := self.feed.room):
                self.feed.put(rest[:room])
                self._send()
                rest = rest[room:]
            self.feed.put(rest)

    def is_full(self) -> bool:
        """Tell whether this is enough for one go."""
        return self._batch >= SLOT

    def send(self) -> None:
        """Send what there is."""
        self._send()
        self._load += self._batch
        self._batch = 0

    def _send(self) -> None:
        self.feed.send(self._noted)
        self._noted = []

    def written(self) -> Iterator[tuple[str, bytes]]:
        """Wait for the end, and give the name and the sha256 of each file."""
        digests: bytes = self.feed.result()
        for number, name in enumerate(self._names):
            yield name, digests[number * _DIGEST : (number + 1) * _DIGEST]


def _chunks(growing: Growing, since: int, seen: Callable[[bytes], None]) -> Iterator[bytes]:
    place = 0
    descriptor = os.open(growing.path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        while available := growing.wait(place + 1, since) - place:
            chunk = os.pread(descriptor, min(available, _READ), place)
            if not chunk:
                return
            place += len(chunk)
            seen(chunk)
            yield chunk
    finally:
        os.close(descriptor)
