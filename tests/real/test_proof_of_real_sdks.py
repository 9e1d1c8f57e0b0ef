"""Real SDKs held against Go's own checksum database, whoever installed them, and shared with golang.org/dl."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from machine import VERSIONS
from sdks import H1, host

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine


def verified(machine: Machine, cwd: Path, *words: str, status: int = 0) -> tuple[dict[str, Any], str]:
    """Run `goswitch verify` twice: return its JSON for the one SDK, and what the plain form says."""
    said = machine.run("goswitch", "verify", *words, cwd=cwd, status=status)
    out = machine.run("sh", "-c", 'goswitch verify --json "$@" || :', "sh", *words, cwd=cwd)
    (row,) = json.loads(out)["sdks"]
    return row, said


NOT_PUBLISHED = shutil.ignore_patterns(".goswitch", ".unpacked-success")


@pytest.mark.parametrize("version", VERSIONS)
def test_what_goswitch_installed_is_what_gos_log_states(version: str, machine: Machine, project: Path) -> None:
    row, _ = verified(machine, project, "--log", version)
    assert row["status"] == "holds"
    assert row["log"]["by"] == "sum.golang.org"
    expected = H1.get((version, str(host())))
    if expected is not None:
        assert row["log"]["found"] == row["log"]["stated"] == expected


def test_an_official_distribution_that_somebody_else_installed(machine: Machine, tmp_path: Path) -> None:
    """As go.dev packs it, with four folders more and no word of goswitch: whole, with one setting, damaged."""
    tree = tmp_path / "usr/local/go"
    shutil.copytree(machine.root / "go1.22.4", tree, ignore=NOT_PUBLISHED)
    for name in ("api/go1.txt", "doc/go_spec.html", "misc/go.mod", "test/a.go"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text("x")
    row, said = verified(machine, tmp_path, "--log", str(tree))
    assert row["status"] == "holds"
    assert row["log"]["not_proven"] == ["api", "doc", "misc", "test"]
    assert "its hash h1:" in said

    text = (tree / "go.env").read_text()
    (tree / "go.env").write_text(text.replace("GOTOOLCHAIN=auto", "GOTOOLCHAIN=local"))
    assert (tree / "go.env").read_text() != text
    row, said = verified(machine, tree.parent, "--log", "./go", status=6)
    assert row["log"]["only"] == "GOTOOLCHAIN=local in go.env"
    assert said == f"goswitch: {tree} differs from what Go published in one setting: GOTOOLCHAIN=local in go.env\n"

    (tree / "src/fmt/print.go").write_text("package fmt\n")
    (tree / "src/fmt/more.go").write_text("package fmt\n")
    (tree / "src/go.mod").unlink()
    row, _ = verified(machine, tmp_path, "--log", str(tree), status=6)
    found = row["log"]["differences"]
    assert found["changed"] == ["go.env", "src/fmt/print.go"]
    assert found["missing"] == ["src/go.mod"]
    assert found["extra"] == found["breaks_builds"] == ["src/fmt/more.go"]


def test_a_file_too_many_breaks_builds_and_repair_mends_them(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.21.6\n")
    extra = machine.root / "go1.21.6/src/fmt/zz_extra.go"
    extra.write_text("package fmt\n\nfunc Println() {}\n")
    try:
        error = machine.run("goswitch", "verify", cwd=project, status=6)
        assert "goswitch repair go1.21.6" in error
        assert "redeclared" in machine.run("go", "build", "-o", "app", ".", cwd=project, status=1)
    finally:
        machine.run("goswitch", "repair", "1.21", cwd=project)
    assert not extra.exists()
    machine.run("goswitch", "verify", cwd=project)
    assert machine.run("go", "run", ".", cwd=project) == "go1.21.6\n"
    assert [path.name for path in (machine.root / ".goswitch/staging").iterdir()] == []


def test_a_build_goes_on_while_its_sdk_is_repaired(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.22.4\n")
    before = (machine.root / "go1.22.4/bin/go").stat().st_ino
    build = subprocess.Popen(
        ["go", "build", "-a", "-o", "app", "."],
        cwd=project,
        env={**machine.env, "PWD": str(project)},
        stderr=subprocess.PIPE,
        text=True,
    )
    machine.run("goswitch", "repair", "1.22.4", cwd=project)
    _, said = build.communicate(timeout=240)
    assert build.returncode == 0, said
    assert machine.run("./app", cwd=project) == "go1.22.4\n"
    assert (machine.root / "go1.22.4/bin/go").stat().st_ino != before, "it was another one"


def test_golang_org_dl_runs_what_goswitch_installed_and_goswitch_what_it_marked(
    machine: Machine, project: Path, tmp_path: Path
) -> None:
    """The wrapper is built by a real SDK from the module proxy; both go by the same folder and the same marker."""
    programs = tmp_path / "programs"
    (project / ".go-version").write_text("1.22.4\n")
    machine.run("go", "install", "golang.org/dl/go1.22.4@latest", cwd=project, GOBIN=str(programs), GOFLAGS="-mod=mod")
    wrapper = str(programs / "go1.22.4")
    assert machine.run(wrapper, "version", cwd=project).startswith("go version go1.22.4 ")
    assert machine.run(wrapper, "run", ".", cwd=project) == "go1.22.4\n"
    assert machine.run(wrapper, "env", "GOROOT", cwd=project) == f"{machine.root}/go1.22.4\n"

    home = tmp_path / "home"
    theirs = home / "sdk/go1.22.4"
    shutil.copytree(machine.root / "go1.22.4", theirs, ignore=NOT_PUBLISHED, copy_function=os.link)
    (theirs / "go1.22.4.linux-amd64.tar.gz").write_bytes(b"the archive that its download leaves there")
    assert "not downloaded" in machine.run(wrapper, "version", cwd=project, status=1, HOME=str(home))
    assert "1.22.4" in machine.run("goswitch", "current", cwd=project, status=126, HOME=str(home))
    (theirs / ".unpacked-success").touch()
    assert machine.run(wrapper, "version", cwd=project, HOME=str(home)).startswith("go version go1.22.4 ")
    assert (
        machine.run("goswitch", "exec", "1.22.4", "--", "go", "run", ".", cwd=project, HOME=str(home)) == "go1.22.4\n"
    )
    assert "goswitch verify --log" in machine.run("goswitch", "verify", cwd=project, status=1, HOME=str(home))
    machine.run("goswitch", "verify", "--log", "1.22.4", cwd=project, HOME=str(home))
    machine.run("goswitch", "uninstall", "1.22.4", cwd=project, HOME=str(home))
    assert "not downloaded" in machine.run(wrapper, "version", cwd=project, status=1, HOME=str(home))
