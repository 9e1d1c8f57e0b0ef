"""Processes of our own for work that fills a core: Python's threads would wait for each other at the interpreter lock.

Each is a fresh interpreter (`subprocess`, not a fork: this process has threads) that runs functions which it is told by
name, one at a time, and ends when this process ends, however that comes about. Long data goes through memory that both
map; everything else through its standard input and output. `worker_process.py` is the other side.
"""

from __future__ import annotations

import importlib
import mmap
import os
import queue
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

from goswitch.errors import GoswitchError
from goswitch.system.worker_process import ABORT, DONE, END, SLOT, SLOTS, STEP, receive, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MOST = 8
_SECONDS_TO_END = 5.0
# -S: what it may import is told by sys.path of this process; -I: nothing of the environment changes it.
_PROGRAM = (
    "import sys; sys.path[:] = sys.argv[2:]; from goswitch.system.worker_process import serve; serve(sys.argv[1])"
)


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Worker:
    """One process. OSError if it can't be started."""

    def __init__(self) -> None:
        self._ended: tuple[str, Any] = ("", None)
        descriptor = _shared_memory(SLOT * SLOTS)
        try:
            self._space = mmap.mmap(descriptor, SLOT * SLOTS)
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
        return self._answer()

    def stream(self, function: str, chunks: Iterable[bytes], *args: object, progress: Callable[[int], None]) -> Any:  # noqa: ANN401 - as above
        """As `run`, for a function whose first argument is a Stream of `chunks`, each of at most SLOT bytes.

        `progress` is told the number that the function has counted. What `chunks` raises goes on after the function
        was stopped.
        """
        self._send((function, args, True))
        sent = taken = 0
        try:
            for chunk in chunks:
                while sent - taken >= SLOTS:
                    progress(self._step())
                    taken += 1
                start = sent % SLOTS * SLOT
                self._space[start : start + len(chunk)] = chunk
                self._send(len(chunk))
                sent += 1
        except _Ended:
            self._send(END)
        except BaseException:
            self._send(ABORT)
            with suppress(Exception):
                self._answer()
            raise
        else:
            self._send(END)
            with suppress(_Ended):
                while True:
                    progress(self._step())
        return self._result()

    def close(self) -> None:
        """End the process; it ends by itself once nobody can tell it anything."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        try:
            self._process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._space.close()

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

    def _step(self) -> int:
        """Return the count of the next step; raise _Ended, and keep the answer, if the function has ended."""
        kind, value = self._receive()
        if kind == STEP:
            return int(value)
        self._ended = (kind, value)
        raise _Ended

    def _answer(self) -> Any:  # noqa: ANN401 - whatever the function returns
        with suppress(_Ended):
            while True:
                self._step()
        return self._result()

    def _result(self) -> Any:  # noqa: ANN401 - whatever the function returns
        kind, value = self._ended
        if kind == DONE:
            return value
        raise _as_error(*value)


class Workers:
    """As many processes as this one may use cores, started when they are needed; a context manager.

    Where there is one core, or none can be started, there are none: then the caller does the work itself. May be used
    by several threads. `most` is for who wants fewer.
    """

    def __init__(self, most: int = _MOST) -> None:
        count = min(cores(), most)
        self._most = count if count > 1 else 0
        self._free: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._all: list[Worker] = []
        self._starting = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._starting:
            self._most = 0
        for worker in self._all:
            worker.close()

    def start_aside(self, count: int = _MOST) -> None:
        """Begin to start `count` of them, and go on meanwhile."""
        threading.Thread(target=self.start, args=(count,), name="workers", daemon=True).start()

    def start(self, count: int = _MOST) -> int:
        """Start as many as are missing to `count`, or to all there may be; return how many there are."""
        with self._starting:
            while len(self._all) < min(count, self._most):
                self._add()
            return len(self._all)

    @contextmanager
    def one(self) -> Iterator[Worker | None]:
        """Give one that has nothing to do, once there is one; None if there are none at all."""
        with self._starting:
            if self._free.empty() and len(self._all) < self._most:
                self._add()
        if not self._all:
            yield None
            return
        worker = self._free.get()
        try:
            yield worker
        finally:
            self._free.put(worker)

    def _add(self) -> None:
        try:
            self._all.append(Worker())
        except OSError:
            self._most = len(self._all)
        else:
            self._free.put(self._all[-1])


class _Ended(Exception):
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
