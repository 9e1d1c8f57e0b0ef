"""Our block in rc files: put in, renewed and taken out, to the byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goswitch.errors import DiskError
from goswitch.model.layout import Layout
from goswitch.shell.rcfile import BEGIN, END, add_block, has_block, remove_block
from goswitch.shell.rcplan import Change, apply, setup_plan, shell_of, undo_plan

if TYPE_CHECKING:
    from pathlib import Path

_TEXTS = st.text("ab#\n\r\té >", max_size=30)


@given(text=st.one_of(st.none(), _TEXTS), lines=st.sampled_from(["x", "x\ny\n"]))
@example(text="", lines="x")
@example(text="a", lines="x")
@example(text="a\n\n", lines="x")
@example(text="a\r\n", lines="x")
@example(text=f"{BEGIN}\n", lines="x")
@example(text=f"{END}\na", lines="x")
@example(text=f"{BEGIN}\na\n{BEGIN}\nb\n", lines="x")
def test_what_is_put_in_comes_out_again(text: str | None, lines: str) -> None:
    with_block = add_block(text, lines)
    assert has_block(with_block)
    assert remove_block(with_block) == text


@given(text=st.one_of(st.none(), _TEXTS))
def test_a_second_time_changes_nothing(text: str | None) -> None:
    once = add_block(text, "x")
    assert add_block(once, "x") == once


@given(text=st.one_of(st.none(), _TEXTS), after=_TEXTS)
def test_a_newer_block_takes_the_place_of_the_old(text: str | None, after: str) -> None:
    once = add_block(text, "old")
    twice = add_block(once + after, "new\nlines")
    assert twice == once.replace("\nold\n", "\nnew\nlines\n") + after
    assert remove_block(twice) == remove_block(once + after)


@given(before=_TEXTS, after=_TEXTS.filter(bool))
def test_what_was_written_below_the_block_stays(before: str, after: str) -> None:
    rest = remove_block(add_block(before, "x") + after)
    joint = "" if not before or before.endswith("\n") else "\n"
    assert rest == before + joint + after


def test_what_was_written_into_a_new_file_stays() -> None:
    assert remove_block(add_block(None, "x") + "mine\n") == "mine\n"


def test_a_block_looks_like_this() -> None:
    assert add_block("a\n", "x\n") == "a\n# >>> goswitch >>>\nx\n# <<< goswitch <<<\n"


@pytest.mark.parametrize("text", [f"{BEGIN}\nmine\n", f"a\n{END}\n", f" {BEGIN}\nx\n {END}\n", f"{BEGIN} x\n{END}\n"])
def test_what_is_no_whole_block_stays(text: str) -> None:
    assert not has_block(text)
    assert remove_block(text) == text


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "sdk", tmp_path / "it's data", tmp_path / "cache", tmp_path / "config")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def plan_names(plan: list[Change], home: Path) -> list[str]:
    return [str(change.path.relative_to(home)) for change in plan]


@pytest.mark.parametrize(
    ("there", "goos", "names"),
    [
        ([], "linux", [".bashrc", ".profile"]),
        ([], "darwin", [".bashrc", ".bash_profile"]),
        ([".profile"], "darwin", [".bashrc", ".profile"]),
        ([".profile", ".bash_login"], "linux", [".bashrc", ".bash_login"]),
        ([".profile", ".bash_profile"], "linux", [".bashrc", ".bash_profile"]),
    ],
)
def test_bash_has_two_files(there: list[str], goos: str, names: list[str], layout: Layout, home: Path) -> None:
    for name in there:
        (home / name).touch()
    assert plan_names(setup_plan(["bash"], layout, home, {}, goos), home) == names


@pytest.mark.parametrize(
    ("shell", "env", "name"),
    [
        ("zsh", {}, ".zshrc"),
        ("zsh", {"ZDOTDIR": ""}, ".zshrc"),
        ("zsh", {"ZDOTDIR": "{HOME}/z"}, "z/.zshrc"),
        ("fish", {}, ".config/fish/conf.d/goswitch.fish"),
        ("fish", {"XDG_CONFIG_HOME": "{HOME}/c"}, "c/fish/conf.d/goswitch.fish"),
        ("fish", {"XDG_CONFIG_HOME": "relative"}, ".config/fish/conf.d/goswitch.fish"),
    ],
)
def test_zsh_and_fish_have_one(shell: str, env: dict[str, str], name: str, layout: Layout, home: Path) -> None:
    env = {key: value.replace("{HOME}", str(home)) for key, value in env.items()}
    assert plan_names(setup_plan([shell], layout, home, env, "linux"), home) == [name]


def test_setup_and_undo_leave_every_byte(layout: Layout, home: Path) -> None:
    contents = {".bashrc": b"a\r\nb \xff", ".profile": b"", ".zshrc": b"x\n\n\n"}
    for name, content in contents.items():
        (home / name).write_bytes(content)
        (home / name).chmod(0o600)
    for change in setup_plan(["bash", "zsh", "fish"], layout, home, {}, "linux"):
        apply(change)
    assert (home / ".config/fish/conf.d/goswitch.fish").exists()
    assert setup_plan(["bash", "zsh", "fish"], layout, home, {}, "linux") == []
    assert {(home / name).stat().st_mode & 0o777 for name in contents} == {0o600}
    for change in undo_plan(home, {}):
        apply(change)
    assert {name: (home / name).read_bytes() for name in contents} == contents
    assert not (home / ".config/fish/conf.d/goswitch.fish").exists()
    assert undo_plan(home, {}) == []


def test_a_link_stays_a_link(layout: Layout, home: Path, tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir()
    (dotfiles / "zshrc").write_text("mine\n")
    (home / ".zshrc").symlink_to("../dotfiles/zshrc")
    (change,) = setup_plan(["zsh"], layout, home, {}, "linux")
    apply(change)
    assert (home / ".zshrc").is_symlink()
    assert has_block((dotfiles / "zshrc").read_text())
    assert [path.name for path in dotfiles.iterdir()] == ["zshrc"]


def test_a_file_that_changed_meanwhile_is_not_overwritten(layout: Layout, home: Path) -> None:
    (change,) = setup_plan(["zsh"], layout, home, {}, "linux")
    (home / ".zshrc").write_text("newer\n")
    with pytest.raises(DiskError, match="has changed meanwhile"):
        apply(change)
    assert (home / ".zshrc").read_text() == "newer\n"


def test_a_file_that_cannot_be_read_is_an_error(layout: Layout, home: Path) -> None:
    (home / ".zshrc").mkdir()
    with pytest.raises(DiskError, match=re.escape(f"can't read {home}/.zshrc")):
        setup_plan(["zsh"], layout, home, {}, "linux")


@pytest.mark.parametrize(
    ("variable", "shell"), [("/bin/bash", "bash"), ("/x/fish", "fish"), ("/bin/dash", None), ("", None)]
)
def test_the_login_shell(variable: str, shell: str | None) -> None:
    assert shell_of({"SHELL": variable}) == shell
