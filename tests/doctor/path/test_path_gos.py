"""What stands on PATH under the name go: in its order, with version and owner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from box import make_sdk

from goswitch.doctor.probes.owners import owner_of
from goswitch.doctor.probes.path_gos import What, path_gos

if TYPE_CHECKING:
    from sighted import Looker


def test_the_order_the_kinds_and_the_versions(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    looker.make_shims()
    wrapper = looker.box.home / ".goenv/shims"
    wrapper.mkdir(parents=True)
    (wrapper / "go").write_text("#!/bin/sh\necho go version go1.20.3 linux/amd64\n")
    (wrapper / "go").chmod(0o755)
    empty = looker.box.home / "empty"
    empty.mkdir()
    (empty / "go").touch(0o755)
    bound = looker.box.root / "go1.22.4/bin"
    path = [empty, looker.layout.shims, wrapper, bound, wrapper, "relative"]
    looker.env |= {"PATH": ":".join(map(str, path)), "GOSWITCH_HOOK_BIN": str(bound)}
    assert [(go.program.parent, go.what, go.version, go.owner) for go in looker.facts().ask(path_gos)] == [
        (looker.layout.shims, What.SHIM, "go1.22.4", "goswitch"),
        (wrapper, What.SCRIPT, "go1.20.3", "goenv"),
        (bound, What.HOOK, "go1.22.4", "golang.org/dl"),
    ]


def test_a_script_that_hangs_or_fails_has_no_version(looker: Looker) -> None:
    folder = looker.box.home / "bin"
    folder.mkdir()
    (folder / "go").write_text("#!/bin/sh\necho no version set >&2\nexit 126\n")
    (folder / "go").chmod(0o755)
    looker.env["PATH"] = str(folder)
    (go,) = looker.facts().ask(path_gos)
    assert (go.what, go.version, go.owner, go.goroot) == (What.SCRIPT, "", "", None)


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("go/pkg/mod/golang.org/toolchain@v0.0.1-go1.22.4.linux-amd64/bin/go", "Go's module cache"),
        (".asdf/shims/go", "asdf"),
        (".local/share/mise/installs/go/1.22.4/bin/go", "mise"),
        (".gvm/gos/go1.22.4/bin/go", "gvm"),
        (".goenv/versions/1.22.4/bin/go", "goenv"),
        (".gobrew/current/bin/go", "gobrew"),
        (".linuxbrew/Cellar/go/1.22.4/bin/go", "Homebrew"),
        ("opt/go/bin/go", ""),
    ],
)
def test_owners_by_place(looker: Looker, path: str, owner: str) -> None:
    assert owner_of(looker.box.home / path, looker.layout) == owner


def test_owners_in_the_sdk_root(looker: Looker) -> None:
    sdk = make_sdk(looker.box.root / "go1.22.4")
    assert owner_of(sdk / "bin/go", looker.layout) == "golang.org/dl"
    (sdk / ".goswitch").mkdir()
    (sdk / ".goswitch/receipt.json").write_text("{}")
    assert owner_of(sdk / "bin/go", looker.layout) == "goswitch"
    foreign = make_sdk(looker.box.root / "go1.21.6", marker=False)
    assert owner_of(foreign / "bin/go", looker.layout) == "nobody: no marker"


@pytest.mark.skipif(not Path("/usr/bin/dpkg-query").exists(), reason="dpkg-query is not on this machine")
def test_a_debian_package_owns_what_is_in_usr_bin(looker: Looker) -> None:
    assert owner_of(Path("/usr/bin/dpkg-query"), looker.layout) == "Debian package dpkg"
    assert owner_of(Path("/usr/bin/no-such-program"), looker.layout) == ""
