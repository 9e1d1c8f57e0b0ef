"""Our order and grammar against the tables that Go tests itself with, as each SDK carries them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sdks import real_sdk

from goswitch.model.gomod import scan
from goswitch.model.version import compare, from_toolchain, is_language, is_valid, language

if TYPE_CHECKING:
    from pathlib import Path

STRING = r'"((?:[^"\\]|\\.)*)"'


def go_string(literal: str) -> str:
    return literal.replace('\\"', '"').replace("\\\\", "\\")


def table(source: Path, name: str) -> list[str]:
    """Return the rows of the Go variable `name`, one text each."""
    match = re.search(
        rf"var {name} = \[\][^{{]*(?:\[[^\]]*\])?\w*(?:\[.*?\])?{{\n(.*?)\n}}", source.read_text(), re.DOTALL
    )
    assert match is not None, f"{source} has no table {name}"
    rows = [line.strip() for line in match.group(1).splitlines() if line.strip().startswith("{")]
    assert rows, f"{source}: {name} is empty"
    return rows


def sources(version: str, *candidates: str) -> list[Path]:
    root = real_sdk(version)
    found = [root / name for name in candidates if (root / name).exists()]
    assert found, f"{root} has none of {candidates}"
    return found


GOVER = ("src/internal/gover/gover_test.go", "src/cmd/go/internal/gover/gover_test.go")


@pytest.mark.parametrize("version", ["1.21.6", "1.22.4"])
def test_compare_in_both_directions(version: str) -> None:
    for source in sources(version, *GOVER):
        for row in table(source, "compareTests"):
            match = re.fullmatch(rf"{{{STRING}, {STRING}, ([+-]?\d)}},.*", row)
            assert match is not None, row
            a, b, expected = match.group(1), match.group(2), int(match.group(3))
            assert compare(a, b) == expected, row
            assert compare(b, a) == -expected, row


@pytest.mark.parametrize("version", ["1.21.6", "1.22.4"])
def test_language_and_validity(version: str) -> None:
    for source in sources(version, *GOVER):
        for row in table(source, "langTests"):
            match = re.fullmatch(rf"{{{STRING}, {STRING}}},.*", row)
            assert match is not None, row
            # Go 1.21 still called the language of Go 1 "1.0"; since 1.22 it is "1".
            assert language(match.group(1)) == match.group(2).removesuffix(".0"), row
        for row in table(source, "isLangTests"):
            match = re.fullmatch(rf"{{{STRING}, (true|false)}},.*", row)
            assert match is not None, row
            assert is_language(match.group(1)) == (match.group(2) == "true"), row
        for row in table(source, "isValidTests"):
            match = re.fullmatch(rf"{{{STRING}, (true|false)}},.*", row)
            assert match is not None, row
            assert is_valid(match.group(1)) == (match.group(2) == "true"), row


@pytest.mark.parametrize("version", ["1.21.6", "1.22.4"])
def test_toolchain_names(version: str) -> None:
    for source in sources(version, "src/cmd/go/internal/gover/toolchain_test.go"):
        for row in table(source, "fromToolchainTests"):
            match = re.fullmatch(rf"{{{STRING}, {STRING}}},.*", row)
            assert match is not None, row
            name, expected = go_string(match.group(1)), match.group(2)
            # Go 1.22 and older also read a version out of `gccgo-go1.23`; newer ones don't, and neither do we.
            if name.startswith("go") or not expected:
                assert from_toolchain(name) == expected, row


def test_public_package_orders_names_the_same_way() -> None:
    rows = table(sources("1.22.4", "src/go/version/version_test.go")[0], "compareTests")
    compared = 0
    for row in rows:
        match = re.fullmatch(rf"{{{STRING}, {STRING}, ([+-]?\d)}},.*", row)
        assert match is not None, row
        a, b = match.group(1), match.group(2)
        if a.startswith("go") and b.startswith("go") and "-" not in a + b:
            compared += 1
            assert compare(a[2:], b[2:]) == int(match.group(3)), row
            assert compare(b[2:], a[2:]) == -int(match.group(3)), row
    assert compared > 10


@pytest.mark.parametrize("version", ["1.21.6", "1.22.4"])
def test_every_go_mod_of_the_sdk_is_scanned(version: str) -> None:
    file = real_sdk(version) / "src" / "go.mod"
    seen = scan(file.read_bytes())
    assert seen.go is not None
    assert language(seen.go.value) == language(version)
