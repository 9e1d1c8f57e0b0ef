"""`goswitch install` as a person and a program see it: on a terminal, in a log, several at once, interrupted."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from box import REPOSITORY, wait_until
from download_site import NAMES, VERSIONS, Site
from loopback import Reply, loopback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with loopback() as server:
        yield Site(tmp_path, server)


def lines(screen: str) -> list[str]:
    """Return what was drawn, one drawing of a line each, without the moves of the cursor."""
    return [line.replace("\x1b[A", "").rstrip() for line in re.split(r"[\r\n]+", screen)]


def shown(screen: str, columns: int) -> list[str]:
    """Return the lines that stand on a terminal in the end: what bars drew is drawn over."""
    rows: dict[int, dict[int, str]] = {}
    row = column = 0
    for piece in re.findall(r"\x1b\[A|.", screen, re.DOTALL):
        if piece == "\x1b[A":
            row -= 1
        elif piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
        else:
            if column == columns:
                row, column = row + 1, 0
            rows.setdefault(row, {})[column] = piece
            column += 1
    cells = [rows.get(row, {}) for row in range(max(rows, default=0) + 1)]
    return ["".join(line.get(at, " ") for at in range(max(line, default=-1) + 1)).rstrip() for line in cells]


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_bars_fit_the_terminal(columns: int, site: Site) -> None:
    for name in NAMES[:2]:
        site.reply(name, pause=0.1)
    status, screen = site.on_terminal(columns, "install", *VERSIONS[:2], NO_COLOR="1")
    assert status == 0
    drawn = lines(screen)
    for name in NAMES[:2]:
        bars = [line for line in drawn if re.match(rf"{re.escape(name)} +\d+%\|", line)]
        assert bars, drawn
        assert all(("B/s" in line) == (columns > 64) for line in bars)
    assert any(re.fullmatch(r"   files \d+", line) for line in drawn)
    assert all(len(line) <= columns for line in drawn if "|" in line or "files" in line)
    assert "\x1b[" not in screen.replace("\x1b[A", ""), "no colour, no other trick"
    left = "\n".join(shown(screen, columns))
    for name in NAMES[:2]:
        assert f"\n{name} is installed in ~/sdk/{name}; its sha256"[: columns + 1] in f"\n{left}"
    assert "|" not in left, "no bar is left over"
    assert "files" not in left
    assert site.installed == sorted(NAMES[:2])


def test_a_terminal_that_cannot_move_its_cursor_gets_sentences(site: Site) -> None:
    status, screen = site.on_terminal(80, "install", "1.22.4", TERM="dumb")
    assert status == 0
    assert "\x1b" not in screen
    assert screen.startswith("go1.22.4 is installed in ~/sdk/go1.22.4; ")


def test_a_log_says_how_far_it_is(site: Site) -> None:
    site.reply("go1.22.4", pause=0.27)
    ran = site.run("install", "1.22.4")
    assert (ran.status, ran.out) == (0, "")
    first, *_, last, _ = ran.err.splitlines()
    assert re.fullmatch(r"go1\.22\.4: \d\.\d of \d\.\d MB \(\d+ %\), \d\.\d MB/s(, \d+ files)?", first)
    assert last.startswith("go1.22.4 is installed")


def test_quiet_says_nothing(site: Site) -> None:
    assert site.on_terminal(80, "install", "--quiet", "1.22.4", "1.21.6") == (0, "")
    status, screen = site.on_terminal(80, "install", "-q", "1.22.9", "1.23.1")
    assert status == 4
    assert screen.startswith("goswitch: no source has go1.22.9\r\nhelp: goswitch available 1.22\r\n")
    assert "go1.23.1" not in screen
    assert site.installed == ["go1.21.6", "go1.22.4", "go1.23.1"]


def events(out: str) -> list[dict[str, Any]]:
    said = [json.loads(line) for line in out.splitlines()]
    assert {(event["schema_version"], event["command"]) for event in said} == {(1, said[0]["command"])}
    assert [event["event"] for event in said].index("result") == len(said) - 1
    return said


def test_a_program_reads_how_several_come_along(site: Site) -> None:
    site.reply("go1.22.4", pause=0.1)
    assert site.run("install", "1.20.3").status == 0
    ran = site.run("install", "--json", "1.22.4", "1.20.3", "1.19.1", "stable", "1.23", "1.22")
    assert ran.status == 4
    assert ran.err == "goswitch: no source has go1.19.1\nhelp: goswitch available 1.19\nhelp: goswitch install 1.20.3\n"
    said = events(ran.out)
    assert {event["name"] for event in said if event["event"] == "start"} == {"go1.22.4", "go1.23.1", "go1.19.1"}
    progress = [event for event in said if event["event"] == "progress" and event["name"] == "go1.22.4"]
    assert len(progress) >= 2
    assert [event["bytes"] for event in progress] == sorted(event["bytes"] for event in progress)
    assert progress[-1]["bytes"] == progress[-1]["total_bytes"]
    assert progress[-1]["files"] == progress[-1]["total_files"] > 0
    result = said[-1]
    assert [(row["name"], row["already"]) for row in result["sdks"]] == [
        ("go1.22.4", False), ("go1.20.3", True), ("go1.23.1", False),
    ]  # fmt: skip
    assert {event["name"] for event in said if event["event"] == "done"} == {row["name"] for row in result["sdks"]}
    (error,) = result["errors"]
    assert (error["name"], error["exit_code"], result["exit_code"]) == ("go1.19.1", 4, 4)
    assert error["help"][0] == "goswitch available 1.19"


def test_failures_of_some_do_not_keep_others_from_it(site: Site) -> None:
    site.server.put(site.paths["go1.20.3"], Reply(status=404))
    site.server.put(site.paths["go1.21.6"], Reply(b"no archive", declared=-1))
    ran = site.run("install", *VERSIONS)
    assert site.installed == ["go1.22.4", "go1.23.1"]
    assert site.litter() == []
    assert ran.status == 5, "the first request's"
    assert len([line for line in ran.err.splitlines() if line.startswith("goswitch: ")]) == 2
    shims = site.home / ".local/share/goswitch/shims"
    assert sorted(path.name for path in shims.glob("go1*")) == ["go1.22.4", "go1.23.1"]


def test_what_is_tried_again_is_said_of_which(site: Site) -> None:
    site.reply("go1.22.4", status=503, times=1)
    site.reply("go1.21.6", cut=20_000, times=1)
    ran = site.run("install", "1.21.6", "1.22.4")
    assert ran.status == 0
    assert re.search(r"^go1\.22\.4: 127\.0\.0\.1 answered 503 for .*; trying again$", ran.err, re.MULTILINE)
    assert re.search(r"^go1\.21\.6: .*(broke|sent).*; trying again$", ran.err, re.MULTILINE)
    assert site.installed == ["go1.21.6", "go1.22.4"]


def test_no_more_than_three_at_a_time(site: Site) -> None:
    for name in NAMES[:3]:
        site.reply(name, cut=20_000, stalls=True)
    process = site.start("install", *VERSIONS)
    site.wait_for_partial(1, *NAMES[:3])
    assert site.server.count(site.paths["go1.23.1"]) == 0
    end(process)


def end(process: subprocess.Popen[str]) -> str:
    """Press Ctrl-C; return what it says. Silent hosts are waited for no longer than a moment."""
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130, err
    assert out == ""
    return err


@pytest.mark.parametrize("names", [NAMES[:1], NAMES[:2]], ids=["one", "several"])
def test_ctrl_c_ends_all_and_keeps_partial_downloads(names: list[str], site: Site) -> None:
    for name in names:
        site.reply(name, cut=50_000, stalls=True)
    process = site.start("install", *(name.removeprefix("go") for name in names))
    site.wait_for_partial(1, *names)
    assert end(process).splitlines()[-1] == "goswitch: interrupted"
    assert site.installed == site.litter() == []
    partial = {path.name: path.stat().st_size for path in site.downloads.glob("*.gz")}
    assert set(partial.values()) == {50_000}
    for name in names:
        (stalled,) = site.server.replies[site.paths[name]]  # type: ignore[misc] # no function in this file
        site.server.put(site.paths[name], replace(stalled, cut=None, stalls=False))
    site.server.asked.clear()
    assert site.run("install", *(name.removeprefix("go") for name in names)).status == 0
    assert {asked.range for asked in site.server.asked if asked.path.endswith(".gz")} == {"bytes=50000-"}


def test_ctrl_c_while_it_waits_to_ask_again(site: Site) -> None:
    for name in NAMES[:2]:
        site.reply(name, status=503, headers={"Retry-After": "50"})
    process = site.start("install", *VERSIONS[:2])
    wait_until(lambda: all(site.server.count(site.paths[name]) for name in NAMES[:2]))
    end(process)
    assert site.litter() == []


def test_ctrl_c_while_proxy_and_log_are_silent(site: Site) -> None:
    """The log is asked beside the download: neither holds up the end."""
    site.server.under("/proxy/", lambda _: Reply(bytes(100_000), cut=1000, stalls=True))
    site.env |= {"GOPROXY": f"{site.server.url}/proxy", "GOSUMDB": "sum.golang.org"}
    process = site.start("install", "--source", "proxy", "1.22.4")
    wait_until(lambda: all(any(words in asked.path for asked in site.server.asked) for words in ("/sumdb/", ".zip")))
    end(process)
    assert site.litter() == []


PROBE = "import sys; from goswitch.cli.main import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"


def test_tqdm_is_loaded_only_where_bars_are_drawn(site: Site) -> None:
    def loaded() -> set[str]:
        env = {**site.env, "PYTHONPATH": str(REPOSITORY)}
        words = [sys.executable, "-c", PROBE, "install", "1.22.4"]
        return set(subprocess.run(words, env=env, capture_output=True, text=True, check=True).stderr.split())

    assert "tqdm" not in loaded()
    assert not {"tqdm", "httpx", "logging", "concurrent.futures.thread"} & loaded(), "it is there already"
