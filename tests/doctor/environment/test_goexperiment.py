from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.environment.goexperiment import goexperiment

if TYPE_CHECKING:
    from sighted import Looker


@pytest.fixture
def bound(looker: Looker) -> Looker:
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    source = looker.box.root / "go1.22.4/src/internal/goexperiment/flags.go"
    source.parent.mkdir(parents=True)
    source.write_text("type Flags struct {\n\tFieldTrack        bool\n\n\tRangeFunc bool\n}\n")
    return looker


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("rangefunc", "goexperiment-set"),
        ("norangefunc,fieldtrack", "goexperiment-set"),
        ("none", "goexperiment-set"),
        ("rangefunc,synctest", "goexperiment-unknown"),
    ],
)
def test_names(bound: Looker, value: str, kind: str) -> None:
    bound.env["GOEXPERIMENT"] = value
    (found,) = bound.find(goexperiment)
    assert found.id == kind
    assert ("synctest" in found.why) == (kind == "goexperiment-unknown")


def test_silence(bound: Looker) -> None:
    assert bound.find(goexperiment) == []
