from __future__ import annotations

from typing import TYPE_CHECKING

from box import make_sdk

from goswitch.doctor.checks.path.dl_wrapper import dl_wrapper

if TYPE_CHECKING:
    from sighted import Looker


def test_a_wrapper_without_its_sdk(looker: Looker) -> None:
    folder = looker.box.home / "go/bin"
    folder.mkdir(parents=True)
    for name in ("go1.22.4", "go1.24.11", "go1.24", "gopls"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
    looker.box.sdk("go1.22.4")
    looker.env["PATH"] = f"{folder}:/usr/bin"
    (found,) = looker.find(dl_wrapper)
    assert (str(found.place), found.cure[0]) == (f"{folder}/go1.24.11", "goswitch install 1.24.11")
    make_sdk(looker.box.root / "go1.24.11")
    assert looker.find(dl_wrapper) == []


def test_the_shims_are_none(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    looker.make_shims()
    (looker.box.root / "go1.22.4/.unpacked-success").unlink()
    assert looker.find(dl_wrapper) == []
