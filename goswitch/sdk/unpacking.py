"""Unpacking into a staged tree: every file is inflated, hashed and written once, on all cores, while bytes arrive.

Inflating, hashing and writing let go of the interpreter lock, so threads do it.
"""

from __future__ import annotations

import hashlib
import os
import threading
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import ArchiveError
from goswitch.sdk.reporter import FileCount
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing
from goswitch.system.inflate import gunzip
from goswitch.system.tar import Entry as TarEntry
from goswitch.system.tar import read_tar
from goswitch.system.zip import Entry, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from goswitch.sdk.reporter import Reporter
    from goswitch.system.growing import Growing
    from goswitch.system.zip import Directory

_BATCH = 1 << 19
_READ = 1 << 20
_QUEUED = 12
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True)
class Unpacked:
    """What unpacking gave: the sha256 of each file by its name in the archive, and, of a tar.gz, that of the archive.

    `damage` is what was wrong with the archive's inside; whether its outside was right tells who is to blame.
    """

    digests: dict[str, str]
    sha256: str | None = None
    damage: ArchiveError | None = None


def write_file(tree: str, name: str, pieces: Sequence[bytes | memoryview], *, executable: bool) -> str:
    """Write one new file of a tree and return its sha256 in hex; nothing is followed or overwritten. OSError."""
    descriptor = os.open(f"{tree}/{name}", _FLAGS, 0o755 if executable else 0o644)
    try:
        for piece in pieces:
            written = os.write(descriptor, piece)
            while written < len(piece):
                written += os.write(descriptor, memoryview(piece)[written:])
    finally:
        os.close(descriptor)
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()


def unpack_zip(
    growing: Growing,
    directory: Directory,
    tree: Path,
    place: Callable[[str], tuple[str, bool]],
    since: int,
    reporter: Reporter,
) -> Unpacked:
    """Unpack a module zip into `tree` while it arrives.

    `place` maps a name in the archive to the name in the tree and whether it is executable. `since` is the number of
    restarts at which the directory was read. Raise ArchiveError, DiskError, Restarted, Abandoned.
    """
    target = str(tree)
    batches = _batches(directory.entries)
    taking, failed = threading.Lock(), threading.Event()
    counted = FileCount(reporter, len(directory.entries))

    def work() -> dict[str, str]:
        digests: dict[str, str] = {}
        growing.wait(1, since)
        descriptor = os.open(growing.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            while not failed.is_set():
                with taking:
                    batch = next(batches, None)
                if batch is None:
                    break
                start, end = batch[0].start, batch[-1].end
                growing.wait(end, since)
                data = _read_exactly(descriptor, start, end)
                for entry in batch:
                    out = content(data[entry.start - start : entry.end - start], entry)
                    name, executable = place(entry.name)
                    digests[entry.raw.decode()] = write_file(target, name, [out], executable=executable)
                counted.add(len(batch))
                checkpoint("mid-unpack")
        except BaseException:
            failed.set()
            raise
        finally:
            os.close(descriptor)
        return digests

    with doing("unpack into", tree):
        for folder in directory.folders:
            os.mkdir(f"{target}/{folder}", 0o755)  # noqa: PTH102 - a thousand of them
        return Unpacked(_on_all_cores(work))


def unpack_tar(growing: Growing, root: str, tree: Path, since: int, reporter: Reporter) -> Unpacked:
    """Unpack a tar.gz whose names begin with `root` into `tree` while it arrives, and hash it as a whole.

    Damage inside is returned, not raised, after the whole has been hashed. Raise DiskError, Restarted, Abandoned.
    """
    target = str(tree)
    whole = hashlib.sha256()
    chunks = _chunks(growing, since, whole.update)
    digests: dict[str, str] = {}
    damage: ArchiveError | None = None
    counted = FileCount(reporter, None)

    def write(batch: list[TarEntry]) -> dict[str, str]:
        written = {
            entry.name: write_file(target, entry.name, entry.pieces or (), executable=entry.executable)
            for entry in batch
        }
        counted.add(len(batch))
        return written

    with doing("unpack into", tree), ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="unpack") as pool:
        pending: set[Future[dict[str, str]]] = set()
        try:
            for batch in _file_batches(target, gunzip(chunks), root):
                pending.add(pool.submit(write, batch))
                if len(pending) >= _QUEUED:
                    done, pending = wait(pending, return_when=FIRST_COMPLETED)
                    for future in done:
                        digests |= future.result()
                    checkpoint("mid-unpack")
        except ArchiveError as error:
            damage = error
            for _ in chunks:
                pass
        for future in pending:
            digests |= future.result()
    counted.end()
    return Unpacked({f"{root}{name}": digest for name, digest in digests.items()}, whole.hexdigest(), damage)


def _file_batches(tree: str, plain: Iterator[bytes], root: str) -> Iterator[list[TarEntry]]:
    """Yield files to write in batches, having made the folders that they need."""
    made = {""}
    batch: list[TarEntry] = []
    size = 0
    for entry in read_tar(plain, root):
        folder = entry.name if entry.pieces is None else entry.name.rpartition("/")[0]
        missing = []
        while folder not in made:
            missing.append(folder)
            made.add(folder)
            folder = folder.rpartition("/")[0]
        for name in reversed(missing):
            os.mkdir(f"{tree}/{name}", 0o755)  # noqa: PTH102 - a thousand of them
        if entry.pieces is None:
            continue
        batch.append(entry)
        size += entry.size
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _chunks(growing: Growing, since: int, seen: Callable[[bytes], None]) -> Iterator[bytes]:
    growing.wait(1, since)
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


def _read_exactly(descriptor: int, start: int, end: int) -> memoryview:
    data = memoryview(os.pread(descriptor, end - start, start))
    if len(data) != end - start:
        raise ArchiveError("the zip ends too early")
    return data


def _on_all_cores(work: Callable[[], dict[str, str]]) -> dict[str, str]:
    count = os.cpu_count() or 1
    merged: dict[str, str] = {}
    with ThreadPoolExecutor(count, thread_name_prefix="unpack") as pool:
        for future in [pool.submit(work) for _ in range(count)]:
            merged |= future.result()
    return merged


def _batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    for entry in entries:
        batch.append(entry)
        if entry.end - batch[0].start >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
