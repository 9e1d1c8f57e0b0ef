"""`current --explain` to its end: what cmd/go does itself, and what `go version` really says there."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine


def explain(machine: Machine, project: Path, toolchain: str = "") -> str:
    return machine.run("goswitch", "current", "--explain", cwd=project, GOTOOLCHAIN=toolchain)


def test_a_pin_stays(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.22.4\n")
    out = explain(machine, project)
    assert "  GOTOOLCHAIN  local, from the environment\n" in out
    assert f"  reads        {project}/go.mod: go 1.19 (line 3)\n" in out
    assert "  decides      to stay what it is\n" in out
    assert out.endswith("\ncompiles with go1.22.4: go version, run here, says so\n")


def test_a_switch_is_followed_to_where_it_ends(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.21.6\n")
    (project / "go.mod").write_text("module example.com/m\n\ngo 1.21\n\ntoolchain go1.22.4\n")
    out = explain(machine, project, "auto")
    assert f"  decides      to become go1.22.4 (the toolchain line, {project}/go.mod:5)\n" in out
    assert f"  finds it     on PATH: {machine.shims}/go1.22.4\n" in out
    assert out.endswith("\ncompiles with go1.22.4: go version, run here, says so\n")
    assert machine.run("go", "version", cwd=project, GOTOOLCHAIN="auto").startswith("go version go1.22.4 ")


def test_what_would_be_downloaded_is_not_run(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.22.4\n")
    (project / "go.mod").write_text("module example.com/m\n\ngo 1.30.1\n")
    out = explain(machine, project, "auto")
    assert "  finds it     nowhere here: it would download it\n" in out
    assert out.endswith("\ncompiles with go1.30.1\n")


def test_what_go_refuses_is_said_in_its_words(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.21.6\n")
    (project / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    out = explain(machine, project)
    words = "go: go.mod requires go >= 1.22 (running go 1.21.6; GOTOOLCHAIN=local)"
    assert f"  refuses      {words}\n" in out
    assert out.endswith("\nnothing compiles here; go version is go1.21.6\n")
    assert machine.run("go", "build", ".", cwd=project, status=1).strip() == words


def test_an_sdk_that_is_another_than_it_says_is_a_finding(machine: Machine, project: Path) -> None:
    fake = machine.root / "go1.20.1"
    real = machine.root / "go1.22.4"
    try:
        (fake / "bin").mkdir(parents=True)
        for name in ("pkg", "src", "go.env"):
            (fake / name).symlink_to(real / name)
        shutil.copy2(real / "bin/go", fake / "bin/go")
        (fake / "VERSION").write_text("go1.20.1\n")
        (fake / ".unpacked-success").touch()
        (project / ".go-version").write_text("1.20.1\n")
        out = machine.try_to_run("goswitch", "current", "--explain", cwd=project)
        assert "compiles with go1.22.4\n" in out
        assert "warning: go version says go1.22.4 here, but by the rules it is go1.20.1" in out
        assert "help: goswitch repair 1.20.1" in out
        answer = json.loads(machine.try_to_run("goswitch", "doctor", "bindings", "--json", cwd=project))
    finally:
        shutil.rmtree(fake)
    assert [finding["id"] for finding in answer["findings"]] == ["version-differs"]


def test_an_sdk_that_says_nothing_is_a_finding(machine: Machine, project: Path) -> None:
    fake = machine.root / "go1.20.2"
    try:
        (fake / "bin").mkdir(parents=True)
        (fake / "bin/go").write_text("#!/bin/sh\necho broken >&2\nexit 3\n")
        (fake / "bin/go").chmod(0o755)
        (fake / "VERSION").write_text("go1.20.2\n")
        (fake / ".unpacked-success").touch()
        (project / ".go-version").write_text("1.20.2\n")
        said = machine.try_to_run("goswitch", "doctor", "bindings", cwd=project)
    finally:
        shutil.rmtree(fake)
    assert "[no-version]" in said
    assert "it says: broken" in said


def test_a_clean_machine_has_no_finding(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.22.4\n")
    # Nothing is cached: where a list of releases is known, these SDKs are no longer supported.
    path, nothing = f"{machine.shims}:{machine.bin}:/usr/bin:/bin", str(project / "no")
    out = machine.run("goswitch", "doctor", cwd=project, PATH=path, GOFLAGS="", XDG_CACHE_HOME=nothing)
    assert out.startswith("bound here: go1.22.4 (set by")
    assert "help:" not in out
