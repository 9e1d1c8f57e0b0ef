"""Functions that the tests of worker processes run in them."""

from __future__ import annotations

import errno
import hashlib
import importlib
import os
import sys

from goswitch.errors import ArchiveError

TYPE_CHECKING = False  # not typing's, as what is loaded is looked at
if TYPE_CHECKING:
    from goswitch.system.worker_process import Stream


def process_of(value: object) -> tuple[int, object]:
    """Return which process this is, and what was given."""
    return os.getpid(), value


def loaded() -> list[str]:
    """Return the modules that are loaded, once those are that unpacking runs."""
    importlib.import_module("goswitch.sdk.unpacked_files")
    return sorted(sys.modules)


def fail(what: str) -> None:
    """Raise one of the errors that unpacking raises, or one that nobody expects."""
    if what == "archive":
        raise ArchiveError("bad bytes", help="do this")
    if what == "disk":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/x")
    raise ValueError("odd")


def sha256_of(stream: Stream) -> tuple[int, str]:
    """Return the length and the sha256 of a stream, counting its chunks."""
    digest, size = hashlib.sha256(), 0
    for number, chunk in enumerate(stream):
        stream.count = number
        digest.update(chunk)
        size += len(chunk)
    return size, digest.hexdigest()


def notes_of(stream: Stream) -> list[tuple[str, object]]:
    """Return each chunk with its note."""
    return [(str(chunk, "ascii"), stream.note) for chunk in stream]


def fail_at_third(stream: Stream) -> None:
    """Fail at the third chunk."""
    for number, _ in enumerate(stream):
        if number == 2:
            raise ArchiveError("the third chunk")


def first_of(stream: Stream) -> bytes:
    """Return the first chunk."""
    return bytes(next(iter(stream)))
