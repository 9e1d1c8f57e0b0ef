"""What check says about pins: each fault, and silence without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.project.pins.below_floor import below_floor
from goswitch.doctor.project.pins.disagreement import disagreement
from goswitch.doctor.project.pins.unusable import unusable_pin

if TYPE_CHECKING:
    from sighted import Looker


@pytest.mark.parametrize(("text", "line"), [("", 0), ("# only\n", 0), ("1.22.4.5\n", 1), ("\n../x\n", 2)])
def test_an_unusable_pin(looker: Looker, text: str, line: int) -> None:
    pin = looker.box.pin(text)
    (finding,) = looker.find(unusable_pin)
    assert finding.id == "pin-unusable"
    assert str(finding.place) == (f"{pin}:{line}" if line else str(pin))
    assert looker.find(below_floor) == looker.find(disagreement) == []


def test_a_usable_pin_is_fine(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    assert looker.find(unusable_pin) == []


def test_a_pin_below_the_go_line(looker: Looker) -> None:
    pin = looker.box.pin("1.22.4\n")
    mod = looker.box.project / "go.mod"
    mod.write_text("module m\ngo 1.23\ntoolchain go1.23.4\n")
    (finding,) = looker.find(below_floor)
    assert finding.id == "pin-below-floor"
    assert str(finding.place) == f"{pin}:1"
    assert "go: go.mod requires go >= 1.23 (running go 1.22.4; GOTOOLCHAIN=local)" in finding.why
    looker.env["GOTOOLCHAIN"] = "auto"
    assert "Go switches away from the pin (auto)" in looker.find(below_floor)[0].why
    mod.write_text("module m\ngo 1.22\ntoolchain go1.23.4\n")
    (finding,) = looker.find(below_floor)
    assert finding.id == "pin-below-toolchain-line"
    mod.write_text("module m\ngo 1.22.4\ntoolchain go1.22.4\n")
    assert looker.find(below_floor) == []


@pytest.mark.parametrize(
    ("pin", "line", "severity", "words"),
    [
        ("1.19.13", "1.21", "warning", "note: module requires Go 1.21"),
        ("1.19.13", "1.22", "error", "cannot compile Go 1.22 code"),
        ("1.17.13", "1.22", "warning", "note: module requires Go 1.22"),
        ("1.20.7", "1.22", "warning", "note: module requires Go 1.22"),
        ("1.20.8", "1.22", "error", "cannot compile Go 1.22 code"),
        ("1.19.13", "1.21.0", "error", "invalid go version '1.21.0': must match format 1.23"),
    ],
)
def test_an_old_pin_may_try(looker: Looker, pin: str, line: str, severity: str, words: str) -> None:
    looker.box.pin(f"{pin}\n")
    (looker.box.project / "go.mod").write_text(f"module m\ngo {line}\n")
    (finding,) = looker.find(below_floor)
    assert finding.severity == severity
    assert words in finding.why


def test_a_series_means_the_newest_that_is_installed(looker: Looker) -> None:
    looker.box.sdk("go1.22.1")
    looker.box.pin("1.22\n")
    (looker.box.project / "go.mod").write_text("module m\ngo 1.22.3\n")
    assert len(looker.find(below_floor)) == 1
    looker.box.sdk("go1.22.4")
    assert looker.find(below_floor) == []


@pytest.mark.parametrize(
    ("tools", "said"),
    [
        ("golang 1.21.6\n", "1.21.6"),
        ("nodejs 20\ngo 1.21\n", "1.21"),
        ("golang\n", "nothing"),
        ("golang ../x\n", "../x"),
        ("golang 1.22.4 # the same\n", None),
        ("golang go1.22.4\n", None),
        ("nodejs 20\n", None),
    ],
)
def test_pins_that_disagree(looker: Looker, tools: str, said: str | None) -> None:
    looker.box.pin("1.22.4\n")
    path = looker.box.project / ".tool-versions"
    path.write_text(tools)
    facts = [(it.fact, str(it.place)) for it in looker.find(disagreement)]
    line = len(tools.splitlines())
    expected = (f".go-version says 1.22.4, .tool-versions says {said}", f"{path}:{line}")
    assert facts == ([expected] if said is not None else [])


def test_a_variable_or_a_lone_tool_versions_disagrees_with_nothing(looker: Looker) -> None:
    (looker.box.project / ".tool-versions").write_text("golang 1.21.6\n")
    assert looker.find(disagreement) == []
    looker.env["GOSWITCH_VERSION"] = "1.22.4"
    assert looker.find(disagreement) == []
