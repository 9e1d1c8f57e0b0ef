from __future__ import annotations

import pytest

from goswitch.integrate.makefile import read_makefile, value_of

BY_FILE = """GO_VERSION ?= $(shell cat .go-version)
GOROOT := $(HOME)/sdk/go$(GO_VERSION)
export GOROOT

app: main.go
\tGOROOT=/not/this $(GOROOT)/bin/go build -o app .
"""
SHELL = {"cat .go-version": "1.22.4", "goswitch root": "/h/sdk/go1.21.6"}


@pytest.mark.parametrize(
    ("text", "name", "value", "line"),
    [
        (BY_FILE, "GOROOT", "/h/sdk/go1.22.4", 2),
        ("GOROOT = $(shell  goswitch   root)\n", "GOROOT", "/h/sdk/go1.21.6", 1),
        ("\n\nexport GO := /usr/local/go/bin/go # why\n", "GO", "/usr/local/go/bin/go", 3),
        ("GO=${GOROOT}/bin/go\nGOROOT=/a\n", "GO", "/a/bin/go", 1),
        ("GOROOT = /a\nGOROOT ::= /b\nGOROOT ?= /c\n", "GOROOT", "/b", 2),
        ("GOROOT = \\\n  /long\n", "GOROOT", "/long", 1),
        ("GOROOT = $(shell go env GOROOT)\n", "GOROOT", None, 1),
        ("GOROOT = $(GOROOT)/x\n", "GOROOT", None, 1),
        ("GOROOT = $(UNKNOWN)\n", "GOROOT", None, 1),
    ],
)
def test_values(text: str, name: str, value: str | None, line: int) -> None:
    assigned = read_makefile(text)
    assert assigned[name].line == line
    assert value_of(name, assigned, {"HOME": "/h"}, SHELL) == value


def test_a_question_mark_leaves_what_is_inherited() -> None:
    assigned = read_makefile("GOROOT ?= /a\n")
    assert value_of("GOROOT", assigned, {"GOROOT": "/mine"}, {}) == "/mine"
    assert value_of("GOROOT", assigned, {}, {}) == "/a"


def test_recipes_and_additions_are_no_assignments() -> None:
    assert read_makefile("\tGOROOT=/a\nGOROOT += /b\nall: GOROOT\n") == {}
