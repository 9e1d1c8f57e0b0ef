"""What check says about go.mod and go.work: each fault, and silence without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.project.modfiles.go_lines import go_lines
from goswitch.doctor.project.modfiles.newer_directives import newer_directives
from goswitch.doctor.project.modfiles.refused_lines import refused_lines
from goswitch.doctor.project.modfiles.toolchain_lines import toolchain_lines
from goswitch.doctor.project.modfiles.two_readings import two_readings
from goswitch.doctor.project.modfiles.used_modules import used_modules

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker

    from goswitch.doctor.check import Check
    from goswitch.model.finding import Finding

ALL = (go_lines, newer_directives, refused_lines, toolchain_lines, two_readings, used_modules)


def write(looker: Looker, text: str, name: str = "go.mod") -> Path:
    path = looker.box.project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def found(looker: Looker, check: Check) -> list[tuple[str, str]]:
    return [(it.id, str(it.place).removeprefix(f"{looker.box.project}/")) for it in looker.find(check)]


def only(findings: list[Finding]) -> Finding:
    assert len(findings) == 1
    return findings[0]


@pytest.mark.parametrize(
    "text",
    [
        "module m\n\ngo 1.22.4\n\ntoolchain go1.22.5\n\nrequire (\n\texample.com/a v1.0.0\n)\n",
        "module m\r\n\r\ngo 1.21\r\n",
        "module m\ngo 1.22.4\ntoolchain go1.22.4\n",
        "// go 1.99\nmodule m\ngo 1.21 // go 1.99\ntoolchain default\n",
    ],
)
def test_a_clean_go_mod_gives_no_finding(looker: Looker, text: str) -> None:
    write(looker, text)
    assert [finding for check in ALL for finding in looker.find(check)] == []


def test_no_go_mod_gives_no_finding(looker: Looker) -> None:
    assert [finding for check in ALL for finding in looker.find(check)] == []


@pytest.mark.parametrize(
    ("text", "line", "words", "quick"),
    [
        ('module m\ngo "1.21"\n', 2, "invalid go version '\"1.21\"'", '`go "1.21"` from line 2'),
        ("module m\ngo 1.21\ngo 1.22\n", 3, "repeated go statement", "`go 1.21` from line 2"),
        ("module m\ngo (\n 1.21\n)\n", 2, "unknown block type: go", "`go (` from line 2"),
        ("\ufeffmodule m\ngo 1.21\n", 1, "unexpected input character '\\ufeff'", "`go 1.21` from line 2"),
        ("\ufeffgo 1.21\nmodule m\n", 1, "unexpected input character '\\ufeff'", "no version"),
        ("module m\ngo v1.21\n", 2, "invalid go version 'v1.21': must match format 1.23.0", "`go v1.21` from line 2"),
        ("module m\n/* go 1.21 */\n", 2, "mod files must use // comments (not /* */ comments)", "no version"),
        ("module m\rgo 1.21\r", 1, "usage: module module/path", "no version"),
        ("module m\ngo 1.21\ntoolchain local\n", 3, "invalid toolchain version 'local'",
         "`go 1.21` from line 2 and `toolchain local` from line 3"),
    ],
)  # fmt: skip
def test_refused_lines_are_named_with_gos_words_and_what_the_quick_scanner_reads(
    looker: Looker, text: str, line: int, words: str, quick: str
) -> None:
    path = write(looker, text)
    finding = only(looker.find(refused_lines))
    assert str(finding.place) == f"{path}:{line}"
    assert words in finding.fact
    assert f"which chooses the toolchain, reads {quick}" in finding.why
    assert looker.find(two_readings) == []


def test_a_line_that_only_the_quick_scanner_reads(looker: Looker) -> None:
    write(looker, "module m\nexclude (\n\ttoolchain v1.99.0\n)\ngo 1.21\n")
    finding = only(looker.find(two_readings))
    assert finding.fact == "the quick scanner reads `toolchain v1.99.0`, the strict parser no toolchain line"
    assert str(finding.place).endswith("go.mod:3")
    assert looker.find(refused_lines) == []


def test_directives_that_the_pinned_go_does_not_know(looker: Looker) -> None:
    write(looker, "module m\ngo 1.20\ntoolchain default\ngodebug x=y\ntool example.com/a\ntool example.com/b\n")
    looker.box.pin("1.23.1\n")
    finding = only(looker.find(newer_directives))
    assert finding.fact == "Go 1.23.1 does not know `tool`, which Go 1.24 was the first to read"
    assert '"go.mod:5: unknown directive: tool"' in finding.why
    looker.box.pin("1.24.0\n")
    assert looker.find(newer_directives) == []
    looker.box.pin("1.20.14\n")
    assert [line for _, line in found(looker, newer_directives)] == ["go.mod:3", "go.mod:4", "go.mod:5"]


def test_a_language_version_as_toolchain(looker: Looker) -> None:
    write(looker, "module m\ngo 1.21\ntoolchain go1.24\n")
    finding = only(looker.find(toolchain_lines))
    assert finding.id == "language-as-toolchain"
    assert "go: invalid toolchain: go1.24 is a language version" in finding.why
    assert finding.cure == ("go mod edit -toolchain=go1.24.0",)


def test_a_toolchain_older_than_the_go_line(looker: Looker) -> None:
    write(looker, "go 1.22.3\ntoolchain go1.21.6\n", "go.work")
    finding = only(looker.find(toolchain_lines))
    assert (finding.id, str(finding.place)) == ("toolchain-below-go", f"{looker.box.project}/go.work:2")
    assert finding.cure == ("go work edit -toolchain=none",)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("module m\ngo 1.21\nrequire a v1.0.0\ntoolchain go1.22.4\n", ["go.mod:4"]),
        ("module m\nrequire a v1.0.0\ngo 1.21\ntoolchain go1.22.4\n", []),
        ("module m\ntoolchain go1.22.4\nrequire a v1.0.0\ngo 1.21\n", []),
    ],
)
def test_a_toolchain_line_below_the_scans_end(looker: Looker, text: str, lines: list[str]) -> None:
    write(looker, text)
    assert found(looker, toolchain_lines) == [("toolchain-below-directives", line) for line in lines]


def test_files_without_a_go_line(looker: Looker) -> None:
    write(looker, "use ./a\n", "go.work")
    write(looker, "module a\n", "a/go.mod")
    assert found(looker, go_lines) == [("no-go-line", "go.work"), ("no-go-line", "a/go.mod")]
    assert "`go 1.18`" in looker.find(go_lines)[0].fact
    assert "`go 1.16`" in looker.find(go_lines)[1].fact


def test_a_used_module_above_go_work_and_one_that_is_missing(looker: Looker) -> None:
    write(looker, "go 1.21\nuse (\n\t./a\n\t./b\n\t./c\n)\n", "go.work")
    write(looker, "module a\ngo 1.22\n", "a/go.mod")
    write(looker, "module b\ngo 1.21\n", "b/go.mod")
    above, missing = looker.find(used_modules)
    assert (above.id, str(above.place)) == ("module-above-work", f"{looker.box.project}/a/go.mod:2")
    assert "requires go >= 1.22, but go.work lists go 1.21" in above.why
    assert (missing.id, str(missing.place)) == ("used-module-missing", f"{looker.box.project}/go.work:5")


def test_a_go_work_without_a_go_line_means_1_18_and_lines_below_1_21_count_for_nothing(looker: Looker) -> None:
    write(looker, "use ./a\n", "go.work")
    write(looker, "module a\ngo 1.21\n", "a/go.mod")
    (finding,) = looker.find(used_modules)
    assert "requires go >= 1.21, but go.work lists go 1.18" in finding.why
    write(looker, "module a\ngo 1.20\n", "a/go.mod")
    assert looker.find(used_modules) == []
    write(looker, "go 1.22\nuse ./a\n", "go.work")
    write(looker, "module a\ngo 1.21\n", "a/go.mod")
    assert looker.find(used_modules) == []


def test_gowork_off_leaves_go_work_out(looker: Looker) -> None:
    write(looker, "go 1.21\nuse ./a\n", "go.work")
    looker.env["GOWORK"] = "off"
    assert looker.find(used_modules) == []
