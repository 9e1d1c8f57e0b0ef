"""Programs that can't run, in real SDKs."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from archives import program
from placed import own, place
from sdks import host

from goswitch.doctor.checks.sdks.programs import programs
from goswitch.doctor.mend import mend
from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sighted import Looker

COMPILE = f"pkg/tool/{host().tool_directory}/compile"
OTHER = "arm64" if host().goarch == "amd64" else "amd64"

FAULTS: dict[str, Callable[[Path], object]] = {
    "program-missing": lambda path: path.unlink(),
    "program-not-executable": lambda path: own(path).chmod(0o644),
    "program-empty": lambda path: own(path, b""),
    "program-cut-off": lambda path: own(path, path.read_bytes()[: path.stat().st_size // 2]),
    "program-for-another-machine": lambda path: own(path, program("go1.22.4", goarch=OTHER)),
    "program-is-none": lambda path: own(path, b"<html>404</html>\n"),
    "program-is-a-script": lambda path: own(path, b'#!/bin/sh\nexec /usr/bin/go "$@"\n'),
}


@pytest.mark.parametrize("name", ["bin/go", COMPILE])
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_from_the_others(looker: Looker, fault: str, name: str) -> None:
    tree = place(looker.box.root, "1.22.4")
    FAULTS[fault](tree / name)
    (found,) = looker.find(programs)
    assert (found.id, found.fact.split(" of ")[0].removeprefix("we may not run ")) == (fault, name)
    grave = fault != "program-is-a-script"
    assert found.severity is (Severity.ERROR if grave else Severity.WARNING)
    assert found.cure == (
        ("goswitch doctor --fix",) if fault == "program-not-executable" else ("goswitch repair go1.22.4",)
    )


@pytest.mark.parametrize("version", ["1.5.4", "1.16.15", "1.19.13", "1.22.4"])
def test_silence_about_whole_sdks(looker: Looker, version: str) -> None:
    place(looker.box.root, version)
    assert looker.find(programs) == []


def test_fix_lets_all_run_it_who_can_read_it(looker: Looker) -> None:
    tree = place(looker.box.root, "1.22.4")
    own(tree / "bin/go").chmod(0o640)
    (found,) = looker.find(programs)
    assert found.fix is not None
    mend(found.fix, rehash=lambda: None)
    assert stat.S_IMODE((tree / "bin/go").stat().st_mode) == 0o750
    assert looker.find(programs) == []


def test_a_tool_names_what_go_says_without_it(looker: Looker) -> None:
    tree = place(looker.box.root, "1.22.4")
    (tree / COMPILE).with_name("vet").unlink()
    (found,) = looker.find(programs)
    assert found.why == 'it is needed for `go vet` and `go test`: `go: no such tool "vet"`'


def test_a_link_that_leads_to_a_broken_build_is_built_again(looker: Looker) -> None:
    tree = place(looker.box.base / "built", "1.22.4", "my go")
    (tree / "bin/go").unlink()
    looker.box.root.mkdir()
    (looker.box.root / "go-nightly").symlink_to(tree)
    (found,) = looker.find(programs)
    assert found.cure == (f"cd '{tree}/src' && ./make.bash",)
