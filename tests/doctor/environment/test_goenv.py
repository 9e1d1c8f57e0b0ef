from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.environment.goenv import goenv

if TYPE_CHECKING:
    from sighted import Looker


@pytest.mark.parametrize("value", ["off", "/elsewhere"])
def test_settings_that_are_left_out_are_named(looker: Looker, value: str) -> None:
    file = looker.write(".config/go/env", "GOPROXY=direct\nGOFLAGS=-x\n")
    looker.env["GOENV"] = value
    (found,) = looker.find(goenv)
    assert found.fact == f"GOENV={value}, so {file} is not read: GOFLAGS, GOPROXY"


def test_silence(looker: Looker) -> None:
    looker.env["GOENV"] = "off"
    assert looker.find(goenv) == []
    file = looker.write(".config/go/env", "GOPROXY=direct\n")
    looker.env["GOENV"] = str(file)
    assert looker.find(goenv) == []
