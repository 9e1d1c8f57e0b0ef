"""The five failures of an editor's toolchain discovery, each reproduced with a real SDK and told from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archives import program
from editor_files import goland, vscode
from placed import own, place
from sdks import real_sdk

from goswitch.doctor.check import load_topic, run
from goswitch.doctor.checks.editors.no_version import no_version
from goswitch.system.files import remove_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sighted import Looker

    from goswitch.model.finding import Finding


def found_by_editors(looker: Looker) -> list[Finding]:
    report = run(load_topic("editors").checks, looker.facts())
    assert report.unseen == ()
    return list(report.findings)


@pytest.fixture
def tree(looker: Looker) -> Path:
    """Return an SDK that the project's GoLand uses; the project is a module."""
    tree = place(looker.box.base / "elsewhere", "1.22.4", source=("fmt",))
    (looker.box.project / "go.mod").write_text("module example.com/m\n\ngo 1.22\n")
    (looker.box.project / "main.go").write_text("package main\n")
    goland(looker, f"file://{tree}")
    return tree


def no_go_mod(looker: Looker, tree: Path) -> None:
    (looker.box.project / "go.mod").unlink()


def source_of_another(tree: Path) -> None:
    remove_tree(tree / "src")
    (tree / "src").symlink_to(real_sdk("1.21.6") / "src")


NOISY = b"#!/bin/sh\necho 'using go 1.22.4' >&2\necho go version go1.22.4 linux/amd64\n"

FAILURES: dict[str, tuple[str, Callable[[Looker, Path], object]]] = {
    "a new project without go.mod": ("no-go-mod", no_go_mod),
    "greyed out: no executable": ("editor-cannot-run", lambda _, tree: (tree / "bin/go").unlink()),
    "greyed out: no right to run": ("editor-cannot-run", lambda _, tree: own(tree / "bin/go").chmod(0o644)),
    "greyed out: empty": ("editor-cannot-run", lambda _, tree: own(tree / "bin/go", b"")),
    "greyed out: the folder of bin/go": (
        "editor-cannot-run",
        lambda looker, tree: goland(looker, f"file://{tree}/bin"),
    ),
    "GOROOT is empty": ("editor-goroot-invalid", lambda looker, _: goland(looker, "")),
    "GOROOT is <invalid>": ("editor-goroot-invalid", lambda looker, _: goland(looker, "&lt;invalid&gt;")),
    "GOROOT is gone": ("editor-goroot-invalid", lambda looker, tree: goland(looker, f"file://{tree}/gone")),
    "no version: no VERSION": ("editor-version-unknown", lambda _, tree: (tree / "VERSION").unlink()),
    "no version: nonsense": ("editor-version-unknown", lambda _, tree: own(tree / "VERSION", b"hello\n")),
    "no version: a text": ("editor-version-unknown", lambda _, tree: own(tree / "bin/go", b"hello\n")),
    "no version: a wrapper that talks": ("go-talks-to-stderr", lambda _, tree: own(tree / "bin/go", NOISY)),
    "no library: no src": ("editor-standard-library", lambda _, tree: remove_tree(tree / "src")),
    "no library: no fmt": ("editor-standard-library", lambda _, tree: remove_tree(tree / "src/fmt")),
    "no library: another version's": ("editor-standard-library", lambda _, tree: source_of_another(tree)),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_each_failure_is_told_from_the_others(looker: Looker, tree: Path, failure: str) -> None:
    kind, spoil = FAILURES[failure]
    spoil(looker, tree)
    assert [found.id for found in found_by_editors(looker)] == [kind]


def test_silence(looker: Looker, tree: Path) -> None:
    assert found_by_editors(looker) == []
    vscode(looker, f'{{"go.goroot": "{tree}"}}')
    assert found_by_editors(looker) == []
    vscode(looker, f'{{"go.alternateTools": {{"go": "{tree}/bin/go"}}}}')
    assert found_by_editors(looker) == []


def test_silence_without_editors_and_without_go_files(looker: Looker) -> None:
    assert found_by_editors(looker) == []


def test_the_place_is_the_line_of_the_setting(looker: Looker, tree: Path) -> None:
    file = goland(looker, "")
    (found,) = found_by_editors(looker)
    assert (str(found.place), found.fact) == (f"{file}:2", "GoLand: GOROOT is empty")


def test_the_sdk_beside_the_folder_that_is_named_is_pointed_at(looker: Looker, tree: Path) -> None:
    goland(looker, f"file://{tree}/bin")
    (found,) = found_by_editors(looker)
    assert found.fact == f"GoLand names {tree}/bin: it has no bin/go; the SDK is {tree}"


def test_vscode_with_a_program_that_is_gone(looker: Looker, tree: Path) -> None:
    vscode(looker, '{\n  "go.alternateTools": {\n    "go": "/nowhere/go"\n  }\n}')
    (found,) = found_by_editors(looker)
    assert (found.id, found.place and found.place.line) == ("editor-goroot-invalid", 3)


def test_vscode_with_a_wrapper_that_talks(looker: Looker, tree: Path) -> None:
    wrapper = looker.box.base / "go"
    wrapper.write_bytes(NOISY)
    wrapper.chmod(0o755)
    vscode(looker, f'{{"go.alternateTools": {{"go": "{wrapper}"}}}}')
    assert [found.id for found in found_by_editors(looker)] == ["go-talks-to-stderr"]
    wrapper.write_bytes(NOISY.replace(b"echo 'using go 1.22.4' >&2\n", b""))
    assert [found.id for found in found_by_editors(looker)] == []


def test_settings_that_a_merge_broke(looker: Looker, tree: Path) -> None:
    goland(looker, "").write_text("<project>\n<<<<<<< HEAD\n")
    (found,) = found_by_editors(looker)
    assert (found.id, found.place and found.place.line) == ("editor-settings-unreadable", 2)


def test_a_go_file_in_a_folder_of_commands(looker: Looker) -> None:
    (looker.box.project / "cmd").mkdir()
    (looker.box.project / "cmd/main.go").write_text("package main\n")
    (found,) = found_by_editors(looker)
    assert (found.id, found.cure) == ("no-go-mod", ("go mod init example.com/project",))
    looker.env["GO111MODULE"] = "off"
    assert found_by_editors(looker) == []


def test_the_bound_go_is_a_wrapper_that_talks(looker: Looker) -> None:
    tree = place(looker.box.root, "1.22.4")
    looker.box.pin("1.22.4\n")
    assert looker.find(no_version) == []
    own(tree / "bin/go", NOISY)
    (found,) = looker.find(no_version)
    assert found.fact == f"{tree}/bin/go says to stderr: using go 1.22.4"


def test_an_sdk_for_another_machine_is_not_this_topic(looker: Looker, tree: Path) -> None:
    own(tree / "bin/go", program("go1.22.4", "plan9", "arm"))
    assert found_by_editors(looker) == []
