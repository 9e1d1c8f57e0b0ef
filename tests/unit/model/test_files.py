"""The text of pin files, go.mod and go.work, by the inputs on which parsers differ."""

from __future__ import annotations

import pytest

from goswitch.model.gomod import Floor, Line, Scan, development_version, floor_of, satisfies, scan
from goswitch.model.pin import PinWord, go_version_word, tool_versions_word


@pytest.mark.parametrize(
    ("data", "word", "line"),
    [
        (b"1.22.4", "1.22.4", 1),
        (b"1.22.4\n", "1.22.4", 1),
        (b"\xef\xbb\xbf1.22.4\r\n", "1.22.4", 1),
        (b"# why\r\n\r\n \t\n  1.22.4 # because\n1.19\n", "1.22.4", 4),
        (b"1.22.4; rm -rf ~\n", "1.22.4;", 1),
        (b"1.22\x00.4\n", "1.22\x00.4", 1),
        (b"1.22.4\r\r\n", "1.22.4\r", 1),
        (b"\xff\n", "\udcff", 1),
    ],
)
def test_the_word_of_a_go_version_file(data: bytes, word: str, line: int) -> None:
    assert go_version_word(data) == PinWord(word, line)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# only\n#words", b"\r\n \t\r\n", b"\xef\xbb\xbf"])
def test_a_go_version_file_without_a_word(data: bytes) -> None:
    assert go_version_word(data) is None


def test_tool_versions() -> None:
    assert tool_versions_word(b"nodejs 20\ngolang 1.22.4 1.21\n") == PinWord("1.22.4", 2)
    assert tool_versions_word(b"go\t1.22.4\r\n") == PinWord("1.22.4", 1)
    assert tool_versions_word(b"golang # later\n") == PinWord("", 1)
    assert tool_versions_word(b"golang\n") == PinWord("", 1)
    assert tool_versions_word(b"nodejs 20\ngolangci-lint 1.5\n# golang 1.2\n") is None


@pytest.mark.parametrize(
    ("data", "go", "toolchain"),
    [
        (b"module m\n\ngo 1.21 // c\n", Line("1.21", 3), None),
        (b"\tgo\t1.21//c\r\n", Line("1.21", 1), None),
        (b"go 1.21\ntoolchain go1.22.4", Line("1.21", 1), Line("go1.22.4", 2)),
        (b"toolchain go1.22.4\nmodule m\nrequire x v1\ngo 1.21\n", Line("1.21", 4), Line("go1.22.4", 1)),
        (b"go 1.21\ngo 1.22\n", Line("1.21", 1), None),
        (b"go 1.21\nrequire (\n)\ntoolchain go1.22.4\n", Line("1.21", 1), None),
        (b"go 1.21\nrequirement x\ntoolchain go1.22.4\n", Line("1.21", 1), Line("go1.22.4", 3)),
        (b"go 1.21\ntool x\ntoolchain go1.22.4\n", Line("1.21", 1), None),
        (b"go 1.21\ngodebug x=y\ntoolchain go1.22.4\n", Line("1.21", 1), None),
        (b"go 1.21\nuse(\n)\ntoolchain go1.22.4\n", Line("1.21", 1), None),
        (b"\xef\xbb\xbfgo 1.21\n", None, None),
        (b"go (\n 1.21\n)\n", Line("(", 1), None),
        (b"gopher 1.21\ngo\n", None, None),
        (b"/* go 1.21 */\n", None, None),
        (b"require (\n go 1.20\n)\n", Line("1.20", 2), None),
    ],
)
def test_the_quick_scanner(data: bytes, go: Line | None, toolchain: Line | None) -> None:
    assert scan(data) == Scan(go, toolchain)


@pytest.mark.parametrize(
    ("go", "toolchain", "floor"),
    [
        ("1.21", None, "go 1.21"),
        ("1.21", "go1.22.4", "toolchain go1.22.4"),
        ("1.21", "go1.22.4-custom", "toolchain go1.22.4-custom"),
        ("1.22.4", "go1.22.4", "go 1.22.4"),
        ("1.23", "go1.22.4", "go 1.23"),
        ("1.21", "default", "go 1.21"),
        ("1.21", "gccgo-go1.22", "go 1.21"),
        ("v1.21", "go1.22.4", "toolchain go1.22.4"),
        ("(", None, None),
        (None, "local", None),
        (None, None, None),
    ],
)
def test_the_floor_is_the_larger_line(go: str | None, toolchain: str | None, floor: str | None) -> None:
    seen = Scan(Line(go, 1) if go else None, Line(toolchain, 2) if toolchain else None)
    found = floor_of(seen)
    assert (str(found) if found is not None else None) == floor


@pytest.mark.parametrize(
    ("keyword", "version", "request_"),
    [("go", "1.24", "1.24"), ("go", "1.24.3", "1.24"), ("go", "1.24rc1", "1.24rc1"), ("toolchain", "1.24.3", "1.24.3")],
)
def test_what_to_install_for_a_floor(keyword: str, version: str, request_: str) -> None:
    assert Floor(keyword, version, version, 1).install_request == request_


def test_a_language_version_is_satisfied_by_its_prereleases_as_in_cmd_go() -> None:
    assert satisfies("1.22rc1", Floor("go", "1.22", "1.22", 1))
    assert not satisfies("1.22rc1", Floor("go", "1.22.0", "1.22.0", 1))


def test_development_builds_count_as_their_language_version() -> None:
    assert development_version("devel go1.24-abcdef Tue Jan 2 linux/amd64") == "1.24"
    assert development_version("go1.28-devel_33aff0e5 Tue") == "1.28"
    assert development_version("go1.22.4") == "1.22.4"
    assert development_version("") == ""
    assert development_version("devel +abcdef") == ""
