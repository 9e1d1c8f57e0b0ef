from __future__ import annotations

import pytest

from goswitch.integrate.jsonc import read_jsonc
from goswitch.integrate.vscode import Entry, path_of, read_settings

SETTINGS = """{
  // "go.goroot": "/not/this",
  "go.goroot": "~/sdk/go1.21.6",
  "go.alternateTools": { "gopls": "/x/gopls", "go": "${workspaceFolder}/go" },
  "go.toolsEnvVars": {
    "GOTOOLCHAIN": "go1.21.0+auto",
    "COUNT": 1,
  },
  "terminal.integrated.env.linux": { "GOROOT": "/usr/local/go", "GOPATH": null },
  "terminal.integrated.env.osx": { "GOROOT": "/opt/go" },
}
"""


def test_entries() -> None:
    entries = read_settings(read_jsonc(SETTINGS), "linux")
    assert entries.program == Entry("go.alternateTools: go", "${workspaceFolder}/go", 4)
    assert entries.goroot == Entry("go.goroot", "~/sdk/go1.21.6", 3)
    assert entries.environment == (
        Entry("go.toolsEnvVars: GOTOOLCHAIN", "go1.21.0+auto", 6),
        Entry("terminal.integrated.env.linux: GOROOT", "/usr/local/go", 9),
    )


def test_a_workspace_file_has_them_under_settings() -> None:
    document = read_jsonc('{"folders": [],\n"settings": {\n"go.goroot": "/a"}}')
    assert read_settings(document, "linux", "settings").goroot == Entry("go.goroot", "/a", 3)


def test_none_of_it() -> None:
    for text in ("", "[]", '{"go.goroot": 3, "go.alternateTools": "x", "go.toolsEnvVars": []}', '{"go.goroot": ""}'):
        assert read_settings(read_jsonc(text), "darwin") == (None, None, ())


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("/usr/local/go", "/usr/local/go"),
        ("~/sdk/go1.21.6", "/h/sdk/go1.21.6"),
        ("${workspaceFolder}/go", "/w/go"),
        ("${env:HOME}/go", "/h/go"),
        ("${config:x}/go", None),
        ("go", None),
    ],
)
def test_paths(value: str, path: str | None) -> None:
    assert path_of(value, "/h", "/w") == path
