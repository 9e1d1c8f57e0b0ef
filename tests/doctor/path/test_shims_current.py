from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.checks.path.shims_current import shims_current
from goswitch.doctor.mend import mend
from goswitch.shell.hooks import render_hook
from goswitch.shell.shims import rehash

if TYPE_CHECKING:
    from sighted import Looker


def test_what_is_stale_is_named_and_mended(looker: Looker) -> None:
    looker.box.sdk("go1.21.6", "go1.22.4")
    looker.make_shims()
    render_hook("bash", looker.layout, "local")
    shims = looker.layout.shims
    (shims / "go").write_text("#!/bin/sh\n# an older one\n")
    (shims / "gofmt").chmod(0o644)
    (shims / "go1.22.4").unlink()
    (shims / "go1.20.1").write_text("#!/bin/sh\n")
    (looker.layout.hooks / "hook.bash").write_text("older\n")
    (found,) = looker.find(shims_current)
    assert found.fact == "out of date: go, gofmt, go1.22.4, go1.20.1, hook.bash"
    assert found.fix is not None
    mend(found.fix, rehash=looker.make_shims)
    render_hook("bash", looker.layout, "local")
    assert looker.find(shims_current) == []


def test_they_may_name_any_goswitch_py_but_one_that_is_gone(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    command = looker.box.home / "it's mine/goswitch-py"
    command.parent.mkdir()
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    rehash(looker.layout, "local", ["go1.22.4"], command=command)
    assert looker.find(shims_current) == []
    command.unlink()
    (found,) = looker.find(shims_current)
    assert found.fact == "out of date: go, gofmt, go1.22.4"


def test_silence(looker: Looker) -> None:
    assert looker.find(shims_current) == []
    looker.box.sdk("go1.22.4")
    looker.make_shims()
    assert looker.find(shims_current) == []
