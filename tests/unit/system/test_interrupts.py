"""Work in several threads: all of it is done, a bug in one is raised, and Ctrl-C reaches each."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial

import pytest
from box import REPOSITORY

from goswitch.system.interrupts import beside, in_threads


def test_all_is_done_a_few_at_a_time() -> None:
    done: list[int] = []
    meeting = threading.Barrier(2)

    def work(number: int) -> None:
        meeting.wait(30)  # two at once, or it never comes together
        done.append(number)

    in_threads([partial(work, number) for number in range(6)], at_once=2)
    assert sorted(done) == list(range(6))


def test_one_alone_is_done_by_the_caller() -> None:
    seen: list[threading.Thread] = []
    in_threads([lambda: seen.append(threading.current_thread())], at_once=3)
    assert seen == [threading.current_thread()]
    in_threads([], at_once=3)


def test_a_bug_in_one_is_raised_when_the_others_are_done() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        if number == 0:
            raise ZeroDivisionError(number)
        done.append(number)

    with pytest.raises(ZeroDivisionError):
        in_threads([partial(work, number) for number in range(5)], at_once=2)
    assert sorted(done) == [1, 2, 3, 4]


def test_what_runs_beside_is_waited_for() -> None:
    going = threading.Event()
    with beside("test") as submit:
        asked = submit(lambda: going.wait(30) and "answer")
        going.set()
    assert asked.result() == "answer"


def test_what_runs_beside_has_ended_when_the_block_fails() -> None:
    going, ended = threading.Event(), threading.Event()

    def work() -> None:
        going.wait(30)
        ended.set()

    def fail() -> None:
        with beside("test") as submit:
            submit(work)
            threading.Timer(0.2, going.set).start()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert ended.is_set()


CTRL_C = """
import os, signal, sys, threading
from goswitch.system.interrupts import in_threads, sleep
begun = threading.Barrier(3)
def work():
    begun.wait()
    try:
        sleep(600)
    except KeyboardInterrupt:
        os.write(1, b"woken\\n")
        raise
def never():
    os.write(1, b"begun too late\\n")
threading.Thread(target=lambda: (begun.wait(), os.kill(os.getpid(), signal.SIGINT)), daemon=True).start()
try:
    in_threads([work, work, never], at_once=2)
except KeyboardInterrupt:
    print("ended")
"""


def test_ctrl_c_wakes_all_and_begins_none() -> None:
    words = [sys.executable, "-c", CTRL_C]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split("\n") == ["woken", "woken", "ended", ""]


PASSED_ON = """
import os, signal
from goswitch.system import interrupts
interrupts.obey()
try:
    os.kill(os.getpid(), signal.SIG{first})
except KeyboardInterrupt:
    os.kill(os.getpid(), signal.SIGTERM)
    print("cleared up", interrupts.ended_by_sigterm())
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(os.getpid(), number)
    print("ended")
"""


@pytest.mark.parametrize("first", ["INT", "TERM"])
def test_sigterm_is_as_ctrl_c_and_does_not_cut_short_the_clearing_up(first: str) -> None:
    """A shim passes Ctrl-C on as SIGTERM, to a process that in some sh has had Ctrl-C itself."""
    words = [sys.executable, "-c", PASSED_ON.format(first=first)]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == f"cleared up {first == 'TERM'}\nended\n"


IGNORED = """
import os, signal
from goswitch.system import interrupts
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, signal.SIG_IGN)
interrupts.obey()
for number in (signal.SIGINT, signal.SIGTERM):
    os.kill(os.getpid(), number)
print("goes on")
"""


def test_what_is_ignored_stays_so() -> None:
    words = [sys.executable, "-c", IGNORED]
    done = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "goes on\n"
