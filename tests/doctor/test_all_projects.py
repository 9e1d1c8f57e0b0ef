"""`doctor --all-projects`: each project of a tree, in a table and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker

GO = '#!/bin/sh\necho "go version {name} linux/amd64"\n'


@pytest.fixture
def tree(looker: Looker) -> Path:
    looker.box.sdk("go1.21.6", "go1.22.4")
    for name in ("go1.21.6", "go1.22.4"):
        (looker.box.root / name / "bin/go").write_text(GO.format(name=name))
    looker.make_shims()
    looker.env["PATH"] = str(looker.layout.shims)
    top = looker.box.home / "src"
    for name, pin in (("a", "1.22.4"), ("b/deep", "1.21.6"), ("c", "1.20.1")):
        (top / name).mkdir(parents=True)
        (top / name / ".go-version").write_text(f"{pin}\n")
    (top / "b/deep/Dockerfile").write_text("FROM golang:1.22.4\n")
    (top / "d").mkdir()
    (top / "d/go.mod").write_text("module d\n\ngo 1.22\n")
    (top / "nothing").mkdir()
    return top


def test_a_line_a_project_then_what_is_found(looker: Looker, tree: Path) -> None:
    ran = looker.run("doctor", "--all-projects", str(tree))
    assert ran.status == 1
    assert ran.out.split("\n\n")[0].splitlines() == [
        "project  bound     compiles  who disagrees  findings",
        "a        go1.22.4  go1.22.4  -              -",
        "b/deep   go1.21.6  go1.21.6  Dockerfile     1 warning",
        "c        nothing   ?         -              1 error",
        "d        go1.22.4  go1.22.4  -              -",
    ]
    assert "~/src/b/deep:\nwarning: Dockerfile has golang:1.22.4, but go1.21.6 is bound here" in ran.out
    assert "~/src/c:\nerror: go1.20.1 is not installed (set by ~/src/c/.go-version:1)" in ran.out
    assert ran.err == "4 projects, 2 with findings\n"


def test_json(looker: Looker, tree: Path) -> None:
    ran = looker.run("doctor", "--all-projects", str(tree / "b"), "--json")
    (project,) = json.loads(ran.out)["projects"]
    assert (project["folder"], project["compiles_with"]) == (f"{tree}/b/deep", "1.21.6")
    assert project["disagreeing"] == ["Dockerfile"]
    assert [finding["id"] for finding in project["findings"]] == ["elsewhere-other-go"]


def test_clean_empty_and_wrong(looker: Looker, tree: Path) -> None:
    assert looker.run("doctor", "--all-projects", "a", cwd=tree).status == 0
    ran = looker.run("doctor", "--all-projects", str(tree / "nothing"))
    assert (ran.status, ran.out, ran.err) == (0, "", "no project is in ~/src/nothing\n")
    assert looker.run("doctor", "--all-projects", "zzz").status == 2
    assert looker.run("doctor", "path", "--all-projects", str(tree)).status == 2
