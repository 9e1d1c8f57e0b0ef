"""pin, default, link, uninstall: what they change and what they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY, make_sdk

if TYPE_CHECKING:
    from box import Box


def test_pin_writes_without_go_and_keeps_comments(box: Box) -> None:
    box.sdk("go1.22.4", "go1.21.6")
    assert box.run("pin", "go1.22.4").status == 0
    assert (box.project / ".go-version").read_text() == "1.22.4\n"
    box.pin("# the CRD generator needs this\r\n1.22.4 # not newer\r\n")
    box.run("local", "1.21.6")
    assert (box.project / ".go-version").read_bytes() == b"# the CRD generator needs this\r\n1.21.6 # not newer\r\n"
    assert box.run("pin").out == f"1.21.6 (set by {box.project}/.go-version:2)\n"


def test_pin_replaces_a_malformed_file_and_refuses_other_things(box: Box) -> None:
    box.sdk("go1.22.4")
    (box.project / ".go-version").write_bytes(b"1.22\x00.4\n")
    assert box.run("pin", "1.22.4").status == 0
    assert (box.project / ".go-version").read_text() == "1.22.4\n"
    (box.project / ".go-version").unlink()
    (box.project / ".go-version").mkdir()
    ran = box.run("pin", "1.22.4")
    assert ran.status == 7
    assert "not a regular file" in ran.err


def test_pin_writes_through_a_link(box: Box) -> None:
    box.sdk("go1.22.4")
    shared = box.base / "shared-version"
    shared.write_text("1.21.6\n")
    (box.project / ".go-version").symlink_to(shared)
    assert box.run("pin", "1.22.4").status == 0
    assert (box.project / ".go-version").is_symlink()
    assert shared.read_text() == "1.22.4\n"


def test_pin_warns(box: Box) -> None:
    (box.project / "go.mod").write_text("module m\n\ngo 1.22\n")
    ran = box.run("pin", "1.21.6")
    assert ran.status == 0
    assert "warning: go1.21.6 is not installed\nhelp: goswitch install 1.21.6\n" in ran.err
    assert f"warning: 1.21.6 is below go 1.22 from {box.project}/go.mod:3" in ran.err
    assert "beats the file" in box.run("pin", "1.21.6", GOSWITCH_VERSION="1.22").err


@pytest.mark.parametrize("bad", [">=1.21", "../x", "1.22.4; rm -rf ~", "1.22.4.5", ""])
def test_pin_refuses_what_no_pin_can_say(box: Box, bad: str) -> None:
    ran = box.run("pin", bad)
    assert ran.status == 2
    assert "help:" in ran.err
    assert not (box.project / ".go-version").exists()


def test_default(box: Box) -> None:
    box.sdk("go1.22.4")
    assert box.run("default").status == 1
    assert box.run("global", "1.22.4").status == 0
    assert (box.root / ".goswitch/default").read_text() == "1.22.4\n"
    assert box.run("current").out == f"go1.22.4 (default, set by {box.root}/.goswitch/default:1)\n"
    assert "not installed" in box.run("default", "1.21.6").err
    assert box.run("default", "--unset").status == 0
    assert box.run("current").status == 127


def test_link_checks_the_tree_and_the_name(box: Box) -> None:
    built = make_sdk(box.base / "build of mine", marker=False)
    ran = box.run("link", "go-nightly", str(built))
    assert (ran.status, ran.err) == (0, f"go-nightly is linked to {built}\n")
    assert (box.root / "go-nightly").readlink() == built
    box.pin("go-nightly\n")
    assert box.run("root").out == f"{box.root}/go-nightly\n"
    assert "already linked" in box.run("link", "go-nightly", "../build of mine").err
    other = make_sdk(box.base / "other", marker=False)
    assert box.run("link", "go-nightly", str(other)).status == 7
    assert box.run("link", "--force", "go-nightly", str(other)).status == 0
    (other / "bin/go").write_text("")
    ran = box.run("link", "broken", str(other))
    assert ran.status == 126
    assert "bin/go is not an executable file" in ran.err
    for name in ("1.22.4", "go1.22.4", "stable", "system", "-x", "../x", "gotip", "1.22"):
        assert box.run("link", "--", name, str(built)).status == 2, name
    assert box.run("uninstall", "go-nightly").status == 0
    assert other.is_dir()
    assert not (box.root / "go-nightly").is_symlink()


def test_link_of_a_tree_that_lies_in_the_sdk_root(box: Box) -> None:
    built = make_sdk(box.root / "go-nightly", marker=False)
    box.pin("go-nightly\n")
    assert box.run("root").status == 126
    assert box.run("link", "go-nightly", str(built)).status == 0
    assert box.run("root").out == f"{built}\n"
    assert box.run("uninstall", "go-nightly").status == 2
    assert built.is_dir()


def test_uninstall_removes_read_only_trees_and_warns_of_what_runs_here(box: Box) -> None:
    box.sdk("go1.22.4")
    pin = box.pin("1.22.4\n")
    (box.root / "go1.22.4/src").chmod(0o555)
    ran = box.run("uninstall", "1.22.4")
    assert ran.status == 0
    assert f"warning: go1.22.4 is what runs in this folder (set by {pin}:1)" in ran.err
    assert not (box.root / "go1.22.4").exists()
    assert list((box.root / ".goswitch/staging").iterdir()) == []


@pytest.mark.parametrize("point", ["uninstall-after-marker", "uninstall-after-rename"])
def test_a_killed_uninstall_leaves_no_sdk_that_would_run(box: Box, point: str) -> None:
    box.sdk("go1.22.4")
    (box.root / "go1.22.4/.goswitch").mkdir()
    (box.root / "go1.22.4/.goswitch/receipt.json").write_text("{}")
    box.pin("1.22.4\n")
    came = box.base / "came"
    process = subprocess.Popen(
        [sys.executable, "-m", "goswitch", "uninstall", "1.22.4"],
        cwd=box.project,
        env={**box.env, "PYTHONPATH": str(REPOSITORY), "GOSWITCH_TEST_CHECKPOINT": f"{point}:{came}"},
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            if came.exists() or process.poll() is not None:
                break
            time.sleep(0.05)
        assert came.exists()
    finally:
        process.kill()
        process.wait()
    assert box.run("root").status == 126
    again = box.run("uninstall", "1.22.4")
    assert again.status == (0 if point == "uninstall-after-marker" else 126)
    assert not (box.root / "go1.22.4").exists()
    assert list((box.root / ".goswitch/staging").iterdir()) == [], "what the killed one left is cleared up"


def test_uninstall_refuses(box: Box) -> None:
    foreign = make_sdk(box.root / "go1.22.4", marker=False)
    ran = box.run("uninstall", "1.22.4")
    assert ran.status == 2
    assert "help: goswitch uninstall --force go1.22.4" in ran.err
    assert (foreign / "bin/go").exists()
    assert box.run("uninstall", "system").status == 2
    assert box.run("uninstall", "1.22").status == 2
    assert box.run("uninstall", "1.19.1").status == 126
    assert box.run("uninstall", "--force", "1.22.4").status == 0
    assert not foreign.exists()


def test_uninstall_removes_what_it_can(box: Box) -> None:
    box.sdk("go1.21.6", "go1.22.4")
    assert box.run("rehash").status == 0
    ran = box.run("uninstall", "1.22.4", "1.19.1", "1.21.6", "1.22.4", "--json")
    answer = json.loads(ran.out)
    assert ran.status == 126
    assert [row["name"] for row in answer["removed"]] == ["go1.22.4", "go1.21.6"]
    assert answer["errors"] == [{"name": "go1.19.1", "message": "go1.19.1 is not installed", "exit_code": 126}]
    assert list((box.home / ".local/share/goswitch/shims").glob("go1*")) == []
