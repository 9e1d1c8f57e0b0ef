from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.environment.goroot import goroot
from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from sighted import Looker


@pytest.fixture
def bound(looker: Looker) -> Looker:
    looker.box.sdk("go1.21.6", "go1.22.4")
    looker.box.pin("1.22.4\n")
    return looker


def test_another_sdk_is_found_with_the_line_that_exports_it(bound: Looker) -> None:
    other = bound.box.root / "go1.21.6"
    bound.env["GOROOT"] = str(other)
    (bound.box.home / ".bashrc").write_text('alias x=y\nexport GOROOT="$HOME/sdk/go1.21.6"  # mine\n')
    (found,) = bound.find(goroot)
    assert found.id == "goroot-exported"
    assert found.fact == f"GOROOT is exported as {other}, but go1.22.4 is bound here ({bound.box.root}/go1.22.4)"
    assert str(found.place) == f"{bound.box.home}/.bashrc:2"
    assert found.cure == ("unset GOROOT", f"take line 2 out of {bound.box.home}/.bashrc")


def test_a_devcontainer_or_an_editor_may_export_it(bound: Looker) -> None:
    bound.env["GOROOT"] = str(bound.box.root / "go1.21.6")
    folder = bound.box.project / ".devcontainer"
    folder.mkdir()
    (folder / "devcontainer.json").write_text(f'{{"containerEnv": {{\n"GOROOT": "{bound.env["GOROOT"]}" }}, }}')
    (found,) = bound.find(goroot)
    assert str(found.place) == f"{folder}/devcontainer.json:2"
    (folder / "devcontainer.json").write_text('{\n"features": {\n"ghcr.io/devcontainers/features/go:1": {} } }')
    bound.env["GOROOT"] = "/usr/local/go"
    (found,) = bound.find(goroot)
    assert str(found.place) == f"{folder}/devcontainer.json:3"
    (folder / "devcontainer.json").unlink()
    settings = bound.box.project / ".vscode/settings.json"
    settings.parent.mkdir()
    settings.write_text('{"terminal.integrated.env.linux":\n {"GOROOT": "/usr/local/go"}}')
    (found,) = bound.find(goroot)
    assert str(found.place) == f"{settings}:2"
    settings.write_text('{"terminal.integrated.env.linux": {"GOROOT": "/another", "GOPATH": "/usr/local/go"}}')
    (found,) = bound.find(goroot)
    assert found.place is None


def test_it_is_worse_where_the_shims_do_not_hide_it(bound: Looker) -> None:
    bound.env["GOROOT"] = str(bound.box.root / "go1.21.6")
    (found,) = bound.find(goroot)
    assert found.severity is Severity.ERROR
    bound.make_shims()
    (found,) = bound.find(goroot)
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize("text", ["/nonexistent", "/etc"])
def test_what_is_no_sdk(bound: Looker, text: str) -> None:
    bound.env["GOROOT"] = text
    (found,) = bound.find(goroot)
    assert found.id == "goroot-no-sdk"
    assert text in found.fact


def test_silence(bound: Looker) -> None:
    assert bound.find(goroot) == []
    bound.env["GOROOT"] = str(bound.box.root / "go1.22.4")
    assert bound.find(goroot) == []
    bound.env["GOROOT"] += "/"
    assert bound.find(goroot) == []
