from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.checks.environment.gobin import gobin

if TYPE_CHECKING:
    from sighted import Looker


def test_gobin(looker: Looker) -> None:
    found = {}
    for value in ("bin", f"{looker.box.root}/go1.22.4/bin", "/opt/bin"):
        looker.env["GOBIN"] = value
        (it,) = looker.find(gobin)
        found[value] = it.id
    assert list(found.values()) == ["gobin-relative", "gobin-in-sdk", "gobin-not-on-path"]


def test_silence(looker: Looker) -> None:
    assert looker.find(gobin) == []
    looker.env["GOBIN"] = "/usr/bin/"
    assert looker.find(gobin) == []
