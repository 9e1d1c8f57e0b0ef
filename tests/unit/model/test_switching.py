"""cmd/go's own choice of a toolchain, as a table; tests/real/test_next_go.py holds it against real ones."""

from __future__ import annotations

import pytest

from goswitch.model.switching import GO_LINE, SETTING, TOOLCHAIN_LINE, refusal, select


@pytest.mark.parametrize(
    ("local", "setting", "go", "toolchain", "chosen", "by"),
    [
        ("1.22.4", "auto", "1.21", "", "go1.22.4", ""),
        ("1.22.4", "", "1.30", "", "go1.22.4", ""),
        ("1.22.4", "local", "1.30", "go1.30.1", "go1.22.4", ""),
        ("1.22.4", "auto", "1.23", "", "go1.23.0", GO_LINE),
        ("1.22.3", "auto", "1.23", "", "go1.23", GO_LINE),
        ("1.21.10", "auto", "1.23", "", "go1.23", GO_LINE),
        ("1.21.11", "auto", "1.23", "", "go1.23.0", GO_LINE),
        ("1.22.4", "auto", "1.23.1", "go1.24.2", "go1.24.2", TOOLCHAIN_LINE),
        ("1.22.4", "auto", "1.24.3", "go1.24.2", "go1.24.3", GO_LINE),
        ("1.22.4", "auto", "1.24.3", "default", "go1.22.4", ""),
        ("1.22.4", "auto", "1.20", "go1.22.4-custom", "go1.22.4", ""),
        ("1.22.4", "go1.21.6", "1.24", "", "go1.21.6", SETTING),
        ("1.22.4", "go1.21.6+path", "1.20", "", "go1.21.6", SETTING),
        ("1.22.4", "go1.23.1+auto", "1.24rc1", "", "go1.24rc1", GO_LINE),
        ("1.22.4", "go1.22.4", "1.20", "", "go1.22.4", ""),
        ("1.20.14", "go1.23.1", "1.24", "", "go1.20.14", ""),
    ],
)
def test_select(local: str, setting: str, go: str, toolchain: str, chosen: str, by: str) -> None:
    selection = select(local, setting, go, toolchain)
    assert (selection.toolchain, selection.by, selection.refusal) == (chosen, by, "")
    assert selection.searches_path == (chosen != f"go{local}")


def test_path_never_downloads() -> None:
    assert not select("1.22.4", "path", "1.23", "").downloads
    assert not select("1.22.4", "go1.23.1+path", "", "").downloads
    assert select("1.22.4", "auto", "1.23", "").downloads
    assert select("1.22.4", "go1.23.1", "", "").downloads


@pytest.mark.parametrize(
    ("setting", "toolchain", "words"),
    [
        ("1.23", "", 'go: invalid GOTOOLCHAIN "1.23"'),
        ("bash+auto", "", 'go: invalid GOTOOLCHAIN "bash+auto": invalid minimum toolchain "bash"'),
        ("go1.23.1+x", "", 'go: invalid GOTOOLCHAIN "go1.23.1+x": only version suffixes are +auto and +path'),
        ("auto", "fun", 'go: invalid toolchain "fun"'),
    ],
)
def test_refusals(setting: str, toolchain: str, words: str) -> None:
    assert select("1.22.4", setting, "1.23", toolchain).refusal == words


def test_a_go_line_above_is_refused_after_the_choice() -> None:
    words = "go: ../go.mod requires go >= 1.23 (running go 1.22.4; GOTOOLCHAIN=local)"
    assert refusal("1.22.4", "1.23", "../go.mod", "local") == words
    assert refusal("1.22.4", "1.22.4", "go.mod", "local") == ""
    assert refusal("1.20.14", "1.23", "go.mod", "") == ""
