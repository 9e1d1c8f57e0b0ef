"""The other side of `workers.py`: what a worker process runs.

Starting must cost next to nothing, as each install starts one for each core. So neither this module nor those that
unpacking runs here import typing, enum, re, pickle or contextlib, which would be two thirds of the time until a worker
is ready; a test holds them to it. Messages are marshal's, which both sides have as the same interpreter.
"""

from __future__ import annotations

import marshal
import mmap
import os
import sys

# The module signal makes enums of what is in this one, which takes 4 ms.
from _signal import SIG_IGN, SIGINT, signal  # type: ignore[import-not-found]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, Any

SLOT = 1 << 20
SLOTS = 8
"""Shared memory has so many slots of so many bytes; each chunk of a stream fills one, in turn."""

STEP, DONE, FAILED = "step", "done", "failed"
END, ABORT = -1, -2
"""Stand for the length of a chunk where there are no more, and where the work is to be dropped."""

_LENGTH = 4


class Aborted(Exception):
    """The one who sends the stream has given up."""


class Stream:
    """Chunks as views of shared memory, each valid until the next is asked for.

    `note` is what was said of the present one; `count` is the function's to count.
    """

    def __init__(self, source: IO[bytes], answers: IO[bytes], space: memoryview) -> None:
        self._source, self._answers, self._space = source, answers, space
        self.count = 0
        self.note: Any = None
        self.ended = False

    def __iter__(self) -> Iterator[memoryview]:
        slot = 0
        while (length := self._next()) != END:
            if length == ABORT:
                raise Aborted
            yield self._space[slot * SLOT : slot * SLOT + length]
            slot = (slot + 1) % SLOTS
            send(self._answers, (STEP, self.count))

    def drop(self) -> None:
        """Pass over what the function did not want."""
        while not self.ended:
            self._next()

    def _next(self) -> int:
        length: int
        length, self.note = receive(self._source)
        self.ended = length in {END, ABORT}
        return length


def serve(descriptor: str) -> None:
    """Do what standard input says, until it ends. `descriptor` is that of the shared memory."""
    signal(SIGINT, SIG_IGN)
    with mmap.mmap(int(descriptor), SLOT * SLOTS) as shared:
        os.close(int(descriptor))
        source, answers = sys.stdin.buffer, sys.stdout.buffer
        try:
            while True:
                _do_one(source, answers, shared)
        except (EOFError, BrokenPipeError):
            os._exit(0)  # nobody is there to whom anything could be said


def _do_one(source: IO[bytes], answers: IO[bytes], shared: mmap.mmap) -> None:
    name, args, streams = receive(source)
    stream = Stream(source, answers, memoryview(shared)) if streams else None
    try:
        answer: tuple[str, Any] = (DONE, _call(name, args if stream is None else (stream, *args)))
    except (EOFError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001 - raised in the process that asked
        answer = (FAILED, described(error))
    send(answers, answer)
    if stream is not None:
        stream.drop()


def _call(name: str, args: tuple[object, ...]) -> object:
    module, _, function = name.partition(":")
    return getattr(__import__(module, fromlist=[function]), function)(*args)


def described(error: Exception) -> tuple[str, str, tuple[object, ...], tuple[str, ...]]:
    """Return what an error is, in plain values: its module and name, its arguments, its help where it has some."""
    args = (error.errno, error.strerror, error.filename) if isinstance(error, OSError) else error.args
    plain = tuple(arg if isinstance(arg, str | int | None) else repr(arg) for arg in args)
    return type(error).__module__, type(error).__name__, plain, getattr(error, "help", ())


def send(pipe: IO[bytes], message: Any) -> None:  # noqa: ANN401 - plain values
    """Write a message of plain values; OSError."""
    data = marshal.dumps(message)
    pipe.write(len(data).to_bytes(_LENGTH, "little") + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:  # noqa: ANN401 - what was sent
    """Read a message; raise EOFError where no whole one comes, OSError."""
    head = pipe.read(_LENGTH)
    length = int.from_bytes(head, "little")
    data = pipe.read(length)
    if len(head) < _LENGTH or len(data) < length:
        raise EOFError
    return marshal.loads(data)  # noqa: S302 - from our own process
