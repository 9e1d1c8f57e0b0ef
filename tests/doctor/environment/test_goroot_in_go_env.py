from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.checks.environment.goroot_in_go_env import goroot_in_go_env
from goswitch.doctor.mend import mend

if TYPE_CHECKING:
    from sighted import Looker


def test_the_line_is_found_and_taken_out(looker: Looker) -> None:
    file = looker.write(".config/go/env", "GOFLAGS=-x\nGOROOT=/usr/local/go\nGOBIN=/b")
    (found,) = looker.find(goroot_in_go_env)
    assert str(found.place) == f"{file}:2"
    assert found.fix is not None
    mend(found.fix, rehash=lambda: None)
    assert file.read_text() == "GOFLAGS=-x\nGOBIN=/b"
    assert looker.find(goroot_in_go_env) == []


def test_silence(looker: Looker) -> None:
    looker.write(".config/go/env", "GOROOT_FINAL=/x\n#GOROOT=/usr/local/go\n")
    assert looker.find(goroot_in_go_env) == []
