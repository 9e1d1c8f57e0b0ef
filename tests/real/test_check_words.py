"""What check quotes of Go's words, provoked with a real SDK; and `--try`, which really compiles."""

from __future__ import annotations

import os
import subprocess
import time
from typing import TYPE_CHECKING

import pytest
from sdks import cache_layout, host, real_sdk
from shells import require

from goswitch.doctor.check import Check, load_topic, run, topic_names
from goswitch.doctor.project.cgo.trial import trial
from goswitch.doctor.project_facts import Asked, CgoAsked, ProjectFacts
from goswitch.model.layout import Layout
from goswitch.system.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.finding import Finding

VERSION = "1.22.4"
PROJECT = "goswitch.doctor.project"
MAIN = "package main\n\nfunc main() {}\n"
CGO = 'package main\n\n// #cgo CFLAGS: {}\nimport "C"\n\nfunc main() {{}}\n'

NEEDS_D = {
    "go.mod": "module m\ngo 1.21\nrequire e.x/d v1.0.0\nreplace e.x/d => ./d\n",
    "main.go": 'package main\n\nimport _ "e.x/d"\n\nfunc main() {}\n',
    "d/d.go": "package d\n",
}


class Project:
    """A project pinned to the real SDK, in a home of its own."""

    def __init__(self, base: Path) -> None:
        self.folder = base / "project"
        self.home = base / "home"
        (self.home / "sdk").mkdir(parents=True)
        self.folder.mkdir()
        (self.home / "sdk" / f"go{VERSION}").symlink_to(real_sdk(VERSION))
        (self.folder / ".go-version").write_text(f"{VERSION}\n")
        self.env = {"HOME": str(self.home), "PATH": os.environ["PATH"], "GOPROXY": "off", "GOTOOLCHAIN": "local"}
        # Kept from run to run: compiling the runtime takes long.
        self.env["GOCACHE"] = str(cache_layout().cache / "go-build")

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def go(self, *words: str) -> str:
        """Run the real go, which must fail, and return what it says as one line."""
        done = subprocess.run(
            [real_sdk(VERSION) / "bin/go", *words],
            cwd=self.folder, env=self.env, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode != 0, done.stdout
        return " ".join(done.stderr.split())

    def find(self, *checks: Check, cgo: CgoAsked | None = None) -> list[Finding]:
        world = World(self.env, self.folder, self.home, host(), time.time)
        base = self.home
        layout = Layout(base / "sdk", base / "data", base / "cache", base / "config")
        every = [check for name in topic_names(PROJECT) for check in load_topic(name, PROJECT).checks]
        report = run(checks or every, ProjectFacts(world, layout, asked=Asked(cgo=cgo)))
        assert report.unseen == ()
        return list(report.findings)


@pytest.fixture
def pinned(tmp_path: Path) -> Project:
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("kind", "files", "quotes"),
    [
        ("go-mod-refused", {"go.mod": "module m\ngo 1.21\ngo 1.22\n"},
         ["repeated go statement", "errors parsing go.mod:"]),
        ("two-readings", {"go.mod": "module m\ngo 1.21\nexclude (\n\ttoolchain v1.0.0\n)\n"},
         ['invalid toolchain "v1.0.0" in go.mod']),
        ("directive-unknown", {"go.mod": "module m\ngo 1.21\ntool x/y\n"}, ["go.mod:3: unknown directive: tool"]),
        ("language-as-toolchain", {"go.mod": "module m\ngo 1.21\ntoolchain go1.24\n"},
         ["go: invalid toolchain: go1.24 is a language version but not a toolchain version (go1.24.x)"]),
        ("module-above-work", {"go.work": "go 1.21\nuse ./x\n", "x/go.mod": "module x\ngo 1.22\n", "x/x.go": MAIN},
         ["listed in go.work file requires go >= 1.22, but go.work lists go 1.21"]),
        ("used-module-missing", {"go.work": "go 1.21\nuse ./nope\n"}, ["cannot load module", "listed in go.work file"]),
        ("pin-below-floor", {"go.mod": "module m\ngo 1.23\n"},
         ["go: go.mod requires go >= 1.23 (running go 1.22.4; GOTOOLCHAIN=local)"]),
        ("dependency-above-pin",
         {**NEEDS_D, "d/go.mod": "module e.x/d\ngo 1.22.5\n"},
         ["go: module ./d requires go >= 1.22.5 (running go 1.22.4; GOTOOLCHAIN=local)"]),
        ("dependency-above-go-line",
         {**NEEDS_D, "d/go.mod": "module e.x/d\ngo 1.22.4\n"},
         ["go: updates to go.mod needed; to update it: go mod tidy"]),
    ],
)  # fmt: skip
def test_what_is_quoted_is_what_go_says(pinned: Project, kind: str, files: dict[str, str], quotes: list[str]) -> None:
    pinned.write({"main.go": MAIN, **files})
    (finding,) = [it for it in pinned.find() if it.id == kind]
    if kind in {"two-readings", "language-as-toolchain"}:
        # These two fail where Go may switch: 1.24 is asked for at the proxy that is off, and can't be on PATH.
        pinned.env["GOTOOLCHAIN"] = "auto"
    said = pinned.go("build", "-o", os.devnull, "./x" if "x/x.go" in files else ".")
    for quote in quotes:
        assert quote in said
        assert quote in f"{finding.fact} {finding.why} {finding.kind.message}"


@pytest.mark.parametrize(
    ("kind", "env", "asked", "quote"),
    [
        ("build-mode-unsupported", {"GOOS": "windows"}, CgoAsked("plugin"),
         "-buildmode=plugin not supported on windows/amd64"),
        ("build-mode-needs-cgo", {"CGO_ENABLED": "0"}, CgoAsked("c-shared"),
         "-buildmode=c-shared requires external (cgo) linking, but cgo is not enabled"),
        ("platform-unknown", {"GOOS": "nope"}, CgoAsked(), "go: unsupported GOOS/GOARCH pair nope/amd64"),
    ],
)  # fmt: skip
@pytest.mark.skipif(host().goarch != "amd64", reason="the words name amd64")
def test_words_about_build_modes(pinned: Project, kind: str, env: dict[str, str], asked: CgoAsked, quote: str) -> None:
    pinned.write({"go.mod": "module m\ngo 1.21\n", "main.go": MAIN})
    pinned.env |= env
    assert quote in next(it.why for it in pinned.find(cgo=asked) if it.id == kind)
    assert quote in pinned.go("build", f"-buildmode={asked.mode}", "-o", os.devnull, ".")


@pytest.mark.parametrize(
    "env", [{"CGO_ENABLED": "0"}, {"GOARCH": "arm64" if host().goarch == "amd64" else "amd64"}, {"PATH": "/nowhere"}]
)
def test_cgo_that_is_off_leaves_files_out(pinned: Project, env: dict[str, str]) -> None:
    pinned.write({"go.mod": "module m\ngo 1.21\n", "main.go": CGO.format("-O2")})
    pinned.env |= env
    (finding,) = pinned.find(cgo=CgoAsked())
    assert "build constraints exclude all Go files" in finding.why
    assert "build constraints exclude all Go files" in pinned.go("build", ".")


def test_a_refused_flag_and_a_missing_compiler(pinned: Project) -> None:
    pinned.write({"go.mod": "module m\ngo 1.21\n", "main.go": CGO.format("-fplugin=x.so")})
    pinned.env |= {"CGO_ENABLED": "1", "CC": "nogcc"}
    missing, refused = pinned.find(cgo=CgoAsked())
    assert (missing.id, refused.id) == ("cc-missing", "cgo-flag-refused")
    assert refused.why.strip('"') in pinned.go("build", "-n", ".")
    pinned.write({"main.go": CGO.format("-O2")})
    assert missing.why.strip('"') in pinned.go("build", "-o", os.devnull, ".")


def test_try_really_compiles(pinned: Project) -> None:
    require("gcc")
    assert pinned.find(trial, cgo=CgoAsked("c-shared", trial=True)) == []
    pinned.env |= {"CGO_CFLAGS": "--sysroot=/nowhere"}
    (finding,) = pinned.find(trial, cgo=CgoAsked("c-shared", trial=True))
    assert finding.id == "cgo-does-not-build"
    assert "stdlib.h: No such file or directory" in finding.why
