"""`goswitch doctor` as a command: topics, JSON, exit codes, --fix."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.check import topic_names

if TYPE_CHECKING:
    from sighted import Looker


@pytest.fixture
def bound(looker: Looker) -> Looker:
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    looker.make_shims()
    looker.env["PATH"] = str(looker.layout.shims)
    return looker


def test_json(bound: Looker) -> None:
    bound.write(".config/go/env", "GOTOOLCHAIN=go1.23.9\n")
    ran = bound.run("doctor", "environment", "path", "--json")
    answer = json.loads(ran.out)
    assert (ran.status, ran.err, answer["schema_version"], answer["command"]) == (1, "", 1, "doctor")
    assert answer["bindings"] is None
    assert [go["kind"] for go in answer["path"]] == ["shim"]
    (finding,) = answer["findings"]
    assert {key: finding[key] for key in ("id", "severity", "help", "place", "fix")} == {
        "id": "toolchain-in-go-env",
        "severity": "warning",
        "help": ["go env -u GOTOOLCHAIN"],
        "place": {"file": f"{bound.box.home}/.config/go/env", "line": 1},
        "fix": None,
    }
    rows = json.loads(bound.run("doctor", "bindings", "--json").out)["bindings"]
    assert [(row["who"], row["version"], row["agrees"]) for row in rows] == [
        ("this shell", "go1.22.4", True),
        ("sh -c", "go1.22.4", True),
        ("cmd/go", "go1.22.4", True),
    ]
    assert rows[0]["place"] == {"file": f"{bound.box.project}/.go-version", "line": 1}


def test_one_topic_looks_at_nothing_else(bound: Looker) -> None:
    bound.env["GOBIN"] = "relative"
    assert bound.run("doctor", "path").status == 0
    assert bound.run("doctor", "environment").status == 1


def test_the_topics_are_named_where_none_is_near(bound: Looker) -> None:
    ran = bound.run("doctor", "zzz")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"goswitch: doctor has no topic 'zzz'\nhelp: one of: {', '.join(topic_names())}\n"


def test_fix_shows_and_asks_and_without_a_terminal_mends_nothing(bound: Looker) -> None:
    (bound.layout.shims / "go").write_text("older\n")
    ran = bound.run("doctor", "path", "--fix")
    assert ran.status == 2
    assert "shims-out-of-date: write the shims and hooks anew" in ran.err
    assert "nothing is mended unasked" in ran.err
    assert (bound.layout.shims / "go").read_text() == "older\n"


def test_fix_with_yes_mends_and_what_is_left_counts(bound: Looker) -> None:
    (bound.layout.shims / "go").write_text("older\n")
    env = bound.write(".config/go/env", "GOROOT=/usr/local/go\nGOTOOLCHAIN=go1.23.9\n")
    ran = bound.run("doctor", "path", "environment", "--fix", "--yes")
    assert ran.status == 1
    assert "-GOROOT=/usr/local/go" in ran.err
    assert env.read_text() == "GOTOOLCHAIN=go1.23.9\n"
    assert (bound.layout.shims / "go").read_text().startswith("#!/bin/sh")
    env.unlink()
    ran = bound.run("doctor", "path", "environment", "--fix", "--yes")
    assert (ran.status, ran.err) == (0, "nothing is wrong here\nthere is nothing to mend\n")


def test_fix_alone_is_clean_when_all_is_mended(bound: Looker) -> None:
    (bound.layout.shims / "go").write_text("older\n")
    assert bound.run("doctor", "path", "--fix", "--yes").status == 0


def test_fix_and_json_do_not_go_together(bound: Looker) -> None:
    assert bound.run("doctor", "--fix", "--json").status == 2


def test_without_a_home_it_says_what_it_cannot_look_at(bound: Looker) -> None:
    for arguments in (("doctor",), ("doctor", "--all-projects", ".")):
        ran = bound.run(*arguments, HOME="")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("goswitch: HOME is not set, so ~/sdk cannot be found\nhelp: export HOME")
