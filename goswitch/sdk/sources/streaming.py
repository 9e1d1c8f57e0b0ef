"""Downloading and unpacking at once: this thread receives, others unpack what is there already.

The partial download is kept for the next try unless the bytes turned out to be wrong; it is deleted once they are
unpacked and proven. A lock on it serves processes that share the cache but not the SDK root.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import ArchiveError, NetworkError, ProofError
from goswitch.sdk.sources.base import MOST_BYTES
from goswitch.system import interrupts, loading
from goswitch.system.checkpoint import checkpoint
from goswitch.system.download import discard, download
from goswitch.system.files import doing, empty_directory
from goswitch.system.growing import Growing, Restarted
from goswitch.system.http import PARTIAL
from goswitch.system.locks import held
from goswitch.system.zip import Incomplete, read_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.unpacking import Unpacked
    from goswitch.system.http import Client
    from goswitch.system.workers import Workers
    from goswitch.system.zip import Directory

_TAIL = 3 << 19
_WHOLE = 1 << 62


class Fetched(NamedTuple):
    """A download that was unpacked: its size in bytes, and what unpacking it gave."""

    size: int
    unpacked: Unpacked


@contextmanager
def partial_download(folder: Path, name: str, reporter: Reporter) -> Iterator[Growing]:
    """Give the partial download `name` in `folder`, locked; delete it at success and when a proof fails."""
    path = folder / name
    with held(folder, name, does=f"downloads {name}", timeout=None, waiting=reporter.note):
        try:
            yield Growing(path)
        except ProofError:
            discard(path)
            raise
        discard(path)


def fetch_and_unpack(
    client: Client,
    url: str,
    growing: Growing,
    unpack: Callable[[], Unpacked],
    *,
    expected: int | None,
    label: str,
    reporter: Reporter,
    watch: interrupts.Task | None = None,
) -> Fetched:
    """Download `url` while `unpack`, in another thread, unpacks it; raise what either of them, or `watch`, raises."""
    with interrupts.beside("unpack") as submit:
        unpacking = submit(unpack)
        try:
            watched = _Watched(reporter, label, [unpacking, *([watch] if watch else [])])
            done = download(client, url, growing, expected=expected, limit=MOST_BYTES, progress=watched)
            checkpoint("after-download")
            unpacked = unpacking.result()
        except BaseException:
            growing.abandon()
            raise
        finally:
            reporter.finish()
    return Fetched(done.size, unpacked)


def zip_unpacker(
    client: Client,
    url: str,
    growing: Growing,
    root: str,
    tree: Path,
    reporter: Reporter,
    workers: Workers,
) -> Callable[[], Unpacked]:
    """Return what unpacks a growing zip. Its directory is asked for ahead, where the server knows ranges."""

    def unpack() -> Unpacked:
        found = _directory_ahead(client, url, root)
        from goswitch.sdk.unpacking import unpack_zip  # noqa: PLC0415 - after asking: answers take their time

        while True:
            since = growing.restarts
            if found is not None:
                growing.need(found[0].limit, found[1], since)  # its directory is not downloaded a second time
            try:
                if found is None:
                    whole = directory_of(growing.path, growing.wait(_WHOLE, since), root)
                    return unpack_zip(growing, whole, tree, since, reporter, workers)
                return unpack_zip(growing, found[0], tree, since, reporter, workers)
            except Restarted:
                pass
            except ArchiveError:
                if found is None or growing.total in {None, found[1]}:
                    raise
                # The directory was that of another file than the one that is arriving.
            empty_directory(tree)
            found = None

    return unpack


def tar_unpacker(
    growing: Growing, root: str, tree: Path, reporter: Reporter, workers: Workers
) -> Callable[[], Unpacked]:
    """Return what unpacks a growing tar.gz."""

    def unpack() -> Unpacked:
        from goswitch.sdk.unpacking_tar import unpack_tar  # noqa: PLC0415 - while the first bytes are asked for

        while True:
            try:
                return unpack_tar(growing, root, tree, growing.restarts, reporter, workers)
            except Restarted:
                empty_directory(tree)

    return unpack


def directory_of(path: Path, size: int, root: str) -> Directory:
    """Return the directory of a whole zip file; raise ArchiveError, DiskError."""
    tail = min(size, _TAIL)
    while True:
        with doing("read", path), path.open("rb") as file:
            file.seek(size - tail)
            data = file.read(tail)
        try:
            return read_directory(memoryview(data), size, root)
        except Incomplete as more:
            tail = more.needed


def _directory_ahead(client: Client, url: str, root: str) -> tuple[Directory, int] | None:
    tail = _TAIL
    while True:
        try:
            with client.open(url, {"Range": f"bytes=-{tail}"}) as response:
                match = re.fullmatch(r"bytes \d+-\d+/(\d+)", response.headers.get("content-range", ""))
                if response.status != PARTIAL or match is None or (response.length or _WHOLE) > tail:
                    return None
                data = b"".join(response.chunks())
        except NetworkError:
            return None  # the download itself says what is wrong
        try:
            return read_directory(memoryview(data), int(match[1]), root), int(match[1])
        except Incomplete as more:
            tail = more.needed


class _Watched:
    """Tells the reporter of bytes, and stops the download as soon as what goes on beside it has failed."""

    def __init__(self, reporter: Reporter, label: str, watched: list[interrupts.Task]) -> None:
        self._reporter, self._label, self._watched = reporter, label, watched

    def begin(self, total: int | None) -> None:
        """Start the reporter's task, and load what comes after the download while its bytes arrive."""
        self._reporter.start(self._label, total)
        loading.load()

    def moved(self, count: int) -> None:
        """Count bytes."""
        interrupts.check()
        self._reporter.advance(count)
        checkpoint("mid-download")
        for task in self._watched:
            if task.done():
                task.result()

    def broke(self, reason: str) -> None:
        """Say why the server is asked again."""
        self._reporter.note(f"{reason}; trying again")
