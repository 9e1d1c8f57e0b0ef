"""Rendering: parts, tokens, quoting; and what every rendered file must be."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shells import require

from goswitch.shell.quoting import quote_fish, quote_sh
from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, dict[str, str]] = {
    "go.sh": {"TOOL": "go", "TOOLCHAIN": "local", "AUTO": "never", "COMMAND": ""},
    "version.sh": {"NAME": "go1.22.4", "AUTO": "never", "COMMAND": ""},
    "goswitch.sh": {},
    "hook.bash": {"SHIMS": "/s", "TOOLCHAIN": "local"},
    "hook.zsh": {"SHIMS": "/s", "TOOLCHAIN": "local"},
    "hook.fish": {"SHIMS": "/s", "TOOLCHAIN": "local"},
    "completion.bash": {},
    "completion.zsh": {"FOLDER": "/s"},
    "completion.fish": {},
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_rendered_is_one_file(name: str) -> None:
    rendered = render(shell_files(), name, FILES[name])
    assert b"\r\n" not in rendered
    assert b". ./" not in rendered.replace(b'. "./$0"', b"")
    assert b"__" not in rendered.replace(b"__gs_", b"").replace(b"__fish_", b"")
    assert rendered.endswith(b"\n")


@pytest.mark.parametrize("name", FILES)
def test_no_text_spans_lines(name: str) -> None:
    """Comments and indentation are cut by lines, so no string and no here-document may hold any."""
    for path in shell_files().iterdir():
        text = path.read_text()
        assert "<<" not in text.replace("<<<", ""), path
    assert render(shell_files(), name, FILES[name]).count(b"\n#") <= 4


@pytest.mark.parametrize("name", ["go.sh", "goswitch.sh", "version.sh"])
def test_scripts_begin_with_the_interpreter_and_stay_ascii_until_the_last_part(name: str) -> None:
    """yash can't read other bytes in the C locale; only what follows a BOM in a pin file is below them."""
    rendered = render(shell_files(), name, FILES[name])
    assert rendered.startswith(b"#!/bin/sh\n")
    before, _, last = rendered.partition(b"_gs_bom='\xef\xbb\xbf'")
    assert before.isascii()
    assert last.isascii()


def test_a_token_is_filled_once_and_quoted(tmp_path: Path) -> None:
    (tmp_path / "x.sh").write_text("a=__A__\nb=__B__ c=__A__\n")
    rendered = render(tmp_path, "x.sh", {"A": "__B__ $(x)", "B": "it's"})
    assert rendered == b"a='__B__ $(x)'\nb='it'\\''s' c='__B__ $(x)'\n"


def test_a_token_for_fish_is_quoted_as_fish_does(tmp_path: Path) -> None:
    (tmp_path / "x.fish").write_text("set a __A__\n")
    assert render(tmp_path, "x.fish", {"A": "it's\\"}) == b"set a 'it\\'s\\\\'\n"


def test_parts_are_put_in_without_their_comments(tmp_path: Path) -> None:
    (tmp_path / "x.sh").write_text(
        "#!/bin/sh\n# For readers of the result: __A__.\n\n# For others.\nif a; then\n\t. ./b.sh\nfi\n"
    )
    (tmp_path / "b.sh").write_text("# shellcheck shell=sh\n# What b is.\n\tb '#' # stays\n")
    rendered = render(tmp_path, "x.sh", {"A": "it's"})
    assert rendered == b"#!/bin/sh\n# For readers of the result: it's.\nif a; then\nb '#' # stays\nfi\n"


def test_a_token_without_a_value_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.sh").write_text("a=__A__\n")
    with pytest.raises(ValueError, match="no value for the token __A__"):
        render(tmp_path, "x.sh", {})


def test_a_value_without_a_token_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.sh").write_text("a=1\n")
    with pytest.raises(ValueError, match=r"x\.sh has no token for: A"):
        render(tmp_path, "x.sh", {"A": "1"})


def test_a_part_has_no_parts(tmp_path: Path) -> None:
    (tmp_path / "x.sh").write_text(". ./b.sh\n")
    (tmp_path / "b.sh").write_text(". ./c.sh\n")
    with pytest.raises(ValueError, match=r"b\.sh is a part"):
        render(tmp_path, "x.sh", {})


_HOSTILE = st.lists(st.text("ab '\"\\$`(){}[]*?!;&|<>~#\n\té-", max_size=8), min_size=1, max_size=20)


@given(values=_HOSTILE)
def test_sh_reads_back_what_was_quoted(values: list[str]) -> None:
    script = "printf '%s\\0' " + " ".join(quote_sh(value) for value in values)
    done = subprocess.run([require("sh"), "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == "".join(f"{value}\0" for value in values)


def test_fish_reads_back_what_was_quoted() -> None:
    values = ["", "\\", "'", "\\'", "$x (y) {a,b} *", "a\nb", "~", "é", 'x"y', "\\\\''", "#", "-n"]
    script = "printf '%s\\0' " + " ".join(quote_fish(value) for value in values)
    done = subprocess.run([require("fish"), "--no-config", "-c", script], capture_output=True, check=True)
    assert done.stdout.decode() == "".join(f"{value}\0" for value in values)
