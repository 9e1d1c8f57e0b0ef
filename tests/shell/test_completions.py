"""Completion in real interactive shells: lines typed with TAB on a pseudo-terminal, and what `goswitch` was then given.

The front and the Python half are the real ones; a `goswitch` before them on PATH hands them what completion asks, and
keeps what a finished line says.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pexpect
import pytest
from box import REPOSITORY, Box
from shells import require

from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHELLS = ("bash", "zsh", "fish")
START = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "--interactive"],
}
WATCH = """#!/bin/sh
if [ -n "${_GOSWITCH_COMPLETE-}" ]; then exec "${0%/*}/../real/goswitch" "$@"; fi
for word do printf '%s\\n' "$word"; done >"${0%/*}/said.new"
exec mv "${0%/*}/said.new" "${0%/*}/said"
"""
PATIENCE_SECONDS = 60

LINES = {
    "goswitch unins\t1.21\t": ["uninstall", "1.21.6"],
    "goswitch uninstall go1.21\t": ["uninstall", "go1.21.6"],
    "goswitch exec 1.21\t-- x": ["exec", "1.21.6", "--", "x"],
    "goswitch pin my\t": ["pin", "mygo"],
    "goswitch loc\tsys\t": ["local", "system"],
    "goswitch install 1.25.\t": ["install", "1.25.3"],
    "goswitch current --ex\t": ["current", "--explain"],
    "goswitch config set auto\tal\t": ["config", "set", "auto_install", "always"],
    "goswitch which gof\t": ["which", "gofmt"],
    "goswitch init fi\t": ["init", "fish"],
    "goswitch nonsense x\t": ["nonsense", "x"],
    "goswitch prune proj\t": ["prune", "project with blanks"],
}


@pytest.fixture
def place(box: Box) -> Box:
    """A home with SDKs, a kept list, a foreign folder, and both commands on PATH."""
    box.sdk("go1.21.6", "go1.22.4")
    (box.root / "mygo").symlink_to(box.root / "go1.22.4")
    lists = box.home / ".cache/goswitch/lists"
    lists.mkdir(parents=True)
    kept = {"schema_version": 1, "versions": ["1.26rc1", "1.25.3", "1.24.1", "1.24.0"]}
    (lists / "official-linux-amd64.json").write_text(json.dumps(kept))
    (box.project / "project with blanks").mkdir()
    real, watch = box.base / "real", box.base / "watch"
    for folder in (real, watch):
        folder.mkdir()
    (real / "goswitch").write_bytes(render(shell_files(), "goswitch.sh", {}))
    (real / "goswitch-py").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m goswitch "$@"\n')
    (watch / "goswitch").write_text(WATCH)
    for program in (*real.iterdir(), *watch.iterdir()):
        program.chmod(0o755)
    nowhere = "http://127.0.0.1:1/"
    box.env |= {
        "PATH": f"{watch}:/usr/bin:/bin",
        "PYTHONPATH": str(REPOSITORY),
        "GOPROXY": nowhere,
        "GOSWITCH_OFFICIAL_URL": nowhere,
        "TERM": "vt100",
    }
    return box


def completion(box: Box, shell: str) -> Path:
    """Return the file that `setup` would let a shell read."""
    ran = box.run("completion", shell)
    assert (ran.status, ran.err) == (0, "")
    names = {"bash": "goswitch.bash", "zsh": "_goswitch", "fish": "goswitch.fish"}
    file = box.home / ".local/share/goswitch/completions" / names[shell]
    assert file.read_text() == ran.out
    return file


class Typist:
    """An interactive shell at which somebody types."""

    def __init__(self, shell: str, box: Box, *first: str) -> None:
        self.said = box.base / "watch/said"
        self.child = pexpect.spawn(
            require(shell), START[shell], cwd=str(box.project), env=box.env, encoding="utf-8",
            timeout=PATIENCE_SECONDS, dimensions=(50, 200),
        )  # fmt: skip
        self.child.delaybeforesend = None
        for line in first:
            self.child.sendline(line)

    def types(self, keys: str) -> list[str]:
        """Type a line; return what `goswitch` was given."""
        self.said.unlink(missing_ok=True)
        self.child.send(f"{keys}\r")
        until = time.monotonic() + PATIENCE_SECONDS
        while not self.said.exists():
            assert time.monotonic() < until, f"{keys!r} did nothing"
            self.child.expect([pexpect.TIMEOUT, r".+"], timeout=0.02)
        # zsh takes the slash away that it put behind a folder's name.
        return [word.rstrip("/") for word in self.said.read_text().splitlines()]


@pytest.fixture
def typists() -> Iterator[list[Typist]]:
    """The shells of a test, ended with it."""
    started: list[Typist] = []
    yield started
    for typist in started:
        typist.child.close(force=True)


def first_lines(shell: str, file: Path, *, late: bool = False) -> list[str]:
    source = f"source {shlex.quote(str(file))}"
    compinit = "autoload -Uz compinit && compinit -u -D"
    if shell != "zsh":
        return [source]
    return [source, compinit] if late else [compinit, source]


@pytest.mark.parametrize("shell", SHELLS)
def test_lines_are_completed_at_tab(shell: str, place: Box, typists: list[Typist]) -> None:
    typists.append(Typist(shell, place, *first_lines(shell, completion(place, shell))))
    for keys, words in LINES.items():
        assert typists[0].types(keys) == words, keys


def test_zsh_finds_it_where_compinit_comes_later(place: Box, typists: list[Typist]) -> None:
    typists.append(Typist("zsh", place, *first_lines("zsh", completion(place, "zsh"), late=True)))
    assert typists[0].types("goswitch unins\t1.21\t") == ["uninstall", "1.21.6"]


@pytest.mark.parametrize("shell", SHELLS)
def test_reading_it_starts_nothing(shell: str, place: Box) -> None:
    file = completion(place, shell)
    done = subprocess.run(
        [require(shell), *START[shell][:-1], "-c", f"source {shlex.quote(str(file))}"],
        env={**place.env, "PATH": "/nowhere"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def answers(box: Box, line: str, **env: str) -> list[str]:
    """Return what bash is answered for a line."""
    words = line.split()
    given = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - (not line.endswith(" "))), **env}
    ran = box.run(cwd=None, _GOSWITCH_COMPLETE="bash_complete", **given)
    assert ran.err == ""
    return [answer.removeprefix("plain,") for answer in ran.out.splitlines() if answer]


def test_what_is_offered(place: Box) -> None:
    (place.root / "go1.20").mkdir()
    assert answers(place, "goswitch uninstall ") == ["1.22.4", "1.21.6", "1.20", "mygo"]
    assert answers(place, "goswitch uninstall 1.22.4 1.2") == ["1.21.6", "1.20"]
    assert answers(place, "goswitch pin 1.2") == ["1.22.4", "1.21.6"]
    assert answers(place, "goswitch pin go") == []
    assert answers(place, "goswitch pin go1") == ["go1.22.4", "go1.21.6"]
    assert answers(place, "goswitch install ") == ["stable", "oldstable", "latest", "1.25", "1.24"]
    assert answers(place, "goswitch install 1.24") == ["1.24.1", "1.24.0"]
    assert answers(place, "goswitch install 1.26") == ["1.26rc1"]
    assert answers(place, "goswitch install 1.24.0 1.24.") == ["1.24.1"]
    assert answers(place, "goswitch config set offline ") == ["true", "false"]
    assert "install" in answers(place, "goswitch ")
    assert "ls" not in answers(place, "goswitch ")
    assert answers(place, "goswitch ls-") == ["ls-remote"]
    assert answers(place, "goswitch --v") == ["--version"]


def test_whatever_is_wrong_nothing_is_said(place: Box) -> None:
    assert answers(place, "goswitch nonsense ") == []
    assert answers(place, "goswitch uninstall ", HOME="") == []
    assert answers(place, "goswitch uninstall ", GOSWITCH_SDK_ROOT="relative") == []
    (place.home / ".cache/goswitch/lists/official-linux-amd64.json").write_text("{")
    assert answers(place, "goswitch install 1.2") == []
    assert answers(place, "goswitch 'uninstall") == ["uninstall"]
