"""Work in several threads: all of it is done, a bug in one is raised, and Ctrl-C reaches each."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

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
    repository = Path(__file__).resolve().parents[3]
    words = [sys.executable, "-c", CTRL_C]
    done = subprocess.run(words, cwd=repository, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split("\n") == ["woken", "woken", "ended", ""]
