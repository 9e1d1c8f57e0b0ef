from __future__ import annotations

import pytest

from goswitch.integrate.jsonc import NotJsonc, read_jsonc

SETTINGS = """\ufeff// mine
{
  /* why
     so */ "go.goroot": "/usr/local/go", // "go.goroot": "/not/this"
  "go.alternateTools": {
    "go" /* : */ : "/x//go",
  },
  "list": [{"go": 1}, {"go": 2},],
  "last": "a\\"b: {"
}
"""


def test_values_and_lines_of_keys() -> None:
    document = read_jsonc(SETTINGS)
    assert document.get("go.goroot") == "/usr/local/go"
    assert document.line("go.goroot") == 4
    assert (document.get("go.alternateTools", "go"), document.line("go.alternateTools", "go")) == ("/x//go", 6)
    assert document.line("list", "go") == 8
    assert (document.get("last"), document.line("last")) == ('a"b: {', 9)
    assert document.get("go.goroot", "deeper") is None
    assert document.line("nothing") == 0


def test_objects_in_a_list_stand_beside_each_other() -> None:
    document = read_jsonc('{"list": [{"a": 1},\n{"b": {"c": 2}},\n3], "d": [],\n"e": 4}')
    assert document.lines == {
        ("list",): 1, ("list", "a"): 1, ("list", "b"): 2, ("list", "b", "c"): 2, ("d",): 3, ("e",): 4,
    }  # fmt: skip


def test_of_a_key_that_stands_twice_the_last_counts() -> None:
    document = read_jsonc('{"a": 1,\n"a": 2}')
    assert (document.get("a"), document.line("a")) == (2, 2)


@pytest.mark.parametrize("text", ["", " \n", "// only words\n", "/* and */ // more"])
def test_no_value_is_an_empty_object(text: str) -> None:
    assert read_jsonc(text).value == {}


@pytest.mark.parametrize(
    ("text", "line"), [('{\n"a": }', 2), ("{\n\n", 1), ('{"a": 1 "b": 2}', 1), ('{"a": NaN}', 1), ("[1]]", 1)]
)
def test_what_is_none(text: str, line: int) -> None:
    with pytest.raises(NotJsonc) as error:
        read_jsonc(text)
    assert error.value.line == line
