"""Tools of `go install` on real SDKs: they need no shim, and `goswitch tools` says which Go built them."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine

MODULE = "module example.com/tool\n\ngo 1.19\n"
MAIN = (
    'package main\n\nimport (\n\t"fmt"\n\t"runtime"\n)\n\nfunc main() { fmt.Println("built by", runtime.Version()) }\n'
)


@pytest.fixture
def proxy(tmp_path: Path) -> dict[str, str]:
    """A module proxy of files with example.com/tool v1.2.3; the environment that lets Go ask it alone."""
    versions = tmp_path / "proxy/example.com/tool/@v"
    versions.mkdir(parents=True)
    (versions / "list").write_text("v1.2.3\n")
    (versions / "v1.2.3.info").write_text('{"Version": "v1.2.3"}')
    (versions / "v1.2.3.mod").write_text(MODULE)
    with zipfile.ZipFile(versions / "v1.2.3.zip", "w") as archive:
        archive.writestr("example.com/tool@v1.2.3/go.mod", MODULE)
        archive.writestr("example.com/tool@v1.2.3/cmd/hello/main.go", MAIN)
    return {
        "GOPROXY": (tmp_path / "proxy").as_uri(),
        "GOSUMDB": "off",
        "GOFLAGS": "-modcacherw",
        "GOMODCACHE": str(tmp_path / "modules"),
        "GOENV": str(tmp_path / "go env"),
    }


def test_a_tool_survives_a_switch_and_is_marked(
    machine: Machine, project: Path, tmp_path: Path, proxy: dict[str, str]
) -> None:
    machine = replace(machine, env={**machine.env, **proxy})
    (project / ".go-version").write_text("1.19.13\n")
    tools = tmp_path / "my tools"
    # As `go env -w` writes it; the shims are not on PATH, and the tool runs all the same.
    machine.run("go", "env", "-w", f"GOBIN={tools}", cwd=project)
    machine.run("go", "install", "example.com/tool/cmd/hello@v1.2.3", cwd=project)
    machine.run("go", "build", "-o", f"{tools}/mine", ".", cwd=project)
    (tools / "script").write_text("#!/bin/sh\n")
    (tools / "script").chmod(0o755)
    assert machine.run("goswitch", "tools", cwd=project).splitlines() == [
        "   hello  v1.2.3   go1.19.13  example.com/tool/cmd/hello",
        "   mine   (devel)  go1.19.13  example.com/m",
    ]
    (project / ".go-version").write_text("1.22.4\n")
    assert machine.run(f"{tools}/hello", cwd=project, PATH="/nowhere") == "built by go1.19.13\n"
    assert not (machine.shims / "hello").exists()
    said = json.loads(machine.run("goswitch", "tools", "--json", cwd=project))
    assert (said["folder"], said["bound"]) == (str(tools), {"name": "go1.22.4", "version": "1.22.4"})
    hello, mine = said["tools"]
    assert (hello["older"], hello["go"], hello["module"]) == (True, "1.19.13", "example.com/tool")
    assert (mine["older"], mine["rebuild"]) == (True, None)
    machine.run(*hello["rebuild"].split(), cwd=project)
    machine.run("goswitch", "rehash", cwd=project)
    assert machine.run("goswitch", "tools", cwd=project).splitlines()[0].split()[:3] == [
        "hello", "v1.2.3", "go1.22.4",
    ]  # fmt: skip
    assert machine.run(f"{tools}/hello", cwd=project, PATH="/nowhere") == "built by go1.22.4\n"


def test_the_folder_is_where_go_says_it_is(machine: Machine, project: Path, tmp_path: Path) -> None:
    (project / ".go-version").write_text("1.22.4\n")
    file = tmp_path / "go env"
    cases: list[tuple[str, dict[str, str]]] = [
        ("", {}),
        ("", {"GOBIN": "/b"}),
        ("", {"GOPATH": "/p:/q"}),
        ("GOBIN=/f\n", {}),
        ("GOBIN=/f\n", {"GOBIN": "/b"}),
        ("GOBIN=/f\n", {"GOBIN": "", "GOPATH": "/p"}),
        ("GOPATH=/g:/h\n", {}),
        ("GOPATH=/g\n", {"GOENV": "off"}),
    ]
    for text, env in cases:
        file.write_text(text)
        here = replace(machine, env={**machine.env, "GOENV": str(file), **env})
        ours = json.loads(here.run("goswitch", "tools", "--json", cwd=project))["folder"]
        bin_folder, path = here.run("go", "env", "GOBIN", "GOPATH", cwd=project).splitlines()
        assert ours == (bin_folder or f"{path.split(':')[0]}/bin"), (text, env)
