"""auto_install with the real goswitch-py and a real server: one download for many calls, stdout clean, `exec` too."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pexpect
import pytest
from archive_folder import archive_folder
from box import REPOSITORY, wait_until
from loopback import loopback

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from box import Box
    from loopback import Loopback

LIST = "/dl/?mode=json&include=all"
AT_ONCE = 8


@pytest.fixture
def server(box: Box) -> Iterator[Loopback]:
    """A server with 1.21.6 and 1.22.4, whose `go` does what `env` does; a box with shims and that server alone."""
    folder = box.base / "archives"
    listed = archive_folder(folder, "1.21.6", "1.22.4", does="env")
    with loopback() as server:
        server.put(LIST, (folder / "releases.json").read_bytes())
        for file in listed:
            server.put(f"/dl/{file['filename']}", (folder / file["filename"]).read_bytes())
        scripts = box.base / "bin"
        scripts.mkdir()
        (scripts / "goswitch-py").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m goswitch "$@"\n')
        (scripts / "goswitch-py").chmod(0o755)
        box.env |= {
            "PATH": f"{shims(box)}:{scripts}:/usr/bin:/bin",
            "PYTHONPATH": str(REPOSITORY),
            "GOSWITCH_SOURCES": "official",
            "GOSWITCH_OFFICIAL_URL": f"{server.url}/dl/",
        }
        assert box.run("rehash").status == 0
        yield server


def shims(box: Box) -> Path:
    return box.home / ".local/share/goswitch/shims"


def archives_asked(server: Loopback) -> int:
    return sum(asked.path.endswith(".tar.gz") for asked in server.asked)


def go(box: Box, *words: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [shims(box) / "go", *words], cwd=box.project, env={**box.env, "PWD": str(box.project), **env},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_the_setting_reaches_the_shims_and_the_sdk_comes(box: Box, server: Loopback) -> None:
    box.pin("1.22.4\n")
    process = go(box, "sh", "-c", "echo $GOROOT $GOTOOLCHAIN; exit 7")
    assert (*process.communicate(), process.returncode) == (
        "",
        f"goswitch: go1.22.4 is not installed (set by {box.project}/.go-version:1)\nhelp: goswitch install 1.22.4\n",
        126,
    )
    assert server.asked == []
    assert box.run("config", "set", "auto_install", "always").status == 0
    process = go(box, "sh", "-c", "echo $GOROOT $GOTOOLCHAIN; exit 7")
    out, err = process.communicate(timeout=120)
    assert (out, process.returncode) == (f"{box.root}/go1.22.4 local\n", 7), err
    assert err.splitlines()[1:] == ["auto_install: goswitch install 1.22.4"]
    assert (shims(box) / "go1.22.4").exists()
    process = go(box, "sh", "-c", "exit 9")
    assert (*process.communicate(), process.returncode) == ("", "", 9)
    assert box.run("config", "set", "auto_install", "yes").status == 9
    assert box.run("config", "unset", "auto_install").status == 0
    box.pin("1.21.6\n")
    process = go(box)
    process.communicate()
    assert process.returncode == 126


@pytest.mark.parametrize("pin", ["1.22.4", "1.22", "stable", ""])
def test_many_calls_at_once_download_once(pin: str, box: Box, server: Loopback) -> None:
    if pin:
        box.pin(f"{pin}\n")
    else:
        (box.project / "go.mod").write_text("module m\n\ngo 1.22\n")
    processes = [go(box, "echo", str(number), GOSWITCH_AUTO_INSTALL="always") for number in range(AT_ONCE)]
    said = [process.communicate(timeout=240) for process in processes]
    assert [process.returncode for process in processes] == [0] * AT_ONCE, said
    assert [out for out, _ in said] == [f"{number}\n" for number in range(AT_ONCE)]
    assert archives_asked(server) == 1
    assert [path.name for path in box.root.glob("go*")] == ["go1.22.4"]


def test_what_cannot_be_installed_is_an_error_and_leaves_nothing(box: Box, server: Loopback) -> None:
    box.env["GOSWITCH_AUTO_INSTALL"] = "always"
    for pin, said in {"1.22.9": "1.22.9", "1.20": "1.20"}.items():
        box.pin(f"{pin}\n")
        process = go(box, "echo")
        out, err = process.communicate(timeout=60)
        assert (out, process.returncode) == ("", 126)
        assert said in err.splitlines()[2]
    box.pin("1.22.4\n")
    process = go(box, "echo", GOSWITCH_OFFLINE="1")
    assert "offline is true (GOSWITCH_OFFLINE)" in process.communicate(timeout=60)[1]
    assert process.returncode == 126
    foreign = box.root / "go1.22.4" / "mine"
    foreign.mkdir(parents=True)
    process = go(box, "echo")
    assert "it is not touched unasked" in process.communicate(timeout=60)[1]
    assert process.returncode == 126
    assert foreign.exists()
    assert archives_asked(server) == 0


def test_looking_never_installs(box: Box, server: Loopback) -> None:
    box.env["GOSWITCH_AUTO_INSTALL"] = "always"
    box.pin("1.22.4\n")
    for words in (["root"], ["which"], ["current"], ["current", "--explain"], ["env"], ["list"], ["root", "--json"]):
        ran = box.run(*words)
        assert (ran.status, "auto_install" in ran.err) == (0 if words == ["list"] else 126, False), words
    assert server.asked == []


def test_exec_installs(box: Box, server: Loopback) -> None:
    box.env["GOSWITCH_AUTO_INSTALL"] = "always"
    ran = box.run("exec", "1.21", "--", "sh", "-c", "echo $GOROOT $GOSWITCH_VERSION")
    assert (ran.status, ran.out) == (0, f"{box.root}/go1.21.6 go1.21.6\n"), ran.err
    assert ran.err.splitlines()[1] == "auto_install: goswitch install 1.21"
    assert box.run("default", "1.21.6").status == 0
    (box.project / "go.mod").write_text("module m\n\ngo 1.22\n")
    ran = box.run("exec", "--", "sh", "-c", "echo $GOROOT", GOSWITCH_OFFLINE="1")
    assert (ran.status, ran.out) == (0, f"{box.root}/go1.21.6\n")
    assert "offline is true" in ran.err
    ran = box.run("exec", "--", "sh", "-c", "echo $GOROOT")
    assert (ran.status, ran.out) == (0, f"{box.root}/go1.22.4\n")
    ran = box.run("exec", "1.20", "--", "true")
    assert (ran.status, "auto_install: goswitch install 1.20" in ran.err) == (4, True)
    ran = box.run("exec", "1.19", "--", "true", GOSWITCH_AUTO_INSTALL="ask")
    assert (ran.status, "auto_install" in ran.err) == (126, False)
    assert archives_asked(server) == 2


@pytest.mark.parametrize("answer", ["y", "n"])
def test_exec_asks_at_a_terminal(answer: str, box: Box, server: Loopback) -> None:
    words = ["-m", "goswitch", "exec", "1.22.4", "--", "echo", "done"]
    child = pexpect.spawn(
        sys.executable, words, cwd=str(box.project), encoding="utf-8", timeout=60,
        env={**box.env, "GOSWITCH_AUTO_INSTALL": "ask", "PWD": str(box.project)}, dimensions=(50, 200),
    )  # fmt: skip
    child.expect_exact("install it now, by `goswitch install 1.22.4`? [Y/n]")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, archives_asked(server)) == ((0, 1) if answer == "y" else (126, 0))


CALLS = """exec 3<&0
for n in 1 2 3 4; do $CALL echo "$n" >"out.$n" <&3 & pids="$pids $!"; done
for pid in $pids; do wait "$pid"; echo "$?" >>statuses; done
echo all are done
"""


def calls_at_a_terminal(call: str, answer: str, box: Box) -> tuple[str, list[str], list[str]]:
    """Let four calls miss at once, and answer when three wait; return the screen, the statuses and the outputs."""
    (box.project / "statuses").unlink(missing_ok=True)
    child = pexpect.spawn(
        "bash", ["-c", CALLS], cwd=str(box.project), encoding="utf-8", timeout=60, dimensions=(50, 400),
        env={**box.env, "GOSWITCH_AUTO_INSTALL": "ask", "PWD": str(box.project), "CALL": call},
    )  # fmt: skip
    screen = ""
    waits = r"waiting for process \d+, which asks at this terminal whether to install 1\.22\.4"
    for what in [r"\[Y/n\]|waiting for process"] + [waits] * 3:
        child.expect(what)
        screen += f"{child.before}{child.after}"
    child.sendline(answer)
    child.expect_exact("all are done")
    screen += str(child.before)
    child.close()
    statuses = (box.project / "statuses").read_text().split()
    return screen, statuses, [(box.project / f"out.{number}").read_text() for number in range(1, 5)]


EACH_CALL = pytest.mark.parametrize("call", ["go", "goswitch-py exec --"])


@EACH_CALL
def test_many_calls_at_once_ask_once(call: str, box: Box, server: Loopback) -> None:
    box.pin("1.22.4\n")
    screen, statuses, outs = calls_at_a_terminal(call, "y", box)
    assert statuses == ["0"] * 4, screen
    assert outs == [f"{number}\n" for number in range(1, 5)]
    assert (screen.count("[Y/n]"), archives_asked(server)) == (1, 1)


@EACH_CALL
def test_a_no_holds_for_those_that_wait_and_is_not_remembered(call: str, box: Box, server: Loopback) -> None:
    box.pin("1.22.4\n")
    for _ in range(2):
        screen, statuses, outs = calls_at_a_terminal(call, "n", box)
        assert (statuses, outs) == (["126"] * 4, [""] * 4), screen
        assert screen.count("[Y/n]") == 1
        assert screen.count("help: goswitch install 1.22.4") == 4
    assert archives_asked(server) == 0


def test_an_install_that_fails_is_not_asked_for_again_by_those_that_wait(box: Box, server: Loopback) -> None:
    box.pin("1.22.4\n")
    for path in [path for path in server.replies if path.endswith(".tar.gz")]:
        del server.replies[path]
    screen, statuses, _ = calls_at_a_terminal("go", "y", box)
    assert statuses == ["126"] * 4
    assert screen.count("[Y/n]") == 1
    assert screen.count("help: goswitch install 1.22.4") == 3, "one has said what it failed for"


def test_what_came_meanwhile_is_not_asked_for(box: Box, server: Loopback) -> None:
    """The shim had looked just before it came; who asks looks again."""
    box.sdk("go1.22.4")
    child = pexpect.spawn(
        sys.executable, ["-m", "goswitch", "install", "--ask", "it is missing", "--", "1.22.4"], cwd=str(box.project),
        encoding="utf-8", timeout=60, env={**box.env, "PWD": str(box.project)},
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.before, server.asked) == (0, "", [])


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_who_ends_the_call_ends_the_install(sent: signal.Signals, status: int, box: Box, server: Loopback) -> None:
    box.pin("1.22.4\n")
    (path,) = (path for path in server.replies if "go1.22.4." in path)
    (whole,) = server.replies[path]  # type: ignore[misc] # no function in this file
    server.put(path, replace(whole, etag='"1"', cut=50_000, stalls=True))
    downloads = box.home / ".cache/goswitch/downloads"
    process = go(box, "echo", "done", GOSWITCH_AUTO_INSTALL="always")
    wait_until(lambda: any(path.stat().st_size == 50_000 for path in downloads.glob("*.gz")))
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (status, ""), err
    wait_until(lambda: not box.processes())
    assert "Traceback" not in err
    assert list((box.root / ".goswitch/staging").glob("*")) == list(box.root.glob("go*")) == []
    server.put(path, replace(whole, etag='"1"'))
    server.asked.clear()
    process = go(box, "echo", "done", GOSWITCH_AUTO_INSTALL="always")
    assert process.communicate(timeout=60)[0] == "done\n"
    assert [asked.range for asked in server.asked if asked.path == path] == ["bytes=50000-"]
