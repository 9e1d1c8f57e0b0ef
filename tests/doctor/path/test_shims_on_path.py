from __future__ import annotations

from typing import TYPE_CHECKING

from box import make_sdk

from goswitch.doctor.checks.path.shims_on_path import shims_on_path

if TYPE_CHECKING:
    from sighted import Looker


def test_not_on_path(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    (found,) = looker.find(shims_on_path)
    assert found.id == "shims-not-on-path"
    assert found.cure[0] == "goswitch setup"


def test_behind_another_go_with_the_line_that_puts_it_there(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    looker.make_shims()
    other = make_sdk(looker.box.home / "opt/go") / "bin"
    looker.env["PATH"] = f"{other}:{looker.env['PATH']}"
    (found,) = looker.find(shims_on_path)
    assert found.id == "shims-behind-another-go"
    assert f"{other}/go" in found.fact
    bashrc = looker.write(".bashrc", "# x\nexport PATH=$HOME/opt/go/bin:$PATH\n")
    (found,) = looker.find(shims_on_path)
    assert str(found.place) == f"{bashrc}:2"


def test_silence(looker: Looker) -> None:
    assert looker.find(shims_on_path) == []
    looker.box.sdk("go1.22.4")
    looker.make_shims()
    other = make_sdk(looker.box.home / "opt/go") / "bin"
    looker.env["PATH"] += f":{other}"
    assert looker.find(shims_on_path) == []


def test_the_hooks_own_entry_may_stand_before_the_shims(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    looker.make_shims()
    bound = f"{looker.box.root}/go1.22.4/bin"
    looker.env |= {"PATH": f"{bound}:{looker.env['PATH']}", "GOSWITCH_HOOK_BIN": bound}
    assert looker.find(shims_on_path) == []
