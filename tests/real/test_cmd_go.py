"""The shims beside cmd/go's own switching, on real SDKs: GOTOOLCHAIN from everywhere, workspaces, child processes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine

CHILDREN = {
    "gen.go": 'package main\n\n//go:generate sh -c "go version >generated && go env GOROOT >>generated"\n',
    "main.go": (
        'package main\n\nimport (\n\t"os"\n\t"os/exec"\n)\n\nfunc main() {\n'
        '\tfor _, words := range [][]string{{"version"}, {"env", "GOROOT"}} {\n'
        '\t\tcommand := exec.Command("go", words...)\n\t\tcommand.Stdout, command.Stderr = os.Stdout, os.Stderr\n'
        "\t\tif command.Run() != nil {\n\t\t\tos.Exit(1)\n\t\t}\n\t}\n}\n"
    ),
    "main_test.go": 'package main\n\nimport "testing"\n\nfunc TestChild(t *testing.T) { main() }\n',
}


def version(said: str) -> str:
    match = re.match(r"go version go(\S+) ", said)
    assert match is not None, said
    return match.group(1)


def pin(project: Path, word: str) -> None:
    (project / ".go-version").write_text(f"{word}\n")


def floor(project: Path, *lines: str) -> None:
    (project / "go.mod").write_text("\n".join(["module example.com/m", "", *lines, ""]))


def test_gotoolchain_from_the_environment_is_the_users(machine: Machine, project: Path) -> None:
    pin(project, "1.21.6")
    floor(project, "go 1.21")
    for value, runs in {
        "": "1.21.6",
        "local": "1.21.6",
        "auto": "1.21.6",
        "path": "1.21.6",
        "go1.22.4": "1.22.4",
        "go1.22.4+path": "1.22.4",
        "go1.22.4+auto": "1.22.4",
    }.items():
        assert version(machine.run("go", "version", cwd=project, GOTOOLCHAIN=value)) == runs, value
    floor(project, "go 1.22")
    for value, runs in {"path": "1.22.4", "auto": "1.22.4"}.items():
        floor(project, "go 1.22.4")
        assert version(machine.run("go", "version", cwd=project, GOTOOLCHAIN=value)) == runs, value


@pytest.mark.parametrize("value", ["local", "auto", "path", "go1.22.4", "go1.22.4+path", "go1.99.9"])
def test_go_env_w_redirects_every_sdk_but_not_a_pinned_project(
    machine: Machine, project: Path, tmp_path: Path, value: str
) -> None:
    goenv = tmp_path / "go-env"
    goenv.write_text(f"GOTOOLCHAIN={value}\n")
    floor(project, "go 1.21.3")
    direct = machine.run(f"{machine.root}/go1.21.6/bin/go", "env", "GOTOOLCHAIN", cwd=project, GOENV=str(goenv)).rstrip(
        "\n"
    )
    assert direct == value
    # Without a pin GOTOOLCHAIN is left alone, so cmd/go does as it is told.
    if value != "go1.99.9":
        unpinned = version(machine.run("go", "version", cwd=project, GOENV=str(goenv)))
        assert unpinned == ("1.22.4" if value.startswith("go1.22.4") else "1.21.6")
    pin(project, "1.21.6")
    assert version(machine.run("go", "version", cwd=project, GOENV=str(goenv))) == "1.21.6"
    assert machine.run("go", "run", ".", cwd=project, GOENV=str(goenv)) == "go1.21.6\n"
    # A shim of one version is that one, too.
    assert version(machine.run("go1.22.4", "version", cwd=project, GOENV=str(goenv))) == "1.22.4"


def test_toolchain_lines(machine: Machine, project: Path) -> None:
    floor(project, "go 1.21", "toolchain go1.22.4")
    assert version(machine.run("go", "version", cwd=project)) == "1.22.4"
    floor(project, "go 1.21", "toolchain default")
    assert version(machine.run("go", "version", cwd=project)) == "1.21.6"
    floor(project, "go 1.21", "toolchain go1.21.1")
    assert version(machine.run("go", "version", cwd=project)) == "1.21.6"
    floor(project, "go 1.21", "toolchain go1.22.4")
    pin(project, "1.21.6")
    assert version(machine.run("go", "version", cwd=project)) == "1.21.6"


def test_a_pin_below_the_floor_is_obeyed_and_go_refuses(machine: Machine, project: Path) -> None:
    floor(project, "go 1.22")
    pin(project, "1.21.6")
    said = machine.run("go", "list", "-m", cwd=project, status=1)
    assert said == "go: go.mod requires go >= 1.22 (running go 1.21.6; GOTOOLCHAIN=local)\n"


def test_a_workspace_decides_alone(machine: Machine, project: Path) -> None:
    inner = project / "inner"
    inner.mkdir()
    (inner / "go.mod").write_text("module example.com/inner\n\ngo 1.22\n")
    (project / "go.mod").unlink()
    (project / "go.work").write_text("go 1.21\n\nuse ./inner\n")
    assert version(machine.run("go", "version", cwd=inner)) == "1.21.6"
    said = machine.run("go", "list", "-m", cwd=inner, status=1)
    assert "listed in go.work file requires go >= 1.22, but go.work lists go 1.21" in said
    for env in ({"GOWORK": "off"}, {"GOWORK": str(project / "gone")}):
        assert version(machine.run("go", "version", cwd=inner, status=0, **env)) == "1.22.4"
    assert machine.run("go", "list", "-m", cwd=inner, GOWORK="off") == "example.com/inner\n"
    elsewhere = project / "other.work"
    elsewhere.write_text("go 1.22\n\nuse ./inner\n")
    assert version(machine.run("go", "version", cwd=inner, GOWORK=str(elsewhere))) == "1.22.4"
    assert machine.run("go", "list", "-m", cwd=inner, GOWORK=str(elsewhere)) == "example.com/inner\n"


def test_a_workspace_that_go_env_w_names_is_gos_own_affair(machine: Machine, project: Path, tmp_path: Path) -> None:
    """A shim does not read Go's file at each call. cmd/go does, and switches up by itself to what that asks for."""
    other = tmp_path / "elsewhere" / "go.work"
    other.parent.mkdir()
    other.write_text(f"go 1.22.4\n\nuse {project}\n")
    goenv = tmp_path / "go-env"
    goenv.write_text(f"GOWORK={other}\n")
    floor(project, "go 1.21")
    assert machine.run("goswitch", "current", cwd=project).startswith("go1.21.6 ")
    assert version(machine.run("go", "version", cwd=project, GOENV=str(goenv), GOTOOLCHAIN="path")) == "1.22.4"
    assert machine.run("go", "run", ".", cwd=project, GOENV=str(goenv)) == "go1.22.4\n"


def test_c_moves_before_anything_is_looked_for(machine: Machine, project: Path) -> None:
    pin(project, "1.21.6")
    other = project / "other"
    other.mkdir()
    pin(other, "1.22.4")
    (other / "go.mod").write_text("module example.com/other\n\ngo 1.22\n")
    (other / "main.go").write_text((project / "main.go").read_text())
    assert version(machine.run("go", "-C", "other", "version", cwd=project)) == "1.22.4"
    assert machine.run("go", "run", "-C", "other", ".", cwd=project) == "go1.22.4\n"
    assert machine.run("go", "-C=other", "list", "-m", cwd=project) == "example.com/other\n"


def test_a_request_for_one_call(machine: Machine, project: Path) -> None:
    pin(project, "1.22.4")
    (project / "main_test.go").write_text(
        'package main\n\nimport (\n\t"runtime"\n\t"testing"\n)\n\n'
        "func TestVersion(t *testing.T) { t.Log(runtime.Version()) }\n"
    )
    said = machine.run("go", "+1.21", "test", "-v", "./...", cwd=project)
    assert "go1.21.6" in said
    (project / "odd.go").write_text("package main\nvar  x = 1\n")
    assert machine.run("gofmt", "+stable", "-l", ".", cwd=project) == "odd.go\n"
    assert machine.run("gofmt", "+1.19", "-l", ".", cwd=project) == "odd.go\n"


def test_goflags_are_the_users(machine: Machine, project: Path) -> None:
    pin(project, "1.22.4")
    assert machine.run("go", "run", ".", cwd=project, GOFLAGS="-mod=mod -buildvcs=false") == "go1.22.4\n"
    (project / "alt.mod").write_text("module example.com/m\n\ngo 1.99\n")
    said = machine.run("go", "list", "-m", cwd=project, status=1, GOFLAGS="-modfile=alt.mod")
    assert "requires go >= 1.99 (running go 1.22.4; GOTOOLCHAIN=local)" in said


@pytest.mark.parametrize("bound", ["pin", "floor"])
@pytest.mark.parametrize("wrong", ["", "/nonexistent", "{ROOT}/go1.22.4"])
def test_the_children_of_go_see_the_bound_sdk(machine: Machine, project: Path, bound: str, wrong: str) -> None:
    for name, text in CHILDREN.items():
        (project / name).write_text(text)
    floor(project, "go 1.21.3")
    if bound == "pin":
        pin(project, "1.21.6")
    env = {"GOROOT": wrong.replace("{ROOT}", str(machine.root))}
    expected = ["1.21.6", f"{machine.root}/go1.21.6"]

    def seen(lines: list[str]) -> list[str]:
        return [version(lines[0]), lines[1]]

    machine.run("go", "generate", ".", cwd=project, status=0, **env)
    assert seen((project / "generated").read_text().splitlines()) == expected
    assert seen(machine.run("go", "run", ".", cwd=project, status=0, **env).splitlines()) == expected
    assert (
        seen(machine.run("go", "test", "-count=1", "-v", ".", cwd=project, status=0, **env).splitlines()[1:])
        == expected
    )
    assert machine.run("go", "tool", "compile", "-V", cwd=project, status=0, **env) == "compile version go1.21.6\n"
