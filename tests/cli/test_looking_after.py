"""verify and repair: what they say and change, as commands in a box."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest
from box import REPOSITORY, make_sdk, sdks

from goswitch.sdk.digests import write_digests
from goswitch.sdk.treehash import read_tree

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box


def installed(box: Box, *names: str) -> Path:
    """Install stand-in SDKs with their digests; return the last."""
    box.sdk(*names)
    for name in names:
        tree = box.root / name
        for program in ("bin/go", "bin/gofmt"):
            (tree / program).chmod(0o755)
        write_digests(tree, {file: seen.digest or "" for file, seen in read_tree(tree).items()})
    return box.root / names[-1]


def test_verify_says_that_all_is_as_it_was(box: Box) -> None:
    installed(box, "go1.21.6", "go1.22.4")
    ran = box.run("verify", "1.22.4", "1.21")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "go1.22.4: 3 files are as they were installed\ngo1.21.6: 3 files are as they were installed\n"
    box.pin("1.21\n")
    assert box.run("verify").out == "go1.21.6: 3 files are as they were installed\n"
    assert box.run("verify", str(box.root / "go1.22.4")).out == "go1.22.4: 3 files are as they were installed\n"
    assert box.run("verify", "../home/sdk/go1.22.4/").out.startswith("go1.22.4: 3 files")
    assert box.run("verify", "--all").status == 0


def on_terminal(box: Box, *words: str, **env: str) -> str:
    """Run a command that succeeds on a pseudo-terminal; return what came to its screen."""
    child = pexpect.spawn(
        sys.executable, ["-m", "goswitch", *words], cwd=str(box.project), encoding="utf-8", timeout=60,
        env={**box.env, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", **env}, dimensions=(24, 100),
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before
    return str(child.before)


def test_verify_shows_how_far_it_is(box: Box) -> None:
    installed(box, "go1.21.6", "go1.22.4")
    screen = on_terminal(box, "verify", "--all")
    for name in ("go1.21.6", "go1.22.4"):
        assert re.search(rf"{re.escape(name)} +\d+%\|.*\| \d/3 *\r", screen)
        assert re.search(rf"\r *{re.escape(name)}: 3 files are as they were installed\r\n", screen), "in its place"
    plain = "".join(f"{name}: 3 files are as they were installed\r\n" for name in ("go1.22.4", "go1.21.6"))
    assert on_terminal(box, "verify", "--all", TERM="dumb") == plain
    assert on_terminal(box, "verify", "--all", "--quiet") == ""
    json.loads(on_terminal(box, "verify", "--all", "--json"))


def test_verify_says_what_differs_and_what_to_type(box: Box) -> None:
    tree = installed(box, "go1.22.4")
    (tree / "VERSION").write_text("go1.22.5\n")
    (tree / "bin/gofmt").unlink()
    (tree / "src/x.go").touch()
    (tree / "lib").mkdir()
    (tree / "lib/x").touch()
    (tree / "bin/go").chmod(0o644)
    assert box.run("verify", "--quiet", "1.22.4") == box.run("verify", "1.22.4")
    ran = box.run("verify", "1.22.4")
    assert ran.status == 6
    assert ran.out.splitlines() == [
        "go1.22.4: changed: VERSION",
        "go1.22.4: missing: bin/gofmt",
        "go1.22.4: extra: lib/x",
        "go1.22.4: extra: src/x.go (under src/: Go compiles it, which breaks builds)",
        "go1.22.4: wrong mode: bin/go is 0644: can't be run by all who can read it",
    ]
    assert ran.err == (
        "goswitch: go1.22.4 differs from what was installed: 1 changed, 1 missing, 2 extra, 1 with a wrong mode\n"
        "help: goswitch repair go1.22.4\n"
    )
    ran = box.run("verify", "--all", "--json")
    assert ran.status == 6
    (row,) = sdks(ran.out)
    assert row["status"] == "differs"
    assert row["installed"] == {
        "changed": ["VERSION"],
        "missing": ["bin/gofmt"],
        "extra": ["lib/x", "src/x.go"],
        "breaks_builds": ["src/x.go"],
        "wrong_mode": [{"name": "bin/go", "mode": "0644", "why": "can't be run by all who can read it"}],
    }


def test_verify_says_what_it_can_not_verify(box: Box) -> None:
    installed(box, "go1.22.4")
    box.sdk("go1.21.6")
    make_sdk(box.root / "go1.20.1", marker=False)
    make_sdk(box.root / "gotip", marker=False)
    (box.root / "go1.19.1").mkdir()
    elsewhere = make_sdk(box.base / "elsewhere", marker=False)
    (box.root / "go-mine").symlink_to(elsewhere)
    other = "goswitch did not install it, so nothing is written down of its files"
    told = {
        "go1.21.6": (other, f"goswitch verify --log {box.root}/go1.21.6"),
        "go1.20.1": (other, f"goswitch verify --log {box.root}/go1.20.1"),
        "go1.19.1": ("it is incomplete, without the marker", "goswitch repair 1.19.1"),
        "go-mine": (f"it is a link to {elsewhere}", f"goswitch verify --log {elsewhere}"),
    }
    for name, (why_not, advice) in told.items():
        ran = box.run("verify", name)
        assert ran.status == 1, "nothing was verified, so it is no success"
        assert ran.err == f"goswitch: {name} is not verified: {why_not}\nhelp: {advice}\n"
    assert "belongs to golang.org/dl/gotip" in box.run("verify", f"{box.root}/gotip").err
    ran = box.run("verify", "--all")
    assert ran.status == 0, "among all it is no failure"
    assert ran.out == "go1.22.4: 3 files are as they were installed\n"
    assert sorted(line.split(" is not verified: ")[0] for line in ran.err.splitlines()) == sorted([*told, "gotip"])
    assert {row["status"] for row in sdks(box.run("verify", "--all", "--json").out)} == {"holds", "not verified"}
    ran = box.run("verify", str(elsewhere))
    assert (ran.status, "goswitch verify --log" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "status"),
    [(["1.22.9"], 126), (["system"], 2), (["nonsense!"], 2), (["--all", "1.22.4"], 2), (["./nowhere"], 126)],
)
def test_verify_refuses(words: list[str], status: int, box: Box) -> None:
    installed(box, "go1.22.4")
    ran = box.run("verify", *words)
    assert ran.status == status
    assert "help: " in ran.err


def test_verify_names_damaged_digests(box: Box) -> None:
    tree = installed(box, "go1.22.4")
    (tree / ".goswitch/files.sha256").write_text("x")
    ran = box.run("verify", "1.22.4")
    assert ran.status == 7
    assert ran.err.endswith("is damaged\nhelp: goswitch repair go1.22.4\n")


def test_repair_refuses_what_it_can_not_get_and_leaves_it(box: Box) -> None:
    make_sdk(box.root / "go1.21.6", marker=False)
    box.sdk("go1.22.4", "go-mine")
    box.env |= {"GOSWITCH_OFFLINE": "1", "GOPROXY": f"file://{box.base}", "GOSWITCH_SOURCES": "proxy"}
    for name, status in (("1.22.4", 4), ("1.21.6", 2), ("1.19.1", 126), ("go-mine", 2)):
        ran = box.run("repair", name)
        assert ran.status == status, ran.err
        assert "help: " in ran.err
    assert box.run("repair", "--force", "1.21.6").status == 4
    assert (box.root / "go1.21.6/bin/go").exists()
    assert (box.root / "go1.22.4/.unpacked-success").exists()
