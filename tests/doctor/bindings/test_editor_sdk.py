from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from editor_files import goland, vscode

from goswitch.doctor.checks.bindings.editor_sdk import editor_sdk

if TYPE_CHECKING:
    from sighted import Looker


@pytest.fixture
def bound(looker: Looker) -> Looker:
    looker.box.sdk("go1.21.6", "go1.22.4")
    looker.box.pin("1.22.4\n")
    return looker


def test_goland_has_another(bound: Looker) -> None:
    file = goland(bound, "file://$USER_HOME$/sdk/go1.21.6", bound.box.base)
    (found,) = bound.find(editor_sdk)
    assert (found.id, str(found.place)) == ("goland-other-sdk", f"{file}:2")
    assert found.cure == (f"in GoLand: Settings, Go, GOROOT: {bound.box.root}/go1.22.4",)


@pytest.mark.parametrize(
    "text",
    ['{\n"go.goroot": "~/sdk/go1.21.6", // x\n}', '{"go.alternateTools":\n {"go": "~/sdk/go1.21.6/bin/go"}}'],
)
def test_vscode_has_another(bound: Looker, text: str) -> None:
    file = vscode(bound, text)
    (found,) = bound.find(editor_sdk)
    assert (found.id, str(found.place)) == ("vscode-other-sdk", f"{file}:2")


def test_the_users_own_settings_count_where_the_project_has_none(bound: Looker) -> None:
    vscode(bound, '{"editor.tabSize": 8}')
    file = bound.write(".config/Code/User/settings.json", '{"go.goroot": "~/sdk/go1.21.6"}')
    (found,) = bound.find(editor_sdk)
    assert str(found.place) == f"{file}:1"
    vscode(bound, '{"go.goroot": "~/sdk/go1.22.4"}')
    assert bound.find(editor_sdk) == []


def test_what_the_terminal_is_given(bound: Looker) -> None:
    file = vscode(bound, '{\n"terminal.integrated.env.linux": {"GOROOT": "/x"}, "go.toolsEnvVars": {"GOPROXY": "off"}}')
    (found,) = bound.find(editor_sdk)
    assert (found.id, str(found.place)) == ("vscode-exports", f"{file}:2")


def test_silence(bound: Looker) -> None:
    assert bound.find(editor_sdk) == []
    goland(bound, "file://$USER_HOME$/sdk/go1.22.4", bound.box.base)
    vscode(bound, '{"go.goroot": "${env:HOME}/sdk/go1.22.4"}')
    assert bound.find(editor_sdk) == []
