"""Files that are missing in an SDK, that are too many, or that were changed."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from placed import own, place
from sdks import real_sdk

from goswitch.doctor.checks.sdks.parts import parts
from goswitch.doctor.checks.sdks.records import records
from goswitch.doctor.checks.sdks.source import source
from goswitch.model.finding import Severity
from goswitch.system.files import remove_tree

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker


@pytest.fixture
def tree(looker: Looker) -> Path:
    return place(looker.box.root, "1.22.4", source=("fmt", "os", "text"))


def installed_now(tree: Path) -> None:
    """Let the receipt say that all files were in their places by now."""
    receipt = tree / ".goswitch/receipt.json"
    values = json.loads(receipt.read_text())
    values["installed_at"] = datetime.fromtimestamp(time.time() - 1, UTC).isoformat()
    own(receipt, json.dumps(values).encode())


def as_golang_org_dl(tree: Path) -> None:
    """Make it an SDK that golang.org/dl unpacked: no records, and every file with the release's time."""
    remove_tree(tree / ".goswitch")
    for path in (tree / "src").iterdir():
        if path.is_symlink():
            path.unlink()
    released = datetime.fromisoformat("2024-05-30T19:26:07Z").timestamp()
    assert "time 2024-05-30T19:26:07Z" in (tree / "VERSION").read_text()
    for folder, _, names in os.walk(tree / "src"):
        for name in names:
            os.utime(f"{folder}/{name}", (released, released))


def test_silence(looker: Looker, tree: Path) -> None:
    installed_now(tree)
    for check in (parts, source, records):
        assert looker.find(check) == []
        assert looker.find(check, deep=True) == []


@pytest.mark.parametrize(
    ("part", "without"),
    [
        ("src/fmt", "`package fmt is not in std`"),
        ("src/vendor", "`no required module provides package golang.org/x/…`, out of the standard library"),
        ("pkg/include/textflag.h", "`#include: open …/pkg/include/textflag.h: no such file or directory`"),
    ],
)
def test_a_part_that_is_missing(looker: Looker, tree: Path, part: str, without: str) -> None:
    remove_tree(tree / part)
    (found,) = looker.find(parts)
    assert (found.id, found.fact, found.why) == ("sdk-part-missing", f"{part} of go1.22.4 is missing", without)


def test_no_src_at_all_is_one_finding(looker: Looker, tree: Path) -> None:
    remove_tree(tree / "src")
    assert [found.fact for found in looker.find(parts)] == ["go1.22.4 has no src"]


def test_files_that_were_installed_and_are_missing(looker: Looker, tree: Path) -> None:
    for name in ("src/fmt/print.go", "src/os/file.go", "src/os/exec/exec.go", "src/text/template/doc.go", "LICENSE"):
        (tree / name).unlink()
    (found,) = looker.find(parts)
    assert found.id == "sdk-files-missing"
    assert found.fact == "go1.22.4 lacks src/fmt/print.go, src/os/exec/exec.go, src/os/file.go and 1 more"


def test_a_release_from_before_go_env_lacks_nothing(looker: Looker) -> None:
    place(looker.box.root, "1.19.13")
    assert looker.find(parts) == []


def test_another_releases_files_in_src(looker: Looker, tree: Path) -> None:
    shutil.copy(real_sdk("1.21.6") / "src/fmt/print.go", tree / "src/fmt/old.go")
    (tree / "src/fresh").mkdir()
    (tree / "src/fresh/fresh.go").write_text("package fresh\n")
    (found,) = looker.find(source)
    assert found.id == "unknown-source-files"
    assert found.fact.endswith(": src/fmt/old.go, src/fresh/fresh.go")


def test_files_that_go_does_not_compile_are_a_note(looker: Looker, tree: Path) -> None:
    (tree / "src/fmt/print.go.orig").write_text("x")
    (tree / "src/fmt/._print.go").write_text("x")
    (tree / "src/fmt/testdata").mkdir()
    (tree / "src/fmt/testdata/x.go").write_text("x")
    (found,) = looker.find(source)
    assert (found.id, found.severity) == ("unused-source-files", Severity.NOTE)


def test_a_file_that_was_edited_in_place_is_read_again(looker: Looker, tree: Path) -> None:
    file = tree / "src/fmt/print.go"
    installed_now(tree)
    assert looker.find(source) == []
    with file.open("a") as opened:
        opened.write("// mine\n")
    (found,) = looker.find(source)
    assert (found.id, found.fact) == ("sdk-files-changed", "go1.22.4 was changed: src/fmt/print.go")


def test_a_file_that_is_touched_only_is_no_change(looker: Looker, tree: Path) -> None:
    installed_now(tree)
    (tree / "src/fmt/print.go").touch()
    assert looker.find(source) == []


def test_in_a_copied_sdk_only_a_deep_look_reads_all(looker: Looker, tree: Path) -> None:
    values = json.loads((tree / ".goswitch/receipt.json").read_text())
    values["installed_at"] = "2001-01-01T00:00:00+00:00"
    own(tree / ".goswitch/receipt.json", json.dumps(values).encode())
    (tree / "src/fmt/print.go").write_text("package fmt\n")
    assert looker.find(source) == []
    (found,) = looker.find(source, deep=True)
    assert found.fact == "go1.22.4 was changed: src/fmt/print.go"


def test_settings_of_the_sdk_alone_are_a_note(looker: Looker, tree: Path) -> None:
    installed_now(tree)
    (tree / "go.env").write_text("GOTOOLCHAIN=local\n")
    (found,) = looker.find(source)
    assert (found.fact, found.severity) == ("go1.22.4 was changed: go.env", Severity.NOTE)


def test_without_records_the_times_tell(looker: Looker, tree: Path) -> None:
    as_golang_org_dl(tree)
    assert looker.find(source) == []
    shutil.copy2(real_sdk("1.21.6") / "src/fmt/print.go", tree / "src/fmt/old.go")
    (found,) = looker.find(source)
    assert found.fact == "src of go1.22.4 has files that are not of it: src/fmt/old.go"


def test_without_records_and_without_times_nothing_is_said(looker: Looker, tree: Path) -> None:
    remove_tree(tree / ".goswitch")
    (tree / "src/fmt/extra.go").write_text("package fmt\n")
    assert looker.find(source) == []


@pytest.mark.parametrize("name", ["receipt.json", "files.sha256"])
def test_a_damaged_record(looker: Looker, tree: Path, name: str) -> None:
    own(tree / ".goswitch" / name, b"{")
    (found,) = looker.find(records)
    assert (found.id, found.cure) == ("sdk-record-damaged", ("goswitch repair go1.22.4",))
