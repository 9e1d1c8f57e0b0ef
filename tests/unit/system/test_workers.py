"""Processes that do work for this one: what they answer, how they fail, and that none outlives who started it."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goswitch.errors import ArchiveError, GoswitchError
from goswitch.system import worker as subject_worker
from goswitch.system import workers as subject
from goswitch.system.worker import Worker
from goswitch.system.worker_process import SLOT, SLOTS
from goswitch.system.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from goswitch.system.worker import Feed

HERE = "worker_jobs:"
"""The functions that the workers run: tests/worker_jobs.py, found by this process's sys.path."""


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.close()


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_it_runs_a_function_in_another_process(worker: Worker) -> None:
    assert worker.run(f"{HERE}process_of", 4) == worker.run(f"{HERE}process_of", 4)
    pid, value = worker.run(f"{HERE}process_of", "x")
    assert pid != os.getpid()
    assert value == "x"


def test_one_loads_no_more_than_unpacking_needs(worker: Worker) -> None:
    loaded = set(worker.run(f"{HERE}loaded"))
    assert "goswitch.system.zip_entries" in loaded
    assert "goswitch.system.tar" not in loaded
    assert not loaded & {"typing", "enum", "re", "pickle", "contextlib", "functools", "threading", "dataclasses"}


@pytest.mark.parametrize(
    ("what", "kind", "says"),
    [("archive", ArchiveError, "bad bytes"), ("disk", OSError, "No space left on device"), ("bug", ValueError, "odd")],
)
def test_what_a_function_raises_is_raised_here(worker: Worker, what: str, kind: type[Exception], says: str) -> None:
    with pytest.raises(kind, match=says) as caught:
        worker.run(f"{HERE}fail", what)
    if isinstance(caught.value, ArchiveError):
        assert caught.value.help == ("do this",)
    assert worker.run(f"{HERE}process_of", 1)[1] == 1


def send(feed: Feed, chunks: Iterable[bytes]) -> None:
    for number, chunk in enumerate(chunks):
        feed.put(chunk)
        feed.send(number)


def test_a_stream_arrives_whole_and_in_order_however_long_it_is(worker: Worker) -> None:
    chunks = [bytes([number % 251]) * (SLOT - number) for number in range(SLOTS * 3 + 5)]
    counts = []
    with worker.feed(f"{HERE}sha256_of") as feed:
        for chunk in chunks:
            send(feed, [chunk])
            counts.append(feed.count)
        size, digest = feed.result()
    assert size == sum(map(len, chunks))
    assert digest == hashlib.sha256(b"".join(chunks)).hexdigest()
    assert counts == sorted(counts)
    assert 0 < counts[-1] < len(chunks) - 1
    assert feed.count == len(chunks) - 1


def test_a_chunk_is_filled_bit_by_bit_and_has_a_note(worker: Worker) -> None:
    with worker.feed(f"{HERE}notes_of") as feed:
        for number in range(SLOTS + 2):
            for part in (b"a", b"", memoryview(b"bc")):
                feed.put(part)
            assert feed.room == SLOT - 3
            feed.send(["note", number, None])
            assert feed.room == SLOT
        assert feed.result() == [("abc", ["note", number, None]) for number in range(SLOTS + 2)]


def test_a_function_that_fails_in_mid_stream_leaves_the_worker_usable(worker: Worker) -> None:
    with pytest.raises(ArchiveError, match="third chunk"), worker.feed(f"{HERE}fail_at_third") as feed:
        send(feed, (b"x" for _ in range(SLOTS * 4)))
    assert worker.run(f"{HERE}process_of", 2)[1] == 2


def test_a_failure_is_told_at_the_end_where_few_chunks_were_sent(worker: Worker) -> None:
    with worker.feed(f"{HERE}fail_at_third") as feed:
        send(feed, [b"x"] * 4)
        with pytest.raises(ArchiveError, match="third chunk"):
            feed.result()
    assert worker.run(f"{HERE}process_of", 2)[1] == 2


def test_a_function_need_not_want_all_of_a_stream(worker: Worker) -> None:
    with worker.feed(f"{HERE}first_of") as feed:
        send(feed, (bytes([65 + number]) for number in range(SLOTS * 2)))
        assert feed.result() == b"A"
    assert worker.run(f"{HERE}process_of", 2)[1] == 2


def test_a_stream_that_breaks_off_stops_the_function_and_raises_its_reason(worker: Worker) -> None:
    def broken() -> Iterator[bytes]:
        yield b"x"
        raise ArchiveError("damaged gzip data")

    with pytest.raises(ArchiveError, match="damaged gzip data"), worker.feed(f"{HERE}sha256_of") as feed:
        send(feed, broken())
    assert worker.run(f"{HERE}process_of", 2)[1] == 2


def test_one_that_is_killed_is_an_error_in_our_words(worker: Worker) -> None:
    pid, _ = worker.run(f"{HERE}process_of", 1)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(GoswitchError, match="a process that goswitch had started to unpack has ended"):
        worker.run(f"{HERE}process_of", 1)


def test_one_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subject_worker, "_SECONDS_TO_END", 0.2)
    made = Worker()
    pid, _ = made.run(f"{HERE}process_of", 1)
    os.kill(pid, signal.SIGSTOP)
    made.close()
    assert not Path(f"/proc/{pid}").exists()


def test_one_that_still_works_ends_with_what_it_does() -> None:
    made = Worker()
    pid, _ = made.run(f"{HERE}process_of", 1)
    feed = made.feed(f"{HERE}sha256_of")
    feed.put(bytes(SLOT))
    feed.send(None)
    made.close()
    assert not Path(f"/proc/{pid}").exists()


def test_none_outlives_a_killed_parent() -> None:
    program = (
        "import sys; sys.path[:] = sys.argv[1:]\n"
        "from goswitch.system.worker import Worker\n"
        "made = Worker(); print(made.run('worker_jobs:process_of', 1)[0], flush=True); input()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, *sys.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert Path(f"/proc/{child}").exists()
        parent.kill()
    until(lambda: not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2])


def test_ctrl_c_at_the_terminal_does_not_reach_them(worker: Worker) -> None:
    pid, _ = worker.run(f"{HERE}process_of", 1)
    assert os.getpgid(pid) != os.getpgid(0)
    os.kill(pid, signal.SIGINT)
    assert worker.run(f"{HERE}process_of", 3)[1] == 3


def test_the_pool_gives_each_to_one_at_a_time() -> None:
    busy: set[int] = set()
    seen: list[int] = []
    guard = threading.Lock()
    with Workers() as workers:
        count = workers.start()
        assert count == min(subject.cores(), 8) * (subject.cores() > 1)

        def work() -> None:
            for _ in range(20):
                with workers.one() as worker:
                    assert worker is not None
                    with guard:
                        assert id(worker) not in busy
                        busy.add(id(worker))
                    seen.append(worker.run(f"{HERE}process_of", 0)[0])
                    with guard:
                        busy.remove(id(worker))

        threads = [threading.Thread(target=work) for _ in range(4 if count else 0)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 20 * len(threads)
    assert not any(Path(f"/proc/{pid}").exists() for pid in set(seen))


@pytest.mark.skipif(subject.cores() < 2, reason="one core has no use for processes")
def test_the_pool_grows_when_all_are_busy() -> None:
    with Workers(2) as workers:
        assert workers.start(1) == 1
        with workers.one() as first, workers.one() as second:
            assert first is not None
            assert second is not None
            assert first is not second
        assert workers.start() == 2
        with workers.one(), workers.one():
            assert workers.start() == 2


@pytest.mark.skipif(subject.cores() < 2, reason="one core has no use for processes")
def test_who_takes_some_waits_for_no_second_one() -> None:
    with Workers(2) as workers:
        with workers.some(3) as taken:
            assert len({id(worker) for worker in taken}) == 2
        with workers.one(), workers.some(2) as taken:
            assert len(taken) == 1
        with workers.some(2) as taken:
            assert len(taken) == 2
        with workers.some(1) as taken:
            assert len(taken) == 1
    with Workers(2, users=2) as workers, workers.some(2) as first, workers.some(2) as second:
        assert len(first) == len(second) == 1


def test_without_processes_the_caller_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with Workers() as workers:
        assert workers.start() == 0
        with workers.one() as worker, workers.some(2) as taken:
            assert worker is None
            assert taken == []
