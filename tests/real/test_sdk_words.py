"""The words that doctor quotes about SDKs, provoked with real ones that are spoiled so: Go, make and sh say them."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from archives import program
from box import clean_environment
from machine import PROGRAM
from placed import own, place
from sdks import host, real_sdk
from sighted import Looker

from goswitch.doctor.checks.editors.no_module import NO_MODULE
from goswitch.doctor.checks.sdks import build, parts, path, programs, source
from goswitch.model.parts import PARTS
from goswitch.system.files import remove_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from box import Box

    from goswitch.doctor.check import Check
    from goswitch.model.finding import Kind

TOOLS = f"pkg/tool/{host().tool_directory}"
BUILD = ("build", "-o", "/dev/null", ".")


@dataclass(frozen=True)
class Fault:
    """What is done to an SDK, the command that is run, what it says, and the finding."""

    kind: Kind
    check: Check
    spoil: Callable[[Path], object]
    words: str
    command: tuple[str, ...] = BUILD


def from_other(name: str) -> Callable[[Path], object]:
    return lambda tree: own(tree / name, (real_sdk("1.21.6") / name).read_bytes())


def library_of_another(tree: Path) -> None:
    remove_tree(tree / "src")
    (tree / "src").symlink_to(real_sdk("1.21.6") / "src")


def halved(path: Path) -> None:
    own(path, path.read_bytes()[: path.stat().st_size // 2])


FAULTS = {
    "a tool is missing": Fault(
        programs.MISSING, programs.programs, lambda tree: (tree / TOOLS / "vet").unlink(), 'go: no such tool "vet"',
        ("vet", "."),
    ),
    "no right to run": Fault(
        programs.NOT_EXECUTABLE, programs.programs, lambda tree: own(tree / TOOLS / "compile").chmod(0o644),
        "go: error obtaining buildID for go tool compile: fork/exec",
    ),
    "empty": Fault(
        programs.EMPTY, programs.programs, lambda tree: own(tree / TOOLS / "compile", b""), "exec format error",
    ),
    "cut off": Fault(
        programs.CUT_OFF, programs.programs, lambda tree: halved(tree / TOOLS / "compile"),
        "go: error obtaining buildID for go tool compile: signal: segmentation fault",
    ),
    "another machine's": Fault(
        programs.WRONG_MACHINE, programs.programs,
        lambda tree: own(tree / TOOLS / "compile", program("go1.22.4", goarch="arm")), "exec format error",
    ),
    "no program": Fault(
        programs.NO_PROGRAM, programs.programs, lambda tree: own(tree / TOOLS / "compile", b"<html>\n"),
        "exec format error",
    ),
    "another's compile": Fault(
        build.FOREIGN_TOOL, build.build, from_other(f"{TOOLS}/compile"),
        'compile: version "go1.21.6" does not match go tool version "go1.22.4"',
    ),
    "another's link": Fault(
        build.FOREIGN_TOOL, build.build, from_other(f"{TOOLS}/link"), "linked object header mismatch",
    ),
    "another's library": Fault(
        build.FOREIGN_SOURCE, build.build, library_of_another,
        'link: reference to undefined builtin "runtime.interfaceSwitch"',
    ),
    "no fmt": Fault(
        parts.MISSING, parts.parts, lambda tree: remove_tree(tree / "src/fmt"), "package fmt is not in std",
    ),
    "a file is missing": Fault(
        parts.FILES, parts.parts, lambda tree: (tree / "src/fmt/print.go").unlink(), "undefined: ",
    ),
    "a stranger": Fault(
        source.UNKNOWN, source.source,
        lambda tree: (tree / "src/fmt/extra.go").write_text("package other\n"),
        "found packages fmt (doc.go) and other (extra.go)",
    ),
    "a declaration twice": Fault(
        source.UNKNOWN, source.source,
        lambda tree: (tree / "src/fmt/extra.go").write_text("package fmt\n\nfunc Println() {}\n"),
        "redeclared in this block",
    ),
}  # fmt: skip


def said(*words: str | Path, cwd: Path, **env: str) -> str:
    """Run a program and return all that it said."""
    env = clean_environment(**{"HOME": str(cwd), "GOTOOLCHAIN": "local", "GOFLAGS": "", "LC_ALL": "C"} | env)
    done = subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=240)
    return done.stdout + done.stderr


@pytest.fixture
def looker(box: Box) -> Looker:
    """A box that checks look at."""
    return Looker(box)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A module with a program that prints the Go that built it."""
    folder = tmp_path / "module"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/m\n\ngo 1.19\n")
    (folder / "main.go").write_text(PROGRAM)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One build cache for all: what a test spoils has another action ID there."""
    return str(tmp_path_factory.mktemp("cache"))


@pytest.mark.xdist_group("sdk-words")  # one worker, one build cache
@pytest.mark.parametrize("name", FAULTS)
def test_go_says_it_and_doctor_quotes_it(looker: Looker, project: Path, cache: str, name: str) -> None:
    fault = FAULTS[name]
    tree = place(looker.box.root, "1.22.4", source=("fmt",))
    fault.spoil(tree)
    assert fault.words in said(tree / "bin/go", *fault.command, cwd=project, GOCACHE=cache)
    found = [finding for finding in looker.find(fault.check) if finding.kind is fault.kind]
    assert len(found) == 1
    assert fault.words in found[0].why or fault.words in fault.kind.message


@pytest.mark.xdist_group("sdk-words")
def test_the_parts_of_an_sdk_and_what_go_says_without_them(looker: Looker, project: Path, cache: str) -> None:
    tree = place(looker.box.root, "1.22.4", source=("fmt",))
    (project / "x_test.go").write_text('package main\n\nimport _ "testing"\n')
    quoted = {part.path: part.without for part in PARTS}
    for part, words, command in (
        ("src/unsafe", "package unsafe is not in std", BUILD),
        ("src/syscall", "package syscall is not in std", BUILD),
        ("src/testing", "package testing is not in std", ("test", ".")),
        ("src/vendor", "no required module provides package golang.org/x/", ("build", "net/http")),
        (
            "pkg/include/textflag.h",
            "/pkg/include/textflag.h: no such file or directory",
            ("build", "-a", "internal/cpu"),
        ),
        (
            "go.env",
            "GOPROXY list is not the empty string, but contains no entries",
            ("mod", "download", "example.com/x@v1.0.0"),
        ),
    ):
        aside = looker.box.base / "aside"
        (tree / part).rename(aside)
        output = said(tree / "bin/go", *command, cwd=project, GOCACHE=cache, GOPROXY="", GOENV="off")
        assert words in output, part
        assert words.removeprefix("/") in quoted[part].replace("`", "")
        aside.rename(tree / part)


def test_an_empty_bin_go_says_nothing_and_succeeds(tmp_path: Path) -> None:
    tree = place(tmp_path, "1.22.4")
    own(tree / "bin/go", b"")
    script = f"exec {tree}/bin/go version"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "prints nothing and succeeds" in programs.EMPTY.message


@pytest.mark.xdist_group("sdk-words")
def test_what_paths_break_and_what_they_do_not(project: Path, tmp_path: Path, cache: str) -> None:
    for folder, kind in (("with space", path.SPACE), ("größe", path.NOT_ASCII), ("d" * 201, path.LONG)):
        tree = place(tmp_path / folder, "1.22.4")
        assert said(tree / "bin/go", "run", ".", cwd=project, GOCACHE=cache) == "go1.22.4\n", folder
        assert "Go itself builds" in kind.message
    tree = place(tmp_path / "new\nline", "1.22.4")
    assert "invalid package directory" in said(tree / "bin/go", *BUILD, cwd=project, GOCACHE=cache)
    assert "invalid package directory" in path.NEWLINE.message


@pytest.mark.parametrize("tool", ["make", "cat"])
def test_make_and_scripts_split_a_path_with_a_space(project: Path, tmp_path: Path, tool: str) -> None:
    tree = place(tmp_path / "with space", "1.22.4")
    (project / "Makefile").write_text("all: $(shell go env GOROOT)/VERSION\n")
    words = ["make"] if tool == "make" else ["sh", "-c", "cat $(go env GOROOT)/VERSION"]
    env = clean_environment(HOME=str(tmp_path), GOTOOLCHAIN="local", LC_ALL="C")
    env["PATH"] = f"{tree}/bin:{env['PATH']}"
    done = subprocess.run(words, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert ("No rule to make target" if tool == "make" else "No such file") in done.stderr
    assert "No rule to make target" in path.SPACE.message


def test_a_shebang_line_that_is_too_long_does_nothing(tmp_path: Path) -> None:
    tree = place(tmp_path / ("d" * 120) / ("e" * 120), "1.22.4")
    script = tmp_path / "script"
    script.write_text(f"#!{tree}/bin/go version\n")
    script.chmod(0o755)
    assert said("sh", "-c", str(script), cwd=tmp_path) == ""
    assert "does nothing" in path.LONG.message


def test_path_cannot_hold_a_colon(project: Path, tmp_path: Path) -> None:
    tree = place(tmp_path / "co:lon", "1.22.4")
    (project / "gen.go").write_text('package main\n\n//go:generate sh -c "command -v go || echo none"\n')
    shell = shutil.which("sh")
    assert shell is not None
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/sh").symlink_to(shell)
    env = {"HOME": str(tmp_path), "PATH": str(tmp_path / "bin"), "GOTOOLCHAIN": "local"}
    words = [str(tree / "bin/go"), "generate", "."]
    done = subprocess.run(words, cwd=project, env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "none\n"


def test_a_folder_without_go_mod(tmp_path: Path) -> None:
    (tmp_path / "main.go").write_text("package main\n\nfunc main() {}\n")
    go = real_sdk("1.22.4") / "bin/go"
    words = "go: go.mod file not found in current directory or any parent directory; see 'go help modules'"
    assert words in said(go, "build", ".", cwd=tmp_path)
    assert words in NO_MODULE.message
    assert said(go, "run", "main.go", cwd=tmp_path) == ""
