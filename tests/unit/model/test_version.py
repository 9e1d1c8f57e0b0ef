from __future__ import annotations

import itertools

import pytest

from goswitch.model.version import Version, compare, from_toolchain, is_language, is_valid

# From FACTS that were run on real toolchains: names with go, and how go/version.Compare orders them.
VECTORS = [
    ("1.21", "1.21rc1", -1),
    ("1.21rc2", "1.21.0", -1),
    ("1.21rc2", "1.21rc10", -1),
    ("1.21beta1", "1.21rc1", -1),
    ("1.20", "1.20.0", 0),
    ("1.20rc1", "1.20", -1),
    ("1.20.14", "1.21", -1),
    ("1.21", "1.20.99", 1),
    ("1.21rc", "1.21rc1", -1),
    ("1.9.2rc2", "1", -1),
    ("1.9", "1.10", -1),
    ("1", "1.0.0", 0),
    ("1.21.3rc1", "1.0", -1),
    ("1.021", "1.0", -1),
    ("2", "1.99", 1),
    ("1.1", "1.99999999999999998", -1),
]


@pytest.mark.parametrize(("a", "b", "expected"), VECTORS)
def test_order_in_both_directions(a: str, b: str, expected: int) -> None:
    assert compare(a, b) == expected
    assert compare(b, a) == -expected


@pytest.mark.parametrize(
    "text",
    ["", "v1.21.0", "1.21.", "1.21.x", "1.21RC1", "1.21rc01", "1.21+auto", " 1.21", "go 1.21", "1.2.3.4", "1.२"],
)
def test_malformed_versions_are_less_than_all_and_equal_to_each_other(text: str) -> None:
    assert not is_valid(text)
    assert compare(text, "1") == -1
    assert compare(text, "x") == 0
    with pytest.raises(ValueError, match="not a Go version"):
        Version.parse(text)


def test_numbers_may_be_longer_than_python_reads_them() -> None:
    assert compare("1." + "9" * 5000, "1." + "9" * 5001) == -1


def test_released_spelling() -> None:
    spellings = {"1.20.0": "1.20", "1.20": "1.20", "1.21.0": "1.21.0", "1.20.1": "1.20.1", "1.22rc1": "1.22rc1"}
    assert {text: Version(text).released.text for text in spellings} == spellings
    assert [
        text for text in ("1.20.0", "1.20", "1.21", "1.21.0", "1", "1.22rc1") if Version(text).is_released_spelling
    ] == [
        "1.20",
        "1.21.0",
        "1.22rc1",
    ]


def test_two_spellings_of_one_release_are_one_key() -> None:
    assert len({Version("1.20"), Version("1.20.0")}) == 1
    assert max(Version("1.20rc1"), Version("1.20")).text == "1.20"


def test_order_is_total_over_all_vectors() -> None:
    texts = {text for row in VECTORS for text in row[:2] if is_valid(text)}
    ordered = sorted(Version(text) for text in texts)
    for (i, a), (j, b) in itertools.combinations(enumerate(ordered), 2):
        assert i < j
        assert a <= b


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("go1.22.4", "1.22.4"),
        ("go1.22.4-custom", "1.22.4"),
        ("go1.22.4 X:foo", "1.22.4"),
        ("go1.99-/run.sh", ""),
        ("go1.99-\\x", ""),
        ("go1.2.3+x", ""),
        ("gccgo-go1.23", ""),
        ("1.22.4", ""),
        ("go", ""),
    ],
)
def test_from_toolchain(name: str, version: str) -> None:
    assert from_toolchain(name) == version


def test_language_versions() -> None:
    assert [text for text in ("1.21", "1.20", "1", "1.21.0", "1.22rc1", "x") if is_language(text)] == ["1.21"]
