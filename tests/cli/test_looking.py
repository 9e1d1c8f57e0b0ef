"""current, root, which, list: what a person reads and what a program gets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from box import Box


def test_current_names_the_sdk_and_what_says_so(box: Box) -> None:
    box.sdk("go1.22.4")
    pin = box.pin("# why\n1.22.4\n")
    ran = box.run("current")
    assert (ran.status, ran.out, ran.err) == (0, f"go1.22.4 (set by {pin}:2)\n", "")


def test_current_json(box: Box) -> None:
    box.sdk("go1.22.4")
    pin = box.pin("1.22\n")
    answer = json.loads(box.run("current", "--json").out)
    assert answer == {
        "schema_version": 1,
        "command": "current",
        "name": "go1.22.4",
        "version": "1.22.4",
        "root": str(box.root / "go1.22.4"),
        "program": str(box.root / "go1.22.4/bin/go"),
        "by": "pin",
        "origin": {"place": str(pin), "line": 1},
        "floor": None,
        "reason": f"set by {pin}:1",
    }


def test_explain_says_what_was_looked_at_what_decided_and_what_was_passed_over(box: Box) -> None:
    box.sdk("go1.19.13", "go1.22.4")
    (box.root / ".goswitch").mkdir()
    (box.root / ".goswitch/default").write_text("1.22.4\n")
    (box.project / "go.mod").write_text("module m\n\ngo 1.21\n")
    box.pin("1.19.13\n", box.base)
    ran = box.run("current", "--explain")
    assert ran.status == 0
    assert ran.out.splitlines()[0] == f"go1.19.13 (set by {box.base}/.go-version:1)"
    looked_at = ran.out.split("looked at:\n")[1].split("\n\n")[0]
    assert [" ".join(line.split()) for line in looked_at.splitlines()] == [
        "GOSWITCH_VERSION not set",
        f"{box.project} no pin in .go-version or .tool-versions",
        f"{box.base}/.go-version 1.19.13",
    ]
    assert "decided by rule 2 of 5: the nearest pin binds" in ran.out
    passed_over = ran.out.split("passed over:\n")[1].split("\n\n")[0]
    assert f"{box.project}/go.mod:3" in passed_over
    assert "asks for go 1.21 at least; a pin beats a floor" in passed_over
    assert "1.22.4: a pin beats the default" in passed_over
    assert "GOTOOLCHAIN  local, set by the pin" in ran.out
    assert ran.err.startswith(f"warning: go1.19.13 is below go 1.21 ({box.project}/go.mod:3): go will refuse")


def test_explain_of_a_pin_that_is_not_installed_still_shows_the_way(box: Box) -> None:
    pin = box.pin("1.22.4\n")
    ran = box.run("current", "--explain")
    assert ran.status == 126
    assert str(pin) in ran.out
    assert ran.err == f"goswitch: go1.22.4 is not installed (set by {pin}:1)\nhelp: goswitch install 1.22.4\n"
    answer = json.loads(box.run("current", "--explain", "--json").out)
    assert answer["binding"] is None
    assert answer["error"].startswith("go1.22.4 is not installed")


def test_root_prints_one_line_and_on_failure_none(box: Box) -> None:
    box.sdk("go1.22.4")
    pin = box.pin("1.22.4\n")
    assert box.run("root").out == f"{box.root}/go1.22.4\n"
    assert box.run("prefix").out == f"{box.root}/go1.22.4\n"
    pin.write_text("1.22.5\n")
    ran = box.run("root")
    assert (ran.status, ran.out) == (126, "")


def test_which(box: Box) -> None:
    box.sdk("go1.22.4")
    box.pin("1.22.4\n")
    assert box.run("which").out == f"{box.root}/go1.22.4/bin/go\n"
    assert box.run("which", "gofmt").out == f"{box.root}/go1.22.4/bin/gofmt\n"
    ran = box.run("which", "vet")
    assert (ran.status, ran.out) == (127, "")
    assert ran.err == f"goswitch: go1.22.4 has no tool vet\nhelp: ls {box.root}/go1.22.4/bin\n"
    assert box.run("which", "../x").status == 2


def test_list_marks_what_runs_here_and_names_states(box: Box) -> None:
    box.sdk("go1.9", "go1.21.6", "go1.22.4", "go1.23rc1")
    (box.root / "go1.20.1").mkdir()
    (box.root / "unrelated").mkdir()
    (box.root / "go1.19.2/bin").mkdir(parents=True)
    (box.root / "go1.19.2/src").mkdir()
    (box.root / "go1.19.2/bin/go").touch()
    (box.root / "nightly").symlink_to(box.root / "go1.22.4")
    (box.root / "gone").symlink_to(box.base / "nowhere")
    pin = box.pin("1.21.6\n")
    ran = box.run("list")
    rows = [line.split() for line in ran.out.splitlines()]
    assert [row[0 if row[0] != "*" else 1] for row in rows] == [
        "go1.23rc1", "go1.22.4", "go1.21.6", "go1.20.1", "go1.19.2", "go1.9", "gone", "nightly",
    ]  # fmt: skip
    assert f"* go1.21.6 ~/sdk/go1.21.6 set by {pin}:1".split() in rows
    states = {sdk["name"]: sdk["state"] for sdk in json.loads(box.run("list", "--json").out)["sdks"]}
    assert states["go1.20.1"] == "incomplete"
    assert states["go1.19.2"] == "foreign"
    assert states["nightly"] == "linked"
    assert "its target is gone" in ran.out


def test_list_of_nothing_says_what_to_type(box: Box) -> None:
    ran = box.run("list")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "no SDK is installed in ~/sdk\nhelp: goswitch install stable\n"
