"""The table of bindings: each who, what it starts, and what decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from box import make_sdk
from shells import require

from goswitch.doctor.probes.table import CMD_GO, GOLAND, MAKE, SH, SHELL, VSCODE, bindings

if TYPE_CHECKING:
    from sighted import Looker

    from goswitch.doctor.bindings import Row


@pytest.fixture
def bound(looker: Looker) -> Looker:
    looker.box.sdk("go1.21.6", "go1.22.4")
    looker.box.pin("1.22.4\n")
    looker.make_shims()
    return looker


def row(looker: Looker, who: str) -> Row:
    (found,) = [row for row in looker.facts().ask(bindings) if row.who == who]
    return found


def put(looker: Looker, name: str, text: str) -> Path:
    path = looker.box.project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_the_shell_has_the_shim_and_what_it_is_bound_to(bound: Looker) -> None:
    for who in (SHELL, SH):
        found = row(bound, who)
        assert (found.program, found.goroot) == (bound.layout.shims / "go", bound.box.root / "go1.22.4")
        assert (found.version, found.why, str(found.place)) == ("go1.22.4", "pin", f"{bound.box.project}/.go-version:1")


def test_another_go_that_wins_is_marked_with_the_goroot_that_it_obeys(bound: Looker) -> None:
    other = make_sdk(bound.box.home / "opt/go1.20.1")
    (other / "bin/go").write_bytes(Path(require("true")).read_bytes())
    bound.env |= {"PATH": f"{other}/bin:{bound.env['PATH']}", "GOROOT": "/elsewhere"}
    found = row(bound, SHELL)
    assert (found.program, found.goroot, found.version) == (other / "bin/go", Path("/elsewhere"), "go1.20.1")
    assert not found.agrees


@pytest.mark.parametrize(
    ("text", "version", "agrees"),
    [
        ("GOROOT := $(HOME)/sdk/go1.21.6\n", "go1.21.6", False),
        ("GO_VERSION ?= $(shell cat .go-version)\nGOROOT = $(HOME)/sdk/go$(GO_VERSION)\n", "go1.22.4", True),
        ("GOROOT := $(shell goswitch root)\n", "go1.22.4", True),
        ("GO = $(HOME)/sdk/go1.21.6/bin/go\n", "go1.21.6", False),
        ("GO ?= go\nall:\n\t$(GO) build\n", "go1.22.4", True),
        ("all:\n\tgo build\n", "go1.22.4", True),
        ("GOROOT := $(shell asdf where golang)\n", "", True),
        ("GOROOT := $(HOME)/sdk/go1.19\n", "", False),
    ],
)
def test_make(bound: Looker, text: str, version: str, agrees: bool) -> None:
    put(bound, "Makefile", text)
    found = row(bound, MAKE)
    assert (found.version, found.agrees) == (version, agrees)


def test_without_a_makefile_there_is_no_row(bound: Looker) -> None:
    assert MAKE not in [row.who for row in bound.facts().ask(bindings)]


def test_cmd_go_by_its_own_rule(bound: Looker) -> None:
    put(bound, "go.mod", "module m\n\ngo 1.21\n\ntoolchain go1.22.4\n")
    bound.box.pin("1.21.6\n")
    assert (row(bound, CMD_GO).version, row(bound, CMD_GO).why) == ("go1.21.6", "stays: GOTOOLCHAIN=local")
    bound.env["GOTOOLCHAIN"] = "auto"
    found = row(bound, CMD_GO)
    assert (found.version, found.program) == ("go1.22.4", bound.layout.shims / "go1.22.4")
    assert str(found.place) == f"{bound.box.project}/go.mod:5"
    assert not found.agrees
    bound.env["GOTOOLCHAIN"] = "local"
    put(bound, "go.mod", "module m\n\ngo 1.22\n")
    assert row(bound, CMD_GO).why == "go: go.mod requires go >= 1.22 (running go 1.21.6; GOTOOLCHAIN=local)"


def test_editors(bound: Looker) -> None:
    workspace = put(bound, ".idea/workspace.xml", '<project><component name="GOROOT" url="&lt;invalid&gt;"/></project>')
    settings = put(bound, ".vscode/settings.json", '{"go.goroot": }')
    assert (row(bound, GOLAND).why, row(bound, GOLAND).agrees) == ("GOROOT: <invalid>", False)
    assert row(bound, VSCODE).why.startswith("can't be read: ")
    workspace.write_text("<project>")
    assert row(bound, GOLAND).why.startswith("can't be read: ")
    workspace.write_text('<project><component name="GOROOT" url="file://$USER_HOME$/sdk/go1.21.6"/></project>')
    settings.write_text('{"go.alternateTools": {"go": "~/sdk/go1.22.4/bin/go"}}')
    assert (row(bound, GOLAND).version, row(bound, GOLAND).agrees) == ("go1.21.6", False)
    assert (row(bound, VSCODE).version, row(bound, VSCODE).agrees) == ("go1.22.4", True)


def test_nothing_bound(looker: Looker) -> None:
    looker.box.pin("1.20.1\n")
    looker.env["PATH"] = "/nonexistent"
    assert row(looker, SHELL).why.startswith("go1.20.1 is not installed")
    assert [found.who for found in looker.facts().ask(bindings)] == [SHELL, SH]
