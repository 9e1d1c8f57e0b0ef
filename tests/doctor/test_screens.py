"""The whole screen as a user reads it: doctor on a clean machine and on an ill one, check in an ill project.

80 and 120 columns, with colour or not.

GOSWITCH_WRITE_SCREENS=1 writes the files in screens/ anew; read them before they are committed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from placed import place

from goswitch.shell.shims import rehash

if TYPE_CHECKING:
    from box import Ran
    from sighted import Looker

SCREENS = Path(__file__).parent / "screens"

WORKSPACE = """<project version="4">
  <component name="GOROOT" url="file://$USER_HOME$/sdk/go1.21.6" />
</project>
"""

WORKFLOW = """jobs:
  test:
    steps:
      - uses: actions/setup-go@v5
        with:
          go-version: 1.22.x
"""


def install(looker: Looker, *names: str) -> None:
    """Install real SDKs: a machine with others would not be clean."""
    for name in names:
        place(looker.box.root, name.removeprefix("go"))
    rehash(looker.layout, "local", names)


@pytest.fixture
def clean(looker: Looker) -> Looker:
    """A machine as `goswitch setup` leaves it, with a pinned project in the home."""
    install(looker, "go1.21.6", "go1.22.4")
    project = looker.box.home / "project"
    project.mkdir()
    (project / ".go-version").write_text("1.22.4\n")
    (project / "go.mod").write_text("module example.com/m\n\ngo 1.21\n")
    looker.env["PATH"] = str(looker.layout.shims)
    return looker


@pytest.fixture
def ill(clean: Looker) -> Looker:
    """The same, with another go first, GOROOT exported, editors of their own mind, and stale shims."""
    home = clean.box.home
    other = place(home / "opt", "1.19.13", "go")
    (home / ".bashrc").write_text('export GOROOT=$HOME/opt/go\nPATH=$GOROOT/bin:$PATH\neval "$(goenv init -)"\n')
    (home / "project/.idea").mkdir()
    (home / "project/.idea/workspace.xml").write_text(WORKSPACE)
    (home / "project/.vscode").mkdir()
    (home / "project/.vscode/settings.json").write_text('{\n  "go.goroot": "~/opt/go", // mine\n}\n')
    (home / "project/Makefile").write_text("GOROOT := $(shell goswitch root)\n")
    (home / "project/Dockerfile").write_text("FROM golang:1.21.6-alpine AS build\n")
    (home / "project/.github/workflows").mkdir(parents=True)
    (home / "project/.github/workflows/ci.yml").write_text(WORKFLOW)
    clean.write(".config/go/env", "GOTOOLCHAIN=go1.23.9\n")
    (clean.layout.shims / "gofmt").unlink()
    clean.env |= {"PATH": f"{other}/bin:{clean.layout.shims}", "GOROOT": str(other), "GOFLAGS": "-mod=mod"}
    return clean


def doctor(looker: Looker, *arguments: str, **env: str) -> Ran:
    """Run doctor in the project."""
    return looker.run("doctor", *arguments, cwd=looker.box.home / "project", **env)


def compare(name: str, text: str, looker: Looker) -> None:
    """Compare a screen with its file; the home's path stands there as HOME."""
    text = text.replace(str(looker.box.home), "HOME").replace("\x1b", "ESC")
    file = SCREENS / f"{name}.txt"
    if os.environ.get("GOSWITCH_WRITE_SCREENS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    assert text == file.read_text()


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
class TestScreens:
    def test_a_clean_machine(self, clean: Looker, columns: int, colour: bool) -> None:
        ran = doctor(clean, COLUMNS=str(columns), **({"FORCE_COLOR": "1"} if colour else {}))
        assert (ran.status, ran.err) == (0, "nothing is wrong here\n")
        compare(f"clean-{columns}{'-colour' if colour else ''}", ran.out, clean)

    def test_an_ill_machine(self, ill: Looker, columns: int, colour: bool) -> None:
        ran = doctor(ill, COLUMNS=str(columns), **({"FORCE_COLOR": "1"} if colour else {}))
        assert ran.status == 1
        compare(f"ill-{columns}{'-colour' if colour else ''}", ran.out + ran.err, ill)

    def test_an_ill_project(self, ill: Looker, columns: int, colour: bool) -> None:
        folder, env = ill.box.home / "project", {"FORCE_COLOR": "1"} if colour else {}
        (folder / "go.mod").write_text("module example.com/m\n\ngo 1.23\ntoolchain go1.21.6\n")
        ran = ill.run("check", cwd=folder, COLUMNS=str(columns), **env)
        assert ran.status == 1
        compare(f"check-{columns}{'-colour' if colour else ''}", ran.out + ran.err, ill)


def test_no_color_beats_all(ill: Looker) -> None:
    assert "\x1b" not in doctor(ill, FORCE_COLOR="1", NO_COLOR="1").out
    assert "\x1b" not in doctor(ill, FORCE_COLOR="1", TERM="dumb").out
    assert "\x1b" in doctor(ill, FORCE_COLOR="1", NO_COLOR="").out
