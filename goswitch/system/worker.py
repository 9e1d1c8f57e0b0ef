"""A process of our own for work that fills a core, as this process tells it.

It is a fresh interpreter (`subprocess`, not a fork: this process has threads) that runs functions which it is told by
name, one at a time, and ends when this process ends, however that comes about. Long data goes through memory that both
map; everything else through its standard input and output. `worker_process.py` is the other side, `workers.py` has the
pool of them.
"""

from __future__ import annotations

import importlib
import mmap
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from typing import Any, Self

from goswitch.errors import GoswitchError
from goswitch.system.worker_process import ABORT, DONE, END, SLOT, SLOTS, STEP, receive, send

_SECONDS_TO_END = 5.0
# -S: what it may import is told by sys.path of this process; -I: nothing of the environment changes it.
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[2:]; from goswitch.system.worker_process import serve; serve(sys.argv[1])"
)


class Worker:
    """One process. OSError if it can't be started."""

    def __init__(self) -> None:
        self._ended: tuple[str, Any] = ("", None)
        descriptor = _shared_memory(SLOT * SLOTS)
        try:
            self.space = mmap.mmap(descriptor, SLOT * SLOTS)
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _PROGRAM, str(descriptor), *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what goes wrong is told as an answer
                pass_fds=(descriptor,),
                process_group=0,  # Ctrl-C at the terminal is this process's business
            )
        finally:
            os.close(descriptor)

    def run(self, function: str, *args: object) -> Any:  # noqa: ANN401 - whatever the function returns
        """Return what `function` (`package.module:name`) returns for `args`, and raise what it raises."""
        self._send((function, args, False))
        return self.answer()

    def feed(self, function: str, *args: object) -> Feed:
        """Begin to run a function whose first argument is a Stream, and return what fills that."""
        self._send((function, args, True))
        return Feed(self)

    def end(self) -> None:
        """Tell the process that there is nothing more to do, and leave the memory to it, to be given back meanwhile."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self.space.close()

    def close(self) -> None:
        """End the process, and wait for that; it ends by itself once nobody can tell it anything."""
        self.end()
        if not self._has_hung_up():
            self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def _has_hung_up(self) -> bool:
        """Wait for the end of its output: `Popen.wait` with a timeout only looks again and again."""
        pipe, end = self._process.stdout, time.monotonic() + _SECONDS_TO_END
        while pipe is not None and select.select([pipe], [], [], max(0.0, end - time.monotonic()))[0]:
            if not os.read(pipe.fileno(), 1 << 16):
                return True
        return False

    def _send(self, message: object) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise _gone()
        try:
            send(pipe, message)
        except OSError as error:
            raise _gone() from error

    def _receive(self) -> tuple[str, Any]:
        pipe = self._process.stdout
        if pipe is None:
            raise _gone()
        try:
            message: tuple[str, Any] = receive(pipe)
        except (OSError, EOFError) as error:
            raise _gone() from error
        return message

    def say(self, length: int, note: object) -> None:
        """Say that a chunk of a stream is there, or END or ABORT."""
        self._send((length, note))

    def step(self) -> int:
        """Return the count of the next step; raise Ended, and keep the answer, if the function has ended."""
        kind, value = self._receive()
        if kind == STEP:
            return int(value)
        self._ended = (kind, value)
        raise Ended

    def answer(self) -> Any:  # noqa: ANN401 - whatever the function returns
        """Wait for the end of the function; return what it returns, and raise what it raises."""
        with suppress(Ended):
            while True:
                self.step()
        return self.result()

    def result(self) -> Any:  # noqa: ANN401 - whatever the function returns
        """Return or raise, once the function has ended, what it returned or raised."""
        kind, value = self._ended
        if kind == DONE:
            return value
        raise _as_error(*value)


class Feed:
    """Fills the chunks of a Stream in place and sends them; a context manager, at whose error the function is dropped.

    What the function raises is raised by whatever is called next. One that wants no more gets none.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._sent = self._taken = self._used = 0
        self._over = False
        self.count = 0
        """What the function has counted so far (`Stream.count`)."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None and not self._over:
            self._over = True
            with suppress(Exception):
                self._worker.say(ABORT, None)
                self._worker.answer()

    @property
    def room(self) -> int:
        """Return how many bytes the present chunk can still take."""
        return SLOT - self._used

    def put(self, data: bytes | memoryview) -> None:
        """Put `data`, of at most `room` bytes, into the present chunk."""
        while not self._over and self._sent - self._taken >= SLOTS:
            self._take()
        if not self._over:
            start = self._sent % SLOTS * SLOT + self._used
            self._worker.space[start : start + len(data)] = data
            self._used += len(data)

    def send(self, note: object) -> None:
        """Send the present chunk, with a note of plain values, and begin another."""
        if not self._over:
            self._worker.say(self._used, note)
            self._sent += 1
        self._used = 0

    def result(self) -> Any:  # noqa: ANN401 - whatever the function returns
        """Say that these were all the chunks, and return what the function returns."""
        if not self._over:
            self._over = True
            self._worker.say(END, None)
            with suppress(Ended):
                while True:
                    self.count = self._worker.step()
        return self._worker.result()

    def _take(self) -> None:
        """Wait until the function has done with one more chunk."""
        try:
            self.count = self._worker.step()
            self._taken += 1
        except Ended:
            self._over = True
            self._worker.say(END, None)
            self._worker.result()


class Ended(Exception):
    """The function has ended; its answer was received."""


def _as_error(module: str, name: str, args: tuple[object, ...], help_lines: tuple[str, ...]) -> Exception:
    """Return the error that `worker_process.described` described."""
    error: Exception = getattr(importlib.import_module(module), name)(*args)
    if isinstance(error, GoswitchError):
        error.help = help_lines
    return error


def _gone() -> GoswitchError:
    return GoswitchError(
        "a process that goswitch had started to unpack has ended: killed, or out of memory", help="try again"
    )


def _shared_memory(size: int) -> int:
    """Return the descriptor of memory that can be mapped by several processes and has no name; OSError."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("goswitch")
    else:
        import tempfile  # noqa: PLC0415 - only where there is no memfd

        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    try:
        os.ftruncate(descriptor, size)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor
