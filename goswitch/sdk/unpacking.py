"""Unpacking into a staged tree while bytes arrive: every file is inflated, hashed and written once, on all cores.

A zip's entries stand alone, so all workers share them. A tar.gz is one stream: this process inflates it, one worker
writes what is in it. `unpacked_files.py` is what they run.
"""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import ArchiveError
from goswitch.sdk.reporter import FileCount
from goswitch.sdk.unpacked_files import write_tar, write_zip
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing
from goswitch.system.inflate import gunzip
from goswitch.system.interrupts import in_threads
from goswitch.system.zip import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from goswitch.sdk.reporter import Reporter
    from goswitch.system.growing import Growing
    from goswitch.system.workers import Workers
    from goswitch.system.zip import Directory, Piece

_PIECE = 1 << 19
_READ = 1 << 17
_DIGEST = 64
_HERE = "goswitch.sdk.unpacked_files:"


@dataclass(frozen=True)
class Unpacked:
    """What unpacking gave: the sha256 of each file by its name in the archive, and, of a tar.gz, that of the archive.

    `damage` is what was wrong with the archive's inside; whether its outside was right tells who is to blame.
    """

    digests: dict[str, str]
    sha256: str | None = None
    damage: ArchiveError | None = None


def unpack_zip(
    growing: Growing,
    directory: Directory,
    tree: Path,
    since: int,
    reporter: Reporter,
    workers: Workers,
) -> Unpacked:
    """Unpack a module zip into `tree` while it arrives. `directory` was read at `since` restarts.

    Raise ArchiveError, DiskError, Restarted, Abandoned.
    """
    waiting = pieces(directory, _PIECE)
    taking, failed = threading.Lock(), threading.Event()
    counted = FileCount(reporter, directory.total)

    digests: dict[str, str] = {}

    def work() -> None:
        try:
            while not failed.is_set():
                with taking:
                    piece = next(waiting, None)
                if piece is None:
                    break
                growing.wait(piece.end, since)
                hashes = _written(workers, str(growing.path), str(tree), piece).hex()
                for index, name in enumerate(piece.names):
                    digests[directory.root + name] = hashes[index * _DIGEST : (index + 1) * _DIGEST]
                counted.add(len(piece.names))
                checkpoint("mid-unpack")
        except BaseException:
            failed.set()
            raise

    growing.wait(1, since)
    with doing("unpack into", tree):
        count = workers.start() or 1
        in_threads([work] * count, at_once=count)
    return Unpacked(digests)


def _written(workers: Workers, path: str, tree: str, piece: Piece) -> bytes:
    with workers.one() as worker:
        if worker is None:
            return write_zip(path, tree, *piece)
        found: bytes = worker.run(f"{_HERE}write_zip", path, tree, *piece)
        return found


def unpack_tar(growing: Growing, root: str, tree: Path, since: int, reporter: Reporter, workers: Workers) -> Unpacked:
    """Unpack a tar.gz whose names begin with `root` into `tree` while it arrives, and hash it as a whole.

    Damage inside is returned, not raised, after the whole has been hashed. Raise DiskError, Restarted, Abandoned.
    """
    whole = hashlib.sha256()
    chunks = _chunks(growing, since, whole.update)
    digests: list[tuple[str, bytes]] = []
    damage: ArchiveError | None = None
    counted = FileCount(reporter, None)

    def progress(done: int) -> None:
        counted.reach(done)
        checkpoint("mid-unpack")

    # A host that does not answer is not to keep a worker from another SDK.
    growing.wait(1, since)
    with doing("unpack into", tree):
        try:
            with workers.one() as worker:
                if worker is None:
                    digests = write_tar(_Here(gunzip(chunks), progress), root, str(tree))
                else:
                    job = f"{_HERE}write_tar"
                    digests = worker.stream(job, gunzip(chunks), root, str(tree), progress=progress)
        except ArchiveError as error:
            damage = error
            for _ in chunks:
                pass
    counted.end()
    return Unpacked({f"{root}{name}": digest.hex() for name, digest in digests}, whole.hexdigest(), damage)


class _Here:
    """A stream for `write_tar` in this process."""

    def __init__(self, chunks: Iterator[bytes], progress: Callable[[int], None]) -> None:
        self._chunks, self._progress = chunks, progress
        self.count = 0

    def __iter__(self) -> Iterator[memoryview]:
        for chunk in self._chunks:
            yield memoryview(chunk)
            self._progress(self.count)


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
