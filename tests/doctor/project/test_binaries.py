"""Programs that were built by another Go, as their build info says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sdks import real_sdk

from goswitch.doctor.check import Report, run
from goswitch.doctor.project.binaries.built_by import built_by
from goswitch.doctor.project_facts import Asked, ProjectFacts

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker


def looked(looker: Looker, *paths: Path) -> Report:
    facts = looker.facts()
    return run([built_by], ProjectFacts(facts.world, facts.layout, asked=Asked(binaries=paths)))


@pytest.mark.parametrize(
    ("pin", "others"), [("1.22.4\n", 0), ("1.22\n", 0), ("1.21.6\n", 1), ("1.22.5\n", 1), ("1.21\n", 1)]
)
def test_the_pin_is_the_measure(looker: Looker, pin: str, others: int) -> None:
    looker.box.sdk("go1.21.6", "go1.22.4")
    looker.box.pin(pin)
    program = real_sdk("1.22.4") / "bin/gofmt"
    report = looked(looker, program)
    assert report.unseen == ()
    assert [(it.id, str(it.place)) for it in report.findings] == [("binary-other-go", str(program))] * others
    assert all("was built by go1.22.4, the pin is" in it.fact for it in report.findings)


def test_without_a_pin_what_runs_here_is_the_measure(looker: Looker) -> None:
    looker.box.sdk("go1.21.6")
    (looker.box.project / "go.mod").write_text("module m\ngo 1.21\n")
    report = looked(looker, real_sdk("1.22.4") / "bin/gofmt")
    assert [it.fact for it in report.findings] == ["gofmt was built by go1.22.4, 1.21.6 runs here"]


def test_what_can_not_be_looked_at(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    script = looker.box.project / "script"
    script.write_text("#!/bin/sh\n")
    assert looked(looker, script).exit_code == 2
    assert looked(looker, looker.box.project / "gone").exit_code == 2
    assert looked(looker).exit_code == 0
