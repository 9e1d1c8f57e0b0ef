from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.checks.bindings.unbound import unbound

if TYPE_CHECKING:
    from sighted import Looker


def test_a_pin_that_is_not_installed(looker: Looker) -> None:
    pin = looker.box.pin("# mine\n1.22.4\n")
    (found,) = looker.find(unbound)
    assert found.fact == f"go1.22.4 is not installed (set by {pin}:2)"
    assert (found.cure, str(found.place)) == (("goswitch install 1.22.4",), f"{pin}:2")


def test_a_pin_that_is_none(looker: Looker) -> None:
    looker.box.pin("../x\n")
    (found,) = looker.find(unbound)
    assert ".go-version:1: not a Go version" in found.fact


def test_silence(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    assert looker.find(unbound) == []
