"""The other side of `workers.py`: what a worker process runs. It imports nothing that it does not need at once."""

from __future__ import annotations

import importlib
import mmap
import os
import pickle
import signal
import sys
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SLOT = 1 << 20
SLOTS = 16
"""Shared memory has so many slots of so many bytes; each chunk of a stream fills one, in turn."""

STEP, DONE, FAILED = "step", "done", "failed"
END, ABORT = -1, -2
"""Stand for the length of a chunk where there are no more, and where the work is to be dropped."""


class Aborted(Exception):
    """The one who sends the stream has given up."""


class Stream:
    """Chunks as views of shared memory, each valid until the next is asked for. `count` is the function's to count."""

    def __init__(self, source: IO[bytes], answers: IO[bytes], space: memoryview) -> None:
        self._source, self._answers, self._space = source, answers, space
        self.count = 0
        self.ended = False

    def __iter__(self) -> Iterator[memoryview]:
        slot = 0
        while (length := self._next()) != END:
            if length == ABORT:
                raise Aborted
            yield self._space[slot * SLOT : slot * SLOT + length]
            slot = (slot + 1) % SLOTS
            _say(self._answers, (STEP, self.count))

    def drop(self) -> None:
        """Pass over what the function did not want."""
        while not self.ended:
            self._next()

    def _next(self) -> int:
        length: int = pickle.load(self._source)  # noqa: S301 - the process that started this one
        self.ended = length in {END, ABORT}
        return length


def serve(descriptor: str) -> None:
    """Do what standard input says, until it ends. `descriptor` is that of the shared memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    with mmap.mmap(int(descriptor), SLOT * SLOTS) as shared:
        os.close(int(descriptor))
        source, answers = sys.stdin.buffer, sys.stdout.buffer
        while True:
            try:
                name, args, streams = pickle.load(source)  # noqa: S301 - the process that started this one
            except EOFError:
                os._exit(0)  # nobody is there to whom anything could be said
            stream = Stream(source, answers, memoryview(shared)) if streams else None
            try:
                answer: tuple[str, Any] = (DONE, _call(name, args if stream is None else (stream, *args)))
            except EOFError:
                os._exit(0)
            except Exception as error:  # noqa: BLE001 - raised in the process that asked
                answer = (FAILED, error.with_traceback(None))
            _say(answers, answer)
            if stream is not None:
                stream.drop()


def _call(name: str, args: tuple[object, ...]) -> object:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)(*args)


def _say(answers: IO[bytes], message: tuple[str, Any]) -> None:
    pickle.dump(message, answers)
    answers.flush()
