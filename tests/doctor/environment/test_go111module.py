from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.environment.go111module import go111module
from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from sighted import Looker


@pytest.mark.parametrize(
    ("value", "severity"), [("off", Severity.ERROR), ("auto", Severity.WARNING), ("maybe", Severity.ERROR)]
)
def test_values(looker: Looker, value: str, severity: Severity) -> None:
    looker.env["GO111MODULE"] = value
    (found,) = looker.find(go111module)
    assert (found.id, found.severity) == ("modules-not-on", severity)


@pytest.mark.parametrize("value", ["", "on"])
def test_silence(looker: Looker, value: str) -> None:
    looker.env["GO111MODULE"] = value
    assert looker.find(go111module) == []
