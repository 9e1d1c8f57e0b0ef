"""YAML with line numbers."""

from __future__ import annotations

import pytest

from goswitch.model.marked import Unreadable
from goswitch.system.yaml_marks import read_yaml


def test_yaml_gives_texts_as_written_with_their_lines() -> None:
    (document,) = read_yaml("a:\n  b: 1.20\n  c: '1.20'\nd: [x, y]\n")
    assert (document.at("a", "b").text, document.at("a", "b").line, document.at("a", "b").plain) == ("1.20", 2, True)
    assert (document.at("a", "c").text, document.at("a", "c").plain) == ("1.20", False)
    assert [entry.text for entry in document.at("d").scalars()] == ["x", "y"]
    assert document.key_lines == {"a": 1, "d": 4}
    assert document.at("a", "nothing", "there").text == ""


def test_yaml_merges_and_follows_aliases() -> None:
    (document,) = read_yaml("x: &x {b: 1, c: 1}\ny:\n  <<: *x\n  c: 2\nz: *x\nw:\n  <<: [{b: 3}, *x]\n")
    assert {key: value.text for key, value in document.at("y").items.items()} == {"b": "1", "c": "2"}
    assert document.at("z", "b").line == 1
    assert {key: value.text for key, value in document.at("w").items.items()} == {"b": "3", "c": "1"}


def test_yaml_that_contains_itself_or_a_tag_is_only_read() -> None:
    (document,) = read_yaml("a: &x [*x, 1]\nb: !!python/object/apply:os.system ['true']\n")
    assert document.at("a").each[1].text == "1"
    assert [entry.text for entry in document.at("b").each] == ["true"]


def test_yaml_of_several_documents() -> None:
    assert [document.at("a").text for document in read_yaml("a: 1\n---\n---\na: 2\n")] == ["1", "", "2"]
    assert read_yaml("") == []


@pytest.mark.parametrize(
    ("text", "line"), [("a: [\n", 2), ("a: b\n\tc: d\n", 2), ("a: 'x\n", 2), ("a: b\nc: \udcff\n", 2)]
)
def test_what_is_no_yaml_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Unreadable) as refused:
        read_yaml(text)
    assert refused.value.line == line
