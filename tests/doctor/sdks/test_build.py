"""SDKs that are not of one build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from placed import own, place
from sdks import host, real_sdk

from goswitch.doctor.checks.sdks.build import build
from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from sighted import Looker

TOOLS = f"pkg/tool/{host().tool_directory}"


@pytest.mark.parametrize(
    ("name", "grave"),
    [
        (f"{TOOLS}/compile", True),
        (f"{TOOLS}/link", True),
        (f"{TOOLS}/asm", True),
        (f"{TOOLS}/vet", False),
        ("bin/gofmt", False),
    ],
)
def test_the_tool_of_another_build_is_named(looker: Looker, name: str, grave: bool) -> None:
    tree = place(looker.box.root, "1.22.4")
    own(tree / name, (real_sdk("1.21.6") / name).read_bytes())
    (found,) = looker.find(build)
    assert found.id == "tool-of-another-build"
    assert found.fact == f"{name} of go1.22.4 is of go1.21.6, bin/go of go1.22.4"
    assert found.severity is (Severity.ERROR if grave else Severity.WARNING)


def test_tools_with_pointers_to_their_version_are_told_apart_too(looker: Looker) -> None:
    tree = place(looker.box.root, "1.19.13")
    own(tree / TOOLS / "link", (real_sdk("1.16.15") / TOOLS / "link").read_bytes())
    assert [found.fact for found in looker.find(build)] == [
        f"{TOOLS}/link of go1.19.13 is of go1.16.15, bin/go of go1.19.13"
    ]


def test_a_renamed_sdk(looker: Looker) -> None:
    place(looker.box.root, "1.21.6", "go1.22.4")
    assert [(found.id, found.fact) for found in looker.find(build)] == [
        ("sdk-of-another-version", "go1.22.4 is go1.21.6, by its VERSION"),
        ("sdk-of-another-version", "bin/go of go1.22.4 is go1.21.6, not go1.22.4"),
    ]


@pytest.mark.parametrize("text", [None, b""])
def test_no_version_file(looker: Looker, text: bytes | None) -> None:
    tree = place(looker.box.root, "1.22.4")
    (tree / "VERSION").unlink()
    if text is not None:
        (tree / "VERSION").write_bytes(text)
    (found,) = looker.find(build)
    assert found.id == ("sdk-without-version" if text is None else "sdk-of-another-version")


def test_a_version_file_of_another_release(looker: Looker) -> None:
    tree = place(looker.box.root, "1.22.4")
    own(tree / "VERSION", b"go1.22.5\ntime 2024-06-27T20:11:12Z\n")
    (found,) = looker.find(build)
    assert (found.id, str(found.place)) == ("sdk-of-another-version", f"{tree}/VERSION:1")


def test_bin_go_without_build_info(looker: Looker) -> None:
    tree = place(looker.box.root, "1.22.4")
    own(tree / "bin/go", (tree / "bin/go").read_bytes().replace(b"\xff Go buildinf:", b"\xff No buildinf:"))
    (found,) = looker.find(build)
    assert found.id == "program-without-build-info"


def test_the_source_of_another_version(looker: Looker) -> None:
    tree = place(looker.box.root, "1.22.4")
    (tree / "src").unlink()
    (tree / "src").symlink_to(real_sdk("1.21.6") / "src")
    (found,) = looker.find(build)
    assert found.fact == "src of go1.22.4 is of go1.21.6, bin/go of go1.22.4"


@pytest.mark.parametrize("version", ["1.5.4", "1.16.15", "1.19.13", "1.22.4"])
def test_silence_about_whole_sdks(looker: Looker, version: str) -> None:
    place(looker.box.root, version)
    assert looker.find(build) == []
