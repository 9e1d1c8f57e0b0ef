"""`goswitch shell` as it is installed, typed into real interactive shells: bound, nested, refused and let go."""

from __future__ import annotations

import shlex
import sys
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY
from shell.session import START, Session, each_shell

from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files

if TYPE_CHECKING:
    from shell.made import Made


@pytest.fixture
def env(made: Made) -> dict[str, str]:
    """The environment in which both commands are on PATH, as pip lays them out."""
    programs = made.base / "programs"
    programs.mkdir()
    (programs / "goswitch").write_bytes(render(shell_files(), "goswitch.sh", {}))
    (programs / "goswitch-py").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m goswitch "$@"\n')
    for program in programs.iterdir():
        program.chmod(0o755)
    made.shims()
    return {"PATH": f"{programs}:/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY)}


def status_of(session: Session, command: str) -> str:
    return session.value(f"{command} 2>/dev/null; echo {'$status' if session.shell == 'fish' else '$?'}").strip()


@each_shell
def test_the_shell_is_bound_beats_pins_and_is_let_go(shell: str, made: Made, env: dict[str, str]) -> None:
    with Session(shell, made, env) as session:
        session.do("goswitch shell 1.21.6")
        session.cd("project")
        assert session.bound() == "go1.21.6"
        # What is started from here is bound, too.
        ran = made.ran("go1.21.6", "x")
        assert session.value("go x") == ran
        assert session.value("sh -c 'exec go x'") == ran
        # A request is kept as one: a series binds its newest.
        session.do("goswitch shell 1.22")
        assert (session.env()["GOSWITCH_VERSION"], session.bound()) == ("1.22", "go1.22.10")
        session.do("goswitch shell --unset")
        assert "GOSWITCH_VERSION" not in session.env()
        assert session.bound() == "go1.22.4"


@each_shell
def test_a_shell_in_a_shell(shell: str, made: Made, env: dict[str, str]) -> None:
    with Session(shell, made, env) as session:
        session.do("goswitch shell 1.21.6")
        # Its exec would end the session; a child inherits what is exported, and reads the hook anew.
        session.do(f"{shell} {shlex.join(START[shell])}")
        session.do(session.source)
        assert session.bound() == "go1.21.6"
        session.do("goswitch shell 1.22.4")
        assert session.bound() == "go1.22.4"
        session.do("goswitch shell --unset")
        assert "GOSWITCH_VERSION" not in session.env()
        session.do("exit")
        assert session.env()["GOSWITCH_VERSION"] == "1.21.6"
        assert session.bound() == "go1.21.6"


@each_shell
def test_what_cannot_be_bound_changes_nothing(shell: str, made: Made, env: dict[str, str]) -> None:
    with Session(shell, made, env) as session:
        session.do("goswitch shell 1.21.6")
        before = session.env()
        for words, status, said in [
            ("1.20.9", "126", "go1.20.9 is not installed (asked for as 1.20.9)"),
            ("1.19", "126", "no go1.19 release is installed"),
            ("nightly", "126", "no SDK is linked as nightly"),
            ("../x", "2", "../x"),
            ("'x; touch y'", "2", "touch y"),
            ("", "2", "name one request, or --unset"),
            ("1.21.6 1.22.4", "2", "unexpected extra argument"),
            ("--unset 1.22.4", "2", "name one request, or --unset"),
        ]:
            assert status_of(session, f"goswitch shell {words}") == status, words
            assert said in session.do(f"goswitch shell {words}")
            after = session.env()
            assert {name: after[name] for name in ("PATH", "GOSWITCH_VERSION")} == {
                name: before[name] for name in ("PATH", "GOSWITCH_VERSION")
            }
    assert not list(made.base.rglob("y"))
