"""What real programs say of themselves, held against what Go's own `go version` says of them.

Go 1.16 writes its build info by pointers, in the byte order and width of the target; Go 1.18 and later inline.
"""

from __future__ import annotations

import base64
import subprocess
from typing import TYPE_CHECKING

import pytest
from box import clean_environment
from sdks import host, real_sdk

from goswitch.system.binary import Binary, inspect

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = {
    "linux/s390x": Binary("elf", "s390x"),
    "windows/386": Binary("pe", "386", system="windows"),
    "darwin/arm64": Binary("macho", "arm64", system="darwin"),
}
PROGRAMS = ["bin/go", "bin/gofmt", *(f"pkg/tool/{host().tool_directory}/{name}" for name in ("compile", "link", "vet"))]


def go_says(program: Path) -> str:
    go = real_sdk("1.22.4") / "bin/go"
    env = clean_environment(GOTOOLCHAIN="local")
    done = subprocess.run([go, "version", program], env=env, capture_output=True, text=True, check=True)
    return done.stdout.removeprefix(f"{program}: ").strip()


@pytest.mark.parametrize("version", ["1.16.15", "1.19.13", "1.22.4"])
def test_the_programs_of_an_sdk_say_which_it_is(version: str) -> None:
    for name in PROGRAMS:
        program = real_sdk(version) / name
        told = inspect(program)
        assert (told.version, told.whole) == (f"go{version}", True), name
        assert told.version == go_says(program)
        assert told.runs_on(host().goos, host().goarch)


def test_programs_before_1_13_say_nothing() -> None:
    told = inspect(real_sdk("1.5.4") / "bin/go")
    assert (told.version, told.runs_on(host().goos, host().goarch)) == (None, True)


@pytest.mark.parametrize("target", TARGETS)
def test_a_program_for_another_machine_by_an_old_go(target: str, tmp_path: Path) -> None:
    (tmp_path / "main.go").write_text("package main\n\nfunc main() {}\n")
    goos, _, goarch = target.partition("/")
    sdk = real_sdk("1.16.15")
    env = clean_environment(HOME=str(tmp_path), GOOS=goos, GOARCH=goarch, CGO_ENABLED="0", GOCACHE=str(tmp_path / "c"))
    subprocess.run([sdk / "bin/go", "build", "-o", "x", "main.go"], cwd=tmp_path, env=env, check=True)
    told = inspect(tmp_path / "x")
    expected = TARGETS[target]
    assert (told.container, told.goarch, told.system) == (expected.container, expected.goarch, expected.system)
    assert told.version == go_says(tmp_path / "x") == "go1.16.15"


def test_any_beginning_of_a_program_is_known_as_cut_off(tmp_path: Path) -> None:
    whole = (real_sdk("1.16.15") / "bin/gofmt").read_bytes()
    for length in (1, 4, 16, 20, 63, 64, 65, 200, 4096, len(whole) // 2, len(whole) - len(whole) // 3):
        (tmp_path / "x").write_bytes(whole[:length])
        told = inspect(tmp_path / "x")
        assert told.container in {None, "elf", "macho"}
        assert not (told.whole and told.goarch), length


def test_the_fat_program_that_go_tests_with(tmp_path: Path) -> None:
    data = real_sdk("1.22.4") / "src/debug/macho/testdata/fat-gcc-386-amd64-darwin-exec.base64"
    (tmp_path / "x").write_bytes(base64.b64decode(data.read_text()))
    told = inspect(tmp_path / "x")
    assert (told.container, told.goarch, told.others, told.whole) == ("macho", "386", ("amd64",), True)
