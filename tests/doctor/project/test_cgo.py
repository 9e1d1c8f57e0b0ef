"""What check says about cgo: each fault, and silence without it. The SDKs are real, the compilers stand-ins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sdks import real_sdk

from goswitch.doctor.check import run
from goswitch.doctor.project.cgo.build_modes import build_modes
from goswitch.doctor.project.cgo.compilers import compilers
from goswitch.doctor.project.cgo.refused_flags import refused_flags
from goswitch.doctor.project.cgo.switched_off import switched_off
from goswitch.doctor.project.cgo.sysroots import sysroots
from goswitch.doctor.project.cgo.trial import trial
from goswitch.doctor.project_facts import Asked, CgoAsked, ProjectFacts
from goswitch.model.cgo_lines import cgo_lines

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker

    from goswitch.doctor.check import Check

ALL = (build_modes, compilers, refused_flags, switched_off, sysroots, trial)


class Bench:
    """A project pinned to a real SDK, with stand-in compilers first in PATH."""

    def __init__(self, looker: Looker) -> None:
        self.looker = looker
        self.bin = looker.box.base / "bin"
        self.bin.mkdir()
        self.project = looker.box.project
        looker.box.root.mkdir(parents=True)
        (looker.box.root / "go1.22.4").symlink_to(real_sdk("1.22.4"))
        looker.box.pin("1.22.4\n")
        looker.env["PATH"] = str(self.bin)
        self.compiler("gcc", "x86_64-linux-gnu")

    def compiler(self, name: str, machine: str) -> Path:
        path = self.bin / name
        path.write_text(f"#!/bin/sh\necho {machine}\n")
        path.chmod(0o755)
        return path

    def find(self, check: Check, mode: str = "default", goos: str = "linux", goarch: str = "amd64") -> list[str]:
        facts = self.looker.facts()
        asked = Asked(cgo=CgoAsked(mode, goos, goarch))
        report = run([check], ProjectFacts(facts.world, facts.layout, asked=asked))
        assert report.unseen == ()
        self.found = report.findings
        return [it.id for it in report.findings]


@pytest.fixture
def bench(looker: Looker) -> Bench:
    return Bench(looker)


@pytest.mark.parametrize("mode", ["default", "c-shared", "c-archive", "plugin", "pie"])
def test_a_machine_with_a_compiler_is_fine(bench: Bench, mode: str) -> None:
    assert [it for check in ALL for it in bench.find(check, mode)] == []


def test_nothing_is_looked_at_unless_asked(bench: Bench) -> None:
    bench.looker.env["CC"] = "nothing"
    facts = bench.looker.facts()
    assert run(ALL, ProjectFacts(facts.world, facts.layout)).findings == ()


def test_without_a_go_it_can_not_look(looker: Looker) -> None:
    looker.env["PATH"] = "/nowhere"
    facts = looker.facts()
    report = run([build_modes], ProjectFacts(facts.world, facts.layout, asked=Asked(cgo=CgoAsked())))
    assert report.exit_code == 2
    assert report.unseen[0].reason.startswith("there is no Go here to ask about cgo: no go here")


def test_build_modes_that_the_sdk_has_not(bench: Bench) -> None:
    assert bench.find(build_modes, "plugin", goos="windows") == ["build-mode-unsupported"]
    assert '"-buildmode=plugin not supported on windows/amd64"' in bench.found[0].why
    assert bench.find(build_modes, "c-shared", goos="wasip1", goarch="wasm") == ["build-mode-unsupported"]
    assert bench.find(build_modes, goos="nope") == ["platform-unknown"]


def test_build_modes_that_need_cgo(bench: Bench) -> None:
    bench.looker.env["CGO_ENABLED"] = "0"
    for mode in ("c-shared", "c-archive", "plugin"):
        assert bench.find(build_modes, mode) == ["build-mode-needs-cgo"]
    assert bench.find(build_modes, "pie") == []
    del bench.looker.env["CGO_ENABLED"]
    assert bench.find(build_modes, "c-shared", goarch="arm64") == ["build-mode-needs-cgo"]


def test_cgo_that_is_off(bench: Bench) -> None:
    assert bench.find(switched_off, goarch="arm64") == ["cgo-off-by-cross-build"]
    bench.looker.env["CGO_ENABLED"] = "1"
    assert bench.find(switched_off, goarch="arm64") == []
    assert bench.find(switched_off, goos="js", goarch="wasm") == ["cgo-unsupported"]
    bench.looker.env["CGO_ENABLED"] = "0"
    assert bench.find(switched_off) == ["cgo-switched-off"]
    assert "CGO_ENABLED in the environment" in bench.found[0].fact
    del bench.looker.env["CGO_ENABLED"]
    env = bench.looker.box.home / ".config/go/env"
    env.parent.mkdir(parents=True)
    env.write_text("CGO_ENABLED=0\n")
    assert bench.find(switched_off) == ["cgo-switched-off"]
    assert str(env) in bench.found[0].fact


def test_no_compiler(bench: Bench) -> None:
    (bench.bin / "gcc").unlink()
    assert bench.find(switched_off) == ["cgo-off-without-compiler"]
    assert bench.find(compilers) == []
    bench.looker.env["CGO_ENABLED"] = "1"
    assert bench.find(switched_off) == []
    assert bench.find(compilers) == ["cc-missing"]


@pytest.mark.parametrize("cc", ["nogcc", "/nowhere/gcc -m64", "not-executable"])
def test_a_compiler_that_can_not_be_run(bench: Bench, cc: str) -> None:
    (bench.bin / "not-executable").write_text("#!/bin/sh\n")
    bench.looker.env["CC"] = cc
    assert bench.find(compilers) == ["cc-missing"]
    assert f'"cgo: C compiler "{cc.split(maxsplit=1)[0]}" not found"' in bench.found[0].why


@pytest.mark.parametrize(
    ("machine", "goos", "goarch", "fits"),
    [
        ("x86_64-linux-gnu", "linux", "amd64", True), ("x86_64-linux-gnu", "linux", "386", True),
        ("x86_64-linux-gnu", "linux", "arm64", False), ("aarch64-linux-gnu", "linux", "arm64", True),
        ("arm-linux-gnueabihf", "linux", "arm", True), ("x86_64-w64-mingw32", "windows", "amd64", True),
        ("x86_64-w64-mingw32", "linux", "amd64", False), ("x86_64-linux-gnu", "windows", "amd64", False),
        ("arm64-apple-darwin23.1.0", "darwin", "arm64", True), ("x86_64-alpine-linux-musl", "linux", "amd64", True),
        ("something else", "linux", "arm64", True),
    ],
)  # fmt: skip
def test_a_compiler_for_another_target(bench: Bench, machine: str, goos: str, goarch: str, fits: bool) -> None:
    bench.compiler("cross cc", machine)
    bench.looker.env |= {"CC": "'cross cc' -O2", "CGO_ENABLED": "1"}
    assert bench.find(compilers, goos=goos, goarch=goarch) == ([] if fits else ["cc-for-another-target"])


def test_cc_for_goos_goarch_is_not_read(bench: Bench) -> None:
    bench.looker.env["CC_FOR_linux_arm64"] = "aarch64-linux-gnu-gcc"
    assert bench.find(compilers, goarch="arm64") == ["cc-for-is-not-read"]
    bench.looker.env["CC"] = "aarch64-linux-gnu-gcc"
    assert "cc-for-is-not-read" not in bench.find(compilers, goarch="arm64")


@pytest.mark.parametrize(
    ("name", "value"),
    [("CGO_CFLAGS", "-O2 --sysroot={}"), ("CGO_LDFLAGS", "--sysroot {}"), ("CC", "gcc -isysroot '{}'")],
)
def test_sysroots(bench: Bench, name: str, value: str) -> None:
    root = bench.looker.box.base / "root"
    bench.looker.env[name] = value.format(root)
    assert bench.find(sysroots) == ["sysroot-missing"]
    root.mkdir()
    assert bench.find(sysroots) == ["sysroot-incomplete"]
    assert "has no headers and no C library" in bench.found[0].fact
    (root / "usr/include").mkdir(parents=True)
    (root / "usr/include/stdlib.h").touch()
    assert bench.find(sysroots) == ["sysroot-incomplete"]
    assert bench.found[0].fact.endswith("has no C library")
    (root / "usr/lib/aarch64-linux-gnu").mkdir(parents=True)
    (root / "usr/lib/aarch64-linux-gnu/libc.so.6").touch()
    assert bench.find(sysroots) == []


CGO = 'package p\n\n/*\n#cgo CFLAGS: {}\n#cgo windows LDFLAGS: @x\n*/\nimport "C"\n'


def test_flags_that_go_refuses(bench: Bench) -> None:
    file = bench.project / "p.go"
    file.write_text(CGO.format("-O2 -fplugin=x.so"))
    assert bench.find(refused_flags) == ["cgo-flag-refused"]
    assert str(bench.found[0].place) == f"{file}:4"
    assert bench.found[0].why == '"invalid flag in #cgo CFLAGS: -fplugin=x.so"'
    bench.looker.env["CGO_CFLAGS_ALLOW"] = "-fplugin=.*"
    assert bench.find(refused_flags) == []
    del bench.looker.env["CGO_CFLAGS_ALLOW"]
    file.write_text(CGO.format("-O2 -I include -DX=1 -I${SRCDIR}/y"))
    bench.looker.env["CGO_CFLAGS"] = "-fplugin=x.so"
    assert bench.find(refused_flags) == []
    file.write_text(CGO.format("-fplugin=x.so").replace('import "C"', 'import "fmt"'))
    assert bench.find(refused_flags) == []


@pytest.mark.parametrize(
    ("name", "head", "condition", "counts"),
    [
        ("a.go", "", "", True), ("a_linux.go", "", "", True), ("a_windows.go", "", "", False),
        ("a_arm64.go", "", "", False), ("a_linux_amd64.go", "", "", True), ("linux.go", "", "", True),
        ("a.go", "//go:build linux && amd64\n\n", "", True),
        ("a.go", "//go:build !linux || (windows && cgo)\n\n", "", False), ("a.go", "//go:build mytag\n\n", "", False),
        ("a.go", "//go:build unix\n\n", "", True), ("a.go", "", "linux ", True),
        ("a.go", "", "windows,amd64 darwin ", False),
        ("a.go", "", "!windows ", True), ("a.go", "", "windows linux,amd64 ", True),
    ],
)  # fmt: skip
def test_which_cgo_lines_count(name: str, head: str, condition: str, counts: bool) -> None:
    text = f'{head}package p\n\n// #cgo {condition}LDFLAGS: -lfoo "-L a"\nimport "C"\n'
    found = [(it.kind, it.flags) for it in cgo_lines(text, name, "/m", "linux", "amd64")]
    assert found == ([("LDFLAGS", ("-lfoo", "-L/m/ a"))] if counts else [])
