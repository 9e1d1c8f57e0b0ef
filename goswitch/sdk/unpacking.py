"""Unpacking a module zip into a staged tree while its bytes arrive.

Its entries stand alone, so all workers share them: every file is inflated, hashed and written once, on all cores.
`unpacked_files.py` is what they run, `unpacking_tar.py` unpacks the other kind of archive.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from goswitch.sdk.reporter import FileCount
from goswitch.sdk.unpacked_files import JOBS, write_zip
from goswitch.system.checkpoint import checkpoint
from goswitch.system.files import doing
from goswitch.system.interrupts import in_threads
from goswitch.system.zip import pieces

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.errors import ArchiveError
    from goswitch.sdk.reporter import Reporter
    from goswitch.system.growing import Growing
    from goswitch.system.workers import Workers
    from goswitch.system.zip import Directory, Piece

_PIECE = 1 << 19
_DIGEST = 64


class Unpacked(NamedTuple):
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
        found: bytes = worker.run(f"{JOBS}write_zip", path, tree, *piece)
        return found
