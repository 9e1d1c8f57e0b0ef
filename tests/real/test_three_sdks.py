"""The main job on real SDKs: in each folder `go`, `make` and scripts run exactly the one that it is bound to."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY
from machine import VERSIONS
from shells import require

if TYPE_CHECKING:
    from pathlib import Path

    from machine import Machine

SHELLS = {"sh": ["sh"], "bash": ["bash", "--norc"], "zsh": ["zsh", "-f"], "fish": ["fish", "--no-config"]}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("shell", SHELLS)
def test_version_env_build_and_run_through_the_shims(machine: Machine, project: Path, shell: str, version: str) -> None:
    require(shell)
    (project / ".go-version").write_text(f"{version}\n")
    script = "go version && go env GOROOT && go build -o app . && ./app && go run . && gofmt -l ."
    lines = machine.run(*SHELLS[shell], "-c", script, cwd=project).splitlines()
    assert lines[0].startswith(f"go version go{version} ")
    assert lines[1:] == [f"{machine.root}/go{version}", f"go{version}", f"go{version}"]


def test_a_pinned_project_keeps_its_sdk_whatever_go_env_w_says(machine: Machine, project: Path, tmp_path: Path) -> None:
    goenv = tmp_path / "go-env"
    goenv.write_text("GOTOOLCHAIN=go1.22.4\n")
    (project / ".go-version").write_text("1.21.6\n")
    assert "go1.21.6 " in machine.run("go", "version", cwd=project, GOENV=str(goenv))


def test_a_wrong_goroot_is_overridden(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.21.6\n")
    for wrong in ("/nonexistent", f"{machine.root}/go1.22.4"):
        assert machine.run("go", "run", ".", cwd=project, GOROOT=wrong) == "go1.21.6\n"


def test_a_nonsense_gotoolchain_is_the_users_and_go_says_so(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.21.6\n")
    assert 'invalid GOTOOLCHAIN "nonsense"' in machine.run(
        "go", "version", cwd=project, status=1, GOTOOLCHAIN="nonsense"
    )


def test_the_floor_of_go_mod(machine: Machine, project: Path) -> None:
    for floor, bound in {"1.19": "1.19.13", "1.21.3": "1.21.6", "1.20": "1.21.6", "1.22": "1.22.4"}.items():
        (project / "go.mod").write_text(f"module example.com/m\n\ngo {floor}\n")
        assert machine.run("go", "run", ".", cwd=project) == f"go{bound}\n"


def test_version_named_shims_are_exactly_that_sdk(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.19.13\n")
    for version in VERSIONS:
        assert f" go{version} " in machine.run(f"go{version}", "version", cwd=project)


def test_cmd_go_finds_a_toolchain_that_only_goswitch_has(machine: Machine, project: Path) -> None:
    (project / "go.mod").write_text("module example.com/m\n\ngo 1.22.4\n")
    real = f"{machine.root}/go1.21.6/bin/go"
    assert " go1.22.4 " in machine.run(real, "version", cwd=project, GOTOOLCHAIN="path")
    assert machine.run(real, "run", ".", cwd=project, GOTOOLCHAIN="path") == "go1.22.4\n"
    nowhere = machine.run(real, "version", cwd=project, status=1, GOTOOLCHAIN="path", PATH="/usr/bin:/bin")
    assert 'cannot find "go1.22.4" in PATH' in nowhere


def test_a_linked_sdk(machine: Machine, project: Path, tmp_path: Path) -> None:
    built = tmp_path / "my own go"
    shutil.copytree(machine.root / "go1.22.4", built)
    machine.run("goswitch", "link", "go-mine", str(built), cwd=project)
    (project / ".go-version").write_text("go-mine\n")
    assert machine.run("go", "env", "GOROOT", cwd=project) == f"{machine.root}/go-mine\n"
    assert machine.run("go", "run", ".", cwd=project) == "go1.22.4\n"
    machine.run("goswitch", "uninstall", "go-mine", cwd=project)
    assert (built / "bin/go").exists()


def test_exec_holds_for_everything_below_it(machine: Machine, project: Path) -> None:
    (project / ".go-version").write_text("1.22.4\n")
    out = machine.run("goswitch", "exec", "1.21.6", "--", "sh", "-c", "go run . && cd / && go version", cwd=project)
    assert out.startswith("go1.21.6\ngo version go1.21.6 ")


def makefiles() -> list[str]:
    """Return the Makefiles of the README, as they stand there."""
    found = re.findall(r"```make\n(.*?)```", (REPOSITORY / "README.md").read_text(), re.DOTALL)
    assert len(found) == 2
    return found


@pytest.mark.parametrize("which", [0, 1])
def test_the_makefiles_of_the_readme(machine: Machine, project: Path, which: int) -> None:
    (project / "Makefile").write_text(makefiles()[which])
    for version in VERSIONS:
        (project / ".go-version").write_text(f"{version}\n")
        machine.run("make", "--always-make", "app", cwd=project)
        assert machine.run("./app", cwd=project) == f"go{version}\n"


def test_make_stops_where_goswitch_root_fails(machine: Machine, project: Path) -> None:
    (project / "Makefile").write_text(makefiles()[1])
    (project / ".go-version").write_text("1.22.5\n")
    said = machine.run("make", "app", cwd=project, status=2)
    assert "help: goswitch install 1.22.5" in said
    assert "no Go SDK for this folder" in said
    assert not (project / "app").exists()


def test_installing_again_says_so_and_asks_nobody(machine: Machine, project: Path) -> None:
    nobody = "https://127.0.0.1:9/"
    machine.run("goswitch", "install", "1.22.4", cwd=project, GOPROXY=nobody, GOSWITCH_OFFICIAL_URL=nobody)
    machine.run("goswitch", "install", "1.22.4", cwd=project, GOSWITCH_OFFLINE="1")
    assert "offline is true (GOSWITCH_OFFLINE)" in machine.run(
        "goswitch", "install", "1.22.5", cwd=project, status=5, GOSWITCH_OFFLINE="1"
    )


def test_what_the_installer_left_is_what_go_dev_publishes(machine: Machine) -> None:
    for version in VERSIONS:
        sdk = machine.root / f"go{version}"
        assert (sdk / ".unpacked-success").read_bytes() == b""
        assert machine.run("sha256sum", "--check", "--quiet", ".goswitch/files.sha256", cwd=sdk) == ""
    assert [path.name for path in (machine.root / ".goswitch/staging").iterdir()] == []


def test_available_lists_newest_first(machine: Machine, project: Path) -> None:
    rows = machine.run("goswitch", "available", "1.22", cwd=project).splitlines()
    assert len(rows) > 3
    assert all(row.startswith("1.22.") for row in rows)
    numbers = [int(row.split()[0].split(".")[2]) for row in rows]
    assert numbers == sorted(numbers, reverse=True)


def test_a_version_that_does_not_exist_suggests_near_ones(machine: Machine, project: Path) -> None:
    machine.run("goswitch", "available", cwd=project)
    said = machine.run("goswitch", "install", "1.22.99", cwd=project, status=4)
    assert re.search(r"help: goswitch install 1\.22\.\d+, or 1\.22\.\d+", said)
    assert not (machine.root / "go1.22.99").exists()
