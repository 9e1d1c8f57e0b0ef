"""`goswitch tools`: what it lists, marks and says; the programs are written by hand, real ones are in tests/real."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from archives import program
from unprivileged import give_to_nobody, readable_folder, run_goswitch

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box


def put(folder: Path, name: str, go: str, *said: str) -> Path:
    """Write a program that says these lines of itself."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(program(go, said="\n".join(said)))
    path.chmod(0o755)
    return path


@pytest.fixture
def tools(box: Box) -> Path:
    """GOPATH/bin with a tool of each kind; the folder is pinned to 1.22.4."""
    folder = box.home / "go/bin"
    put(folder, "gopls", "go1.21.6", "path\tgolang.org/x/tools/gopls", "mod\tgolang.org/x/tools/gopls\tv0.15.3\th1:x=")
    put(folder, "dlv", "go1.22.1", "path\texample.com/dlv/cmd/dlv", "mod\texample.com/dlv\tv1.22.0", "dep\tx\tv1")
    put(folder, "mine", "go1.9.2", "path\texample.com/mine", "mod\texample.com/mine\t(devel)\t")
    put(folder, "next", "devel go1.24-abcdef Mon", "path\texample.com/next", "mod\texample.com/next\tv0.1.0")
    put(folder, "bare", "go1.22.4 X:loopvar", "path\tcommand-line-arguments", "path", "mod")
    put(folder, "nameless", "go1.20", "dep\tx\tv1")
    put(folder, "not-executable", "go1.9", "path\ta", "mod\ta\tv1").chmod(0o644)
    (folder / "script").write_text("#!/bin/sh\n")
    (folder / "script").chmod(0o755)
    (folder / "folder").mkdir()
    box.sdk("go1.22.4", "go1.20")
    box.pin("1.22.4\n")
    return folder


@pytest.mark.usefixtures("tools")
def test_what_is_listed_and_what_is_marked(box: Box) -> None:
    ran = box.run("tools")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "   bare            go1.22.4  command-line-arguments",
        "   dlv    v1.22.0  go1.22.1  example.com/dlv/cmd/dlv",
        "!  gopls  v0.15.3  go1.21.6  golang.org/x/tools/gopls",
        "!  mine   (devel)  go1.9.2   example.com/mine",
        "   next   v0.1.0   go1.24    example.com/next",
    ]
    assert ran.err.splitlines() == [
        "warning: gopls is built by go1.21.6, older than go1.22.4 here",
        "help: go install golang.org/x/tools/gopls@v0.15.3",
        "warning: mine is built by go1.9.2, older than go1.22.4 here",
        "help: go install, in a checkout of example.com/mine",
    ]


@pytest.mark.usefixtures("tools")
def test_json(box: Box) -> None:
    ran = box.run("tools", "--json", GOSWITCH_VERSION="1.20")
    said = json.loads(ran.out)
    assert (said["bound"], ran.err) == ({"name": "go1.20", "version": "1.20"}, "")
    assert [(tool["name"], tool["older"]) for tool in said["tools"]] == [
        ("bare", False), ("dlv", False), ("gopls", False), ("mine", True), ("next", False),
    ]  # fmt: skip
    assert said["tools"][2] == {
        "name": "gopls",
        "path": f"{box.home}/go/bin/gopls",
        "package": "golang.org/x/tools/gopls",
        "module": "golang.org/x/tools/gopls",
        "version": "v0.15.3",
        "go": "1.21.6",
        "older": False,
        "rebuild": "go install golang.org/x/tools/gopls@v0.15.3",
    }


def test_what_cannot_be_told_is_said(box: Box, tools: Path) -> None:
    (tools / "dangling").symlink_to("gone")
    ran = box.run("tools", GOSWITCH_VERSION="1.23.1")
    assert (ran.status, ran.out.count("!")) == (0, 0)
    first, second, third = ran.err.splitlines()
    assert first == "warning: go1.23.1 is not installed (set by GOSWITCH_VERSION): so none is marked as too old"
    assert second == "help: goswitch install 1.23.1"
    assert third == f"warning: can't look at {tools}/dangling: No such file or directory"


@pytest.mark.parametrize("pin", ["mygo", "system"])
def test_a_bound_go_of_another_kind_says_its_version_itself(pin: str, box: Box, tools: Path) -> None:
    program_file = put(box.base / "built/bin", "go", "go1.25.1", "path\tcmd/go")
    (box.root / "mygo").symlink_to(box.base / "built")
    assert tools.exists()
    ran = box.run("tools", GOSWITCH_VERSION=pin, PATH=f"{program_file.parent}:/usr/bin:/bin")
    assert ran.out.count("!") == 5
    assert f"older than {pin} here (go1.25.1)" in ran.err.splitlines()[0]


def test_no_folder_no_tools_and_a_relative_one(box: Box) -> None:
    box.sdk("go1.22.4")
    box.pin("1.22.4\n")
    ran = box.run("tools")
    assert (ran.status, ran.out, ran.err) == (0, "", "no program that Go built is in ~/go/bin\n")
    ran = box.run("tools", GOBIN="bin")
    assert (ran.status, ran.err.splitlines()[0]) == (
        9,
        "goswitch: GOBIN is not an absolute path: bin (GOBIN in the environment)",
    )


def test_a_folder_that_may_not_be_read(box: Box) -> None:
    with readable_folder() as home:
        give_to_nobody(home)
        folder = home / "go/bin"
        put(folder, "gopls", "go1.21.6", "path\ta").chmod(0o111)
        ran = run_goswitch("tools", cwd=home, env={"HOME": str(home)})
        assert (ran.status, f"can't read {folder}/gopls" in ran.err) == (0, True)
        folder.chmod(0o300)
        ran = run_goswitch("tools", cwd=home, env={"HOME": str(home)})
        assert (ran.status, f"can't list {folder}" in ran.err) == (7, True)
