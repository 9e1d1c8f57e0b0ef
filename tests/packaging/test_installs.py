"""pip, an editable install, pipx and uv each give a working goswitch: the front, its Python sibling, the shims."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from box import REPOSITORY, make_sdk

if TYPE_CHECKING:
    from collections.abc import Mapping

TOOLS = Path(sys.executable).parent


def run(*words: str | Path, cwd: Path, env: Mapping[str, str], status: int = 0) -> str:
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == status, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of what git would check out, so that no build leaves anything in the checkout."""
    copy = tmp_path / "source"
    for name in ("goswitch", "shims"):
        shutil.copytree(REPOSITORY / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, copy / name)
    return copy


def installed(way: str, source: Path, base: Path, env: dict[str, str]) -> Path:
    """Install from `source` and return the folder that has the commands."""
    if way in {"pip", "editable"}:
        venv = base / "venv"
        run(sys.executable, "-m", "venv", venv, cwd=base, env=env)
        options = ["--editable"] if way == "editable" else []
        run(venv / "bin/python", "-m", "pip", "install", "--quiet", *options, source, cwd=base, env=env)
        return venv / "bin"
    tools = base / "tools"
    env |= {"PIPX_HOME": str(base / "pipx"), "PIPX_BIN_DIR": str(tools), "UV_TOOL_BIN_DIR": str(tools)}
    env |= {"UV_TOOL_DIR": str(base / "uv"), "UV_CACHE_DIR": str(base / "uv-cache"), "UV_PYTHON": sys.executable}
    if way == "pipx":
        run(TOOLS / "pipx", "install", "--python", sys.executable, source, cwd=base, env=env)
    else:
        run(TOOLS / "uv", "tool", "install", source, cwd=base, env=env)
    return tools


@pytest.mark.parametrize("way", ["pip", "editable", "pipx", "uv"])
def test_each_way_gives_a_working_goswitch(way: str, source: Path, tmp_path: Path) -> None:
    base = tmp_path / "it's a base"  # a path with a quote and a blank, as homes have
    base.mkdir()
    settings = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_", "HTTP"))}
    env = {**settings, "HOME": str(base / "home"), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    (base / "home").mkdir()
    if (Path.home() / ".config/pip/pip.conf").exists():
        env.setdefault("PIP_CONFIG_FILE", str(Path.home() / ".config/pip/pip.conf"))
    commands = installed(way, source, base, env)
    make_sdk(base / "home/sdk/go1.22.4")
    project = base / "project"
    project.mkdir()
    (project / ".go-version").write_text("1.22.4\n")
    front = commands / "goswitch"
    assert front.read_bytes().startswith(b"#!/bin/sh\n")
    assert run(front, "root", cwd=project, env=env) == f"{base}/home/sdk/go1.22.4\n"
    assert run(front, "--version", cwd=project, env=env).startswith("goswitch, version ")
    run(front, "rehash", cwd=project, env=env)
    shim = base / "home/.local/share/goswitch/shims/go"
    assert run(shim, "x y", cwd=project, env=env).splitlines()[1] == "argument x y"
    by_path = {**env, "PATH": f"{commands}:{env['PATH']}"}
    assert "hook" in run("goswitch", "init", "bash", cwd=project, env=by_path)


def test_the_wheel_holds_just_the_package_the_shell_files_and_the_commands(source: Path, tmp_path: Path) -> None:
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        tmp_path,
        source,
        cwd=tmp_path,
        env=os.environ,
    )
    [wheel] = tmp_path.glob("*.whl")
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {str(path.relative_to(source)) for path in (source / "goswitch").rglob("*") if path.is_file()}
    shims = {f"goswitch/_shims/{path.name}" for path in (source / "shims").iterdir()}
    [scripts] = {name.split("/")[0] for name in names if ".data/" in name}
    assert names == package | shims | {f"{scripts}/scripts/goswitch"}


def test_an_sdist_builds_the_same_wheel(source: Path, tmp_path: Path) -> None:
    run(TOOLS / "uv", "build", "--sdist", "--out-dir", tmp_path / "out", source, cwd=tmp_path, env=os.environ)
    [sdist] = (tmp_path / "out").glob("*.tar.gz")
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        tmp_path,
        sdist,
        cwd=tmp_path,
        env=os.environ,
    )
    [wheel] = tmp_path.glob("*.whl")
    assert any(name.endswith("/scripts/goswitch") for name in zipfile.ZipFile(wheel).namelist())


def test_importing_the_command_line_loads_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    heavy = ("httpx", "tqdm", "cryptography", "isal", "deflate", "tomlkit", "filelock", "packaging", "ssl")
    script = f"import sys, goswitch.cli.main; print(sorted(set({heavy!r}) & set(sys.modules)))"
    assert run(sys.executable, "-c", script, cwd=tmp_path, env={"PYTHONPATH": str(REPOSITORY)}) == "[]\n"


def test_looking_loads_none_of_them_either(box_with_sdk: tuple[Path, dict[str, str]]) -> None:
    project, env = box_with_sdk
    heavy = ("httpx", "tqdm", "cryptography", "isal", "deflate", "tomlkit", "ssl")
    for verb in ("root", "which", "current", "list"):
        script = (
            f"import sys; from goswitch.cli.main import run; from goswitch.cli.console import Console\n"
            f"status = run([{verb!r}], Console(sys.stderr, sys.stderr))\n"
            f"print(status, sorted(set({heavy!r}) & set(sys.modules)))"
        )
        assert run(sys.executable, "-c", script, cwd=project, env=env) == "0 []\n", verb


@pytest.fixture
def box_with_sdk(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    make_sdk(tmp_path / "sdk/go1.22.4")
    (tmp_path / ".go-version").write_text("1.22.4\n")
    return tmp_path, {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(REPOSITORY)}
