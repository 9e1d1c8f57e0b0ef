from __future__ import annotations

import pytest

from goswitch.errors import UsageError
from goswitch.model.request import (
    Alias,
    Exact,
    Linked,
    Malformed,
    PinRequest,
    Range,
    Remote,
    Series,
    System,
    choose,
    parse_pin,
    parse_request,
)
from goswitch.model.version import Version


def exact(text: str) -> Exact:
    return Exact(Version(text))


@pytest.mark.parametrize(
    ("word", "request_"),
    [
        ("1.22.4", exact("1.22.4")),
        ("go1.22.4", exact("1.22.4")),
        ("v1.22.4", exact("1.22.4")),
        ("1.20.0", exact("1.20")),
        ("1.23rc1", exact("1.23rc1")),
        ("go1.21rc", exact("1.21rc")),
        ("1.22", Series("1.22")),
        ("1.22.x", Series("1.22")),
        ("go1.20", Series("1.20")),
        ("stable", Alias("stable")),
        ("latest", Alias("stable")),
        ("oldstable", Alias("oldstable")),
        ("system", System()),
        ("go-nightly", Linked("go-nightly")),
        ("gotip", Linked("gotip")),
        ("go1.22.4-custom", Linked("go1.22.4-custom")),
        ("vendor", Linked("vendor")),
        ("v2build", Linked("v2build")),
        ("_mine", Linked("_mine")),
        ("go1", Linked("go1")),
    ],
)
def test_words_of_a_pin(word: str, request_: PinRequest) -> None:
    assert parse_pin(word) == request_


@pytest.mark.parametrize("word", ["1", "1.021", "1.22.4.5", "1.22.4-custom", "1.22.", "01.2", "1.2.3rc1", "1.22.xx"])
def test_words_that_begin_as_a_version_and_are_none(word: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_pin(word)
    assert not caught.value.characters


@pytest.mark.parametrize("word", ["../x", "a/b", ".go", "-x", "1.22;", "$(x)", "1.22\x00.4", "é", "", "1" * 65, "a b"])
def test_words_that_must_never_become_a_path(word: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_pin(word)
    assert caught.value.characters


def test_requests_of_the_command_line() -> None:
    assert parse_request("~1.22") == Series("1.22")
    assert parse_request(">=1.21,<1.24") == Range(">=1.21,<1.24")
    for bad in ("../x", "1.22.4; rm -rf ~", "", ">=x", "<", "1.22.4.5"):
        with pytest.raises(UsageError):
            parse_request(bad)


INSTALLABLE = [
    Version(text)
    for text in ("1.19.13", "1.20", "1.20.3", "1.21rc3", "1.21.0", "1.21.6", "1.22.4", "1.22.10", "1.23rc1", "1.23rc2")
]


@pytest.mark.parametrize(
    ("text", "newest"),
    [
        ("1.22", "1.22.10"),
        ("1.20", "1.20.3"),
        ("1.20.0", "1.20"),
        ("1.23", "1.23rc2"),
        ("1.21", "1.21.6"),
        ("1.2", None),
        ("1.18", None),
        ("stable", "1.22.10"),
        ("oldstable", "1.21.6"),
        (">=1.21,<1.22", "1.21.6"),
        (">=go1.21,<1.22.10", "1.22.4"),
        ("~=1.22.3", "1.22.10"),
        ("~1.21.2", "1.21.6"),
        (">1.23", None),
        ("!=1.22.10", "1.22.4"),
    ],
)
def test_choosing_the_newest(text: str, newest: str | None) -> None:
    request = parse_request(text)
    assert isinstance(request, Remote)
    chosen = choose(request, INSTALLABLE)
    assert (chosen.text if chosen is not None else None) == newest
