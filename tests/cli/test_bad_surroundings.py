"""Homes and SDK roots as they also come: missing, a file, read-only, oddly named; and users without rights."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY, Box, make_sdk
from unprivileged import give_to_nobody, readable_folder, run_goswitch

if TYPE_CHECKING:
    from pathlib import Path

ODD = [
    "with blank",
    "it's",
    'quo"te',
    "$(touch pwned)",
    "`touch pwned`",
    "Grüße-日本",
    "-dash",
    "new\nline",
    "a:b",
    "*?[x]",
]


@pytest.mark.parametrize("name", ODD)
def test_an_sdk_root_with_any_name(box: Box, name: str) -> None:
    root = box.base / name
    make_sdk(root / "go1.22.4")
    box.env["GOSWITCH_SDK_ROOT"] = str(root)
    box.pin("1.22.4\n")
    assert box.run("root").out == f"{root}/go1.22.4\n"
    assert box.run("default", "1.22").status == 0
    assert box.run("rehash").status == 0
    shims = box.home / ".local/share/goswitch/shims"
    said = subprocess.run(
        ["sh", "-c", "go; go1.22.4; gofmt"],
        cwd=box.project,
        env={**box.env, "PATH": f"{shims}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stderr == ""
    assert said.stdout.count(f"GOROOT={root}/go1.22.4 GOTOOLCHAIN=local\n") == 3
    assert (
        f"{root}/go1.22.4\n" in box.run("exec", "1.22", "--", "sh", "-c", "echo $GOROOT", IFS="x").out or "\n" in name
    )
    assert not list(box.base.rglob("pwned"))
    assert box.run("uninstall", "1.22.4").status == 0


@pytest.mark.parametrize("name", [name for name in ODD if ":" not in name])
def test_a_home_with_any_name(tmp_path: Path, name: str) -> None:
    base = tmp_path / name
    base.mkdir()
    box = Box(base)
    box.sdk("go1.22.4")
    box.pin("1.22.4\n")
    (box.home / ".bashrc").write_text("# mine\n")
    assert box.run("setup", "--shell", "bash", "--yes").status == 0
    said = subprocess.run(
        ["bash", "--norc", "-c", '. "$HOME/.bashrc"; _gs_hook; go "a b"'],
        cwd=box.project,
        env=box.env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stderr == ""
    assert said.stdout.splitlines()[-1] == "argument a b"
    assert not list(tmp_path.rglob("pwned"))
    box.run("setup", "--undo", "--yes")
    assert (box.home / ".bashrc").read_text() == "# mine\n"


def test_a_missing_sdk_root_is_an_empty_one(box: Box) -> None:
    assert box.run("list").status == 0
    assert box.run("uninstall", "1.22.4").status == 126
    assert box.run("current").status == 127
    assert not box.root.exists() or not [path for path in box.root.iterdir() if path.name != ".goswitch"]


def test_a_file_in_the_place_of_the_sdk_root(box: Box) -> None:
    box.root.parent.mkdir(exist_ok=True)
    box.root.write_text("mine")
    box.pin("1.22.4\n")
    assert box.run("current").status == 126
    for verb in (["default", "1.22.4"], ["uninstall", "1.22.4"], ["install", "1.22.4"]):
        ran = box.run(*verb, GOSWITCH_OFFLINE="")
        assert ran.status == 7, (verb, ran.err)
        assert ran.err.startswith("goswitch: ")
        assert "Traceback" not in ran.err
    assert box.root.read_text() == "mine"


def test_a_read_only_sdk_root(tmp_path: Path) -> None:
    with readable_folder() as base:
        root, home = base / "sdk", base / "home"
        make_sdk(root / "go1.22.4")
        home.mkdir()
        give_to_nobody(home)
        env = {"HOME": str(home), "GOSWITCH_SDK_ROOT": str(root), "GOSWITCH_VERSION": "1.22.4"}
        assert run_goswitch("root", cwd=base, env=env).out == f"{root}/go1.22.4\n"
        assert run_goswitch("rehash", cwd=base, env=env).status == 0
        for verb in (
            ["uninstall", "1.22.4"],
            ["default", "1.22.4"],
            ["link", "mine", str(root / "go1.22.4")],
            ["install", "1.21.6"],
        ):
            ran = run_goswitch(*verb, cwd=base, env=env)
            assert ran.status == 7, (verb, ran.err)
            assert "Permission denied" in ran.err
            assert "Traceback" not in ran.err
        assert (root / "go1.22.4/.unpacked-success").exists()
        assert not (root / ".goswitch").exists()
    assert tmp_path.exists()


def test_an_unreadable_pin_is_an_error_and_never_a_fall_through(tmp_path: Path) -> None:
    with readable_folder() as base:
        make_sdk(base / "sdk/go1.22.4")
        (base / ".go-version").write_text("1.22.4\n")
        project = base / "project"
        project.mkdir()
        pin = project / ".go-version"
        pin.write_text("1.21.6\n")
        pin.chmod(0o000)
        env = {"HOME": str(base), "GOSWITCH_SDK_ROOT": str(base / "sdk")}
        ran = run_goswitch("current", cwd=project, env=env)
        assert (ran.status, ran.out) == (126, "")
        assert ran.err == f"goswitch: {pin}: cannot be read\nhelp: write one version in it: goswitch pin 1.22.4\n"
    assert tmp_path.exists()


def test_a_pin_that_takes_long_to_read_is_refused_all_the_same(box: Box) -> None:
    box.pin("1" * 10_000_000)
    ran = box.run("current")
    assert ran.status == 126
    assert len(ran.err) < 500
    box.pin("# comment\n" * 1_000_000 + "1.22.4\n")
    box.sdk("go1.22.4")
    assert box.run("root").status == 0


def test_ctrl_c_while_the_command_is_loading(box: Box) -> None:
    # A click that stands in for a slow disk: the key is pressed while it is being read.
    (box.base / "click.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nwhile True: pass\n")
    said = box.run("list", PYTHONPATH=f"{box.base}:{REPOSITORY}")
    assert (said.status, said.out, said.err) == (130, "", "goswitch: interrupted\n")
