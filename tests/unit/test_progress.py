"""How progress is told: bars on a terminal, lines in a log, events for programs; the clock is given."""

from __future__ import annotations

import io
import json
import re
import threading
import time
from typing import Any

import pytest

from goswitch.cli.console import Console
from goswitch.cli.events import ForPrograms
from goswitch.cli.progress import Bars, draws_bars
from goswitch.cli.telling import ForPeople, Lines, Still, Task
from goswitch.errors import NetworkError

UTF8 = {"LC_ALL": "C.UTF-8", "TERM": "xterm"}


class Terminal(io.StringIO):
    """Stands in for a terminal: a stream that says it is one."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def bars(stream: io.StringIO, env: dict[str, str] = UTF8, *, several: bool = False) -> ForPeople:
    return ForPeople(Bars(Console(io.StringIO(), stream), env), several=several)


def run(task: Task, name: str = "go1.22.4") -> None:
    task.files(0, 40)
    task.start(name, 100)
    task.advance(0)
    task.advance(100)
    task.files(40, 40)
    task.note("a sentence")
    task.note("a sentence")
    task.finish()


def test_two_bars_on_a_terminal() -> None:
    stream = Terminal()
    run(bars(stream).task("go1.22.4"))
    text = stream.getvalue()
    assert "go1.22.4   0%|" in text
    assert re.search(r"go1\.22\.4 100%\|█+\| 100/100B", text)
    assert re.search(r"\n\r   files 100%\|█+\| 40/40", text)
    assert text.count("a sentence\n") == 1
    assert "\x1b[" not in text.replace("\x1b[A", ""), "nothing but moves of the cursor, and no colour"


def test_files_alone_have_one_bar() -> None:
    stream = Terminal()
    task = bars(stream).task("")
    for name in ("go1.21.6", "go1.22.4"):
        task.start_files(name, 40)
        task.files(40, 40)
        task.note(f"{name} is read")
        task.finish()
    text = stream.getvalue()
    assert "go1.21.6   0%|" in text
    assert re.search(r"go1\.22\.4 100%\|█+\| 40/40", text)
    assert re.findall(r"[^\r\n]*\n", text) == ["go1.21.6 is read\n", "go1.22.4 is read\n"], "one row"
    assert text.rstrip(" ").endswith("\r")


def test_bytes_after_files_have_bars_of_both() -> None:
    """`verify --log` reads a tree, and fetches the module where that differs."""
    stream = Terminal()
    task = bars(stream).task("")
    task.start_files("go1.22.4", 40)
    task.files(40, 40)
    task.finish()
    run(task)
    assert re.search(r"\n\r   files 100%\|█+\| 40/40", stream.getvalue())


def test_what_was_there_before_is_no_speed() -> None:
    stream = Terminal()
    task = bars(stream).task("go1.22.4")
    task.start("go1.22.4", 10**9)
    task.advance(9 * 10**8)
    time.sleep(0.2)  # bars are drawn ten times a second
    task.advance(1000)
    text = stream.getvalue()
    assert re.search(r"go1\.22\.4  90%.* 900M/1\.00GB \d\.\d+kB/s", text)
    assert not re.search(r"[MG]B/s", text)


def test_without_totals_there_are_counts() -> None:
    stream = Terminal()
    task = bars(stream).task("go1.22.4")
    task.start("go1.22.4", None)
    task.advance(2_000_000)
    task.files(7, None)
    task.note("now")
    assert "go1.22.4 2.00MB" in stream.getvalue()
    assert "   files 7" in stream.getvalue()
    assert "|" not in stream.getvalue()


@pytest.mark.parametrize("env", [{"LANG": "de_DE.ISO-8859-1"}, {}, {"LC_ALL": "C", "LANG": "C.UTF-8"}])
def test_where_the_locale_is_not_utf8_bars_are_ascii(env: dict[str, str]) -> None:
    stream = Terminal()
    run(bars(stream, env).task("go1.22.4"))
    assert stream.getvalue().isascii()


def test_bars_of_several_stand_in_rows_of_their_own() -> None:
    stream = Terminal()
    tell = bars(stream, several=True)
    tasks = {name: tell.task(name) for name in ("go1.21.6", "go1.22.4")}
    for name, task in tasks.items():
        task.start(name, 100)
    tasks["go1.22.4"].note("asked again")
    tasks["go1.21.6"].note("asked again")
    tell.failed("go1.22.4", NetworkError("the line broke"), ["try again"])
    tell.failed("go1.21.6", NetworkError("no go1.21.6"), [])
    for task in tasks.values():
        task.finish()
    text = stream.getvalue()
    assert "go1.22.4: asked again\n" in text
    assert "go1.21.6: asked again\n" in text
    assert "goswitch: go1.22.4: the line broke\nhelp: try again\n" in text
    assert "goswitch: no go1.21.6\n" in text, "which names itself"
    assert re.search(r"\n\n\r?.*go1\.22\.4   0%.*\x1b\[A\x1b\[A", text), "the second pair is two rows down"
    assert text.endswith("\x1b[A") or text.rstrip(" ").endswith("\r"), "the rows are left empty"


def test_threads_tell_at_the_same_time() -> None:
    stream = Terminal()
    tell = bars(stream, several=True)
    names = [f"go1.{minor}.1" for minor in range(10, 20)]

    def work(name: str) -> None:
        for _ in range(50):
            run(tell.task(name), name)

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(re.findall(r"(go1\.\d+\.1): a sentence", stream.getvalue())) == sorted(names)


@pytest.mark.parametrize(
    ("stream", "term", "expected"),
    [(Terminal, "xterm", True), (Terminal, "dumb", False), (Terminal, "", False), (io.StringIO, "xterm", False)],
)
def test_bars_need_a_terminal_with_a_cursor(stream: type[io.StringIO], term: str, expected: bool) -> None:
    assert draws_bars(Console(io.StringIO(), stream()), {"TERM": term}) is expected


def test_a_log_has_a_line_every_few_seconds() -> None:
    stream, clock = io.StringIO(), Clock()
    task = ForPeople(Lines(Console(io.StringIO(), stream), clock)).task("go1.22.4")
    task.files(0, 12_000)
    task.start("go1.22.4", 80_000_000)
    task.advance(10_000_000)  # was there before
    for _ in range(8):
        clock.now += 2
        task.advance(5_000_000)
        task.files(int(100 * (clock.now - 100)), 12_000)
    task.finish()
    assert stream.getvalue().splitlines() == [
        "go1.22.4: 25.0 of 80.0 MB (31 %), 2.5 MB/s, 400 of 12000 files",
        "go1.22.4: 40.0 of 80.0 MB (50 %), 2.5 MB/s, 1000 of 12000 files",
    ]


def test_a_log_of_files_alone() -> None:
    stream, clock = io.StringIO(), Clock()
    task = ForPeople(Lines(Console(io.StringIO(), stream), clock)).task("")
    task.start_files("go1.22.4", 12_000)
    for done in (1000, 2000, 3000):
        clock.now += 3
        task.files(done, 12_000)
    task.finish()
    assert stream.getvalue() == "go1.22.4: 2000 of 12000 files\n"


def test_a_log_without_totals() -> None:
    stream, clock = io.StringIO(), Clock()
    task = ForPeople(Lines(Console(io.StringIO(), stream), clock)).task("go1.22.4")
    task.start("go1.22.4", None)
    task.advance(0)
    clock.now += 5
    task.advance(5_000_000)
    assert stream.getvalue() == "go1.22.4: 5.0 MB, 1.0 MB/s\n"


def test_quiet_says_errors_alone() -> None:
    stream = Terminal()
    tell = ForPeople(Still(Console(io.StringIO(), stream)), quiet=True)
    run(tell.task("go1.22.4"))
    tell.task("").start_files("go1.22.4", 40)
    tell.done({}, "it is there")
    assert stream.getvalue() == ""
    tell.failed("go1.22.4", NetworkError("no line"), ["try again"])
    assert stream.getvalue() == "goswitch: no line\nhelp: try again\n"


def events(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def told(clock: Clock, *, quiet: bool) -> list[dict[str, Any]]:
    out, err = io.StringIO(), io.StringIO()
    tell = ForPrograms(Console(out, err), "install", quiet=quiet, clock=clock)
    task = tell.task("go1.22.4")
    task.files(0, 40)
    task.start("go1.22.4", 1000)
    task.advance(500)  # was there before
    for _ in range(4):
        clock.now += 0.25
        task.advance(100)
        task.files(10, 40)
    task.note("asked again")
    clock.now += 0.25
    task.advance(100)
    task.files(40, 40)
    task.finish()
    tell.done({"name": "go1.22.4"}, "it is there")
    tell.failed("go1.1", NetworkError("no line"), ["try again"])
    tell.result([{"name": "go1.22.4"}], 5)
    assert err.getvalue() == "goswitch: no line\nhelp: try again\n"
    return events(out)


ERROR = {"name": "go1.1", "message": "no line", "help": ["try again"], "exit_code": 5}


def progress(count: int, files: int) -> dict[str, Any]:
    about = {"bytes": count, "total_bytes": 1000, "files": files, "total_files": 40, "bytes_per_second": 400}
    return {"event": "progress", "name": "go1.22.4", **about}


def test_a_program_reads_events() -> None:
    said = told(Clock(), quiet=False)
    assert {(event.pop("schema_version"), event.pop("command")) for event in said} == {(1, "install")}
    assert said == [
        {"event": "start", "name": "go1.22.4"},
        progress(700, 10),
        progress(900, 10),
        {"event": "note", "name": "go1.22.4", "message": "asked again"},
        progress(1000, 40),
        {"event": "done", "name": "go1.22.4"},
        {"event": "error", **ERROR},
        {"event": "result", "sdks": [{"name": "go1.22.4"}], "errors": [ERROR], "exit_code": 5},
    ]


def test_a_quiet_program_reads_the_result() -> None:
    (only,) = told(Clock(), quiet=True)
    assert (only["event"], only["exit_code"], len(only["errors"])) == ("result", 5, 1)
