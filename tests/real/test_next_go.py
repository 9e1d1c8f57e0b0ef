"""What we say that cmd/go does next, against what it does: every setting with every go.mod, under real SDKs."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import pytest
from sdks import host

from goswitch.resolve.next_go import DOWNLOAD, next_go, version_there
from goswitch.system.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine

SETTINGS = (
    "",
    "local",
    "auto",
    "path",
    "go1.21.6",
    "go1.22.4+path",
    "go1.21.6+auto",
    "local+path",
    "go1.19.13",
    "go1.20.99",
)
REFUSED = ("1.22.4", "default", "local+x", "x+auto")
"""With these it doesn't matter what go.mod says."""

FILES = {
    "none": None,
    "old": "module m\n\ngo 1.19\n",
    "series": "module m\n\ngo 1.22\n",
    "exact": "module m\n\ngo 1.22.4\n",
    "toolchain": "module m\n\ngo 1.21\n\ntoolchain go1.22.4\n",
    "toolchain below": "module m\n\ngo 1.22.4\n\ntoolchain go1.21.6\n",
    "toolchain far below": "module m\n\ngo 1.22.4\nrequire example.com/x v1.0.0\ntoolchain go1.30.1\n",
    "default": "module m\n\ngo 1.22.4\n\ntoolchain default\n",
    "no toolchain": "module m\n\ngo 1.21\n\ntoolchain fun\n",
    "future": "module m\n\ngo 1.30\n",
}


@pytest.mark.parametrize(
    ("local", "settings", "in_file"),
    [
        ("1.19.13", SETTINGS[:3], False),
        ("1.21.6", SETTINGS, False),
        ("1.22.4", SETTINGS, False),
        ("1.22.4", SETTINGS[:6], True),
    ],
    ids=["1.19.13", "1.21.6", "1.22.4", "1.22.4 by go env -w"],
)
def test_every_setting_with_every_go_mod(
    machine: Machine, tmp_path: Path, local: str, settings: tuple[str, ...], in_file: bool
) -> None:
    goroot = machine.root / f"go{local}"
    config = tmp_path / "go-env"
    base = {name: text for name, text in machine.env.items() if name not in {"GOTOOLCHAIN", "GOFLAGS"}}
    base |= {"GOROOT": str(goroot), "GOENV": str(config)}
    wrong = []
    switched = 0
    pairs = itertools.chain(itertools.product(settings, FILES), ((setting, "series") for setting in REFUSED))
    for setting, name in pairs:
        text = FILES[name]
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        if text is not None:
            (folder / "go.mod").write_text(text)
        env = dict(base)
        config.write_text(f"# mine\nGOTOOLCHAIN={setting}\n" if in_file else "")
        if not in_file and setting:
            env["GOTOOLCHAIN"] = setting
        world = World(env, folder, machine.home, host(), time.time)
        then = next_go(local, goroot, folder, env, world)
        said, answer = version_there(goroot / "bin/go", folder, env)
        if then.where == DOWNLOAD:
            holds = said == "" and f"download {then.selection.toolchain}" in answer.err
        elif then.selection.refusal or (then.refusal and not then.place and then.selection.searches_path):
            holds = said == "" and then.refusal in answer.err
        else:
            holds = said == then.selection.toolchain
        switched += said not in {"", f"go{local}"}
        if not holds:
            wrong.append((setting, name, then.selection, then.where, then.refusal, said, answer.err))
    assert wrong == [], "\n".join(map(str, wrong))
    assert switched > 10 or local != "1.21.6"


@pytest.mark.parametrize(("go_line", "setting"), [("1.22", "local"), ("1.22.4", "local"), ("1.30", "local")])
def test_the_words_of_a_refusal(machine: Machine, project: Path, go_line: str, setting: str) -> None:
    (project / "go.mod").write_text(f"module example.com/m\n\ngo {go_line}\n")
    below = project / "a/b"
    below.mkdir(parents=True)
    (below / "b.go").write_text("package b\n")
    goroot = machine.root / "go1.21.6"
    for folder in (project, below):
        env = machine.env | {"GOROOT": str(goroot), "GOTOOLCHAIN": setting}
        world = World(env, folder, machine.home, host(), time.time)
        then = next_go("1.21.6", goroot, folder, env, world)
        said = machine.run(str(goroot / "bin/go"), "build", "./...", cwd=folder, status=1, GOTOOLCHAIN=setting)
        assert then.refusal == said.strip()
        assert then.version == ""
