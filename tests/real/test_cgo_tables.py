"""What we read out of an SDK's source about cgo, against what its own cmd/go says."""

from __future__ import annotations

import os
import random
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from sdks import real_sdk

from goswitch.model.cgo_tables import BUILD_MODES, AllowList, default_cc, mode_supported, platforms
from goswitch.model.gosource import NotUnderstood, call

if TYPE_CHECKING:
    from pathlib import Path

VERSIONS = ("1.19.13", "1.22.4")


def go(version: str, *words: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {
        "HOME": str(cwd),
        "PATH": os.environ["PATH"],
        "GOTOOLCHAIN": "local",
        "GOENV": "off",
        "GOFLAGS": "-mod=mod",
    }
    return subprocess.run(
        [real_sdk(version) / "bin/go", *words],
        cwd=cwd, env={**clean, **env}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def source(version: str, *names: str) -> str:
    return next(path.read_text() for path in (real_sdk(version) / "src" / name for name in names) if path.exists())


@pytest.fixture
def module(tmp_path: Path) -> Path:
    (tmp_path / "go.mod").write_text("module m\n\ngo 1.19\n")
    (tmp_path / "m.go").write_text("package main\n\nfunc main() {}\n")
    return tmp_path


@pytest.mark.parametrize("version", VERSIONS)
def test_build_modes_by_platform(version: str, module: Path) -> None:
    supported = source(version, "internal/platform/supported.go", "cmd/internal/sys/supported.go")
    every = [tuple(row.split("/")) for row in go(version, "tool", "dist", "list", cwd=module).stdout.split()]
    cases = [(mode, *platform) for mode in BUILD_MODES for platform in every]
    fixed = [(mode, *it) for mode in ("c-shared", "plugin", "pie") for it in (("linux", "amd64"), ("windows", "amd64"))]
    for mode, goos, goarch in [*random.Random(version).sample(cases, 25), *fixed]:
        if mode == "shared":
            continue  # needs an installed standard library before its platform is asked
        said = go(version, "list", f"-buildmode={mode}", ".", cwd=module, GOOS=goos, GOARCH=goarch)
        expected = f"-buildmode={mode} not supported on {goos}/{goarch}" not in said.stderr
        assert mode_supported(supported, mode, goos, goarch) is expected, (mode, goos, goarch, said.stderr)


@pytest.mark.parametrize("version", VERSIONS)
def test_default_compilers_and_platforms(version: str, module: Path) -> None:
    compilers = source(version, "cmd/go/internal/cfg/zdefaultcc.go")
    known = platforms(source(version, "internal/platform/zosarch.go", "go/build/zcgo.go"))
    rows = go(version, "tool", "dist", "list", "-json", cwd=module).stdout
    assert {key for key, cgo in known.items() if cgo} >= {("linux", "amd64"), ("windows", "amd64"), ("darwin", "arm64")}
    for goos, goarch in (("linux", "amd64"), ("linux", "arm64"), ("darwin", "arm64"), ("freebsd", "amd64")):
        assert f'"GOOS": "{goos}"' in rows
        said = go(version, "env", "CC", cwd=module, GOOS=goos, GOARCH=goarch).stdout.strip()
        assert default_cc(compilers, goos, goarch) == said


FLAGS = [
    ["-O2"], ["-fplugin=x.so"], ["-DX=1"], ["-DX=@y"], ["-D", "X"], ["-D", "-X"], ["-D"], ["-isystem", "@x"],
    ["-I/usr/include"],
    ["-Wa,-foo"], ["-Wall"], ["-fsanitize=address"], ["-march=native"], ["--sysroot=/x"], ["--sysroot", "/x"], ["-B/x"],
    ["-specs=x"], ["-fno-lto"], ["-g3"], ["-std=c99"], ["@file"], ["-O2", "-wrapper", "x"], ["-include", "x.h"],
]  # fmt: skip


def test_flags_that_a_cgo_line_may_have(module: Path) -> None:
    for number, flags in enumerate(FLAGS):
        folder = module / f"p{number}"
        folder.mkdir()
        (folder / "p.go").write_text(
            f'package p\n\n// #cgo CFLAGS: {" ".join(flags)}\n// int x;\nimport "C"\n\nvar _ = C.x\n'
        )
    # A dry run: the flags are looked at, and no compiler is asked.
    said = go("1.22.4", "build", "-n", "./...", cwd=module, CGO_ENABLED="1").stderr
    by_go = dict(re.findall(r"m/p(\d+): invalid flag in #cgo CFLAGS: (.*?)(?: \(see .*)?$", said, re.MULTILINE))
    allowed = AllowList(source("1.22.4", "cmd/go/internal/work/security.go"), "Compiler")
    ours = {str(number): refused for number, flags in enumerate(FLAGS) if (refused := allowed.refused(flags))}
    assert ours == by_go
    assert 8 < len(ours) < len(FLAGS) - 8


def test_flags_of_the_environment_are_not_refused_but_its_lists_are_obeyed(module: Path) -> None:
    (module / "m.go").write_text('package main\n\n// #cgo CFLAGS: -O2\nimport "C"\n\nfunc main() {}\n')
    assert (
        "invalid flag"
        not in go("1.22.4", "build", "-n", ".", cwd=module, CGO_ENABLED="1", CGO_CFLAGS="-fplugin=x.so").stderr
    )
    assert (
        "invalid flag in #cgo CFLAGS: -O2"
        in go("1.22.4", "build", "-n", ".", cwd=module, CGO_ENABLED="1", CGO_CFLAGS_DISALLOW="-O.*").stderr
    )
    text = source("1.22.4", "cmd/go/internal/work/security.go")
    assert AllowList(text, "Compiler", disallow="-O.*").refused(["-O2"]) == "-O2"
    assert AllowList(text, "Compiler", allow="-fplugin=.*").refused(["-fplugin=x.so"]) is None
    assert AllowList(text, "Compiler", allow="-fplugin").refused(["-fplugin=x.so"]) == "-fplugin=x.so"
    assert AllowList(text, "Compiler", allow="(").refused(["-O2"]) is None


def test_linker_flags() -> None:
    allowed = AllowList(source("1.22.4", "cmd/go/internal/work/security.go"), "Linker")
    assert allowed.refused(["-lfoo", "-L/x", "-Wl,-rpath,/x", "-Wl,-framework", "-Wl,Foo", "x.o"]) is None
    assert allowed.refused(["-lto_library"]) == "-lto_library"
    assert allowed.refused(["-Wl,-rpath,@x"]) == "-Wl,-rpath,@x"


@pytest.mark.parametrize(
    "text",
    ["", "func F(a string) bool { for {} }", "func F(a string) bool { return b }", "func F(a string) bool {", "func F"],
)
def test_other_functions_are_not_understood(text: str) -> None:
    with pytest.raises((NotUnderstood, ValueError, IndexError)):
        call(text, "F", {"a": "x"})
    assert mode_supported(text, "pie", "linux", "amd64") is None
