"""What a hook must notice at a prompt where it takes the short way, and that it takes it: each way for each place."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from shell.made import HOSTILE, make
from shell.pin_changes import CHANGES, pin_again
from shell.session import Session, each_shell
from unprivileged import readable_folder

if TYPE_CHECKING:
    from pathlib import Path

LOOK = {"bash": "_gs_look", "zsh": "_gs_look", "fish": "__gs_look"}
"""The function that looks anew."""

each_place = pytest.mark.parametrize("place", ["plain", HOSTILE], ids=["plain", "hostile"])
each_depth = pytest.mark.parametrize("below", [".", "a/b/c"], ids=["here", "above"])


@each_depth
@each_place
@each_shell
def test_whatever_happens_to_the_pin_counts_at_the_next_prompt(
    shell: str, place: str, below: str, tmp_path: Path
) -> None:
    made = make(tmp_path, place)
    pin = made.project / ".go-version"
    (made.project / below).mkdir(parents=True, exist_ok=True)
    with Session(shell, made, patient=True) as session:
        session.cd(made.project / below)
        for kind, (change, name) in CHANGES.items():
            pin_again(pin)
            for _ in range(2):
                session.do("true")
                assert (kind, session.bound()) == (kind, "go1.22.4")
            change(pin)
            screen = session.do("true")
            assert (kind, session.bound()) == (kind, name)
            assert pin.name not in screen


@each_shell
def test_a_pin_that_is_a_link_counts_when_it_leads_elsewhere(shell: str, tmp_path: Path) -> None:
    made = make(tmp_path, "plain")
    pin = made.project / ".go-version"
    for word in ("1.22.4", "1.21.6"):
        (made.base / word).write_text(f"{word}\n")
    shutil.copystat(made.base / "1.22.4", made.base / "1.21.6")
    with Session(shell, made, patient=True) as session:
        session.cd("project")
        for word in ("1.22.4", "1.21.6", "1.22.4"):
            pin.unlink()
            pin.symlink_to(made.base / word)
            session.do("true")
            assert session.bound() == f"go{word}"


@pytest.mark.parametrize("word", ["1.22.4", "1.22", None])
@each_place
@each_shell
def test_a_nearer_pin_counts_at_the_next_prompt(shell: str, word: str | None, place: str, tmp_path: Path) -> None:
    made = make(tmp_path, place)
    deep = made.project / "a" / "b" / "c"
    deep.mkdir(parents=True)
    if word is None:
        (made.project / ".go-version").unlink()
    else:
        made.pin(word)
    above = {"1.22.4": "go1.22.4", "1.22": "go1.22.10", None: ""}[word]
    with Session(shell, made, patient=True) as session:
        session.cd(deep)
        for folder in (deep, deep.parent, deep.parent.parent):
            for name, text in ((".go-version", "1.21.6"), (".tool-versions", "golang 1.21.6"), (".go-version", None)):
                session.do("true")
                assert session.bound() == above
                nearer = folder / name
                if text is None:
                    nearer.symlink_to("gone")
                else:
                    nearer.write_text(text)
                session.do("true")
                assert (folder, session.bound()) == (folder, "" if text is None else "go1.21.6")
                nearer.unlink()
        session.do("true")
        assert session.bound() == above


@each_depth
@each_place
@each_shell
def test_what_comes_and_goes_in_a_series_counts_at_the_next_prompt(
    shell: str, place: str, below: str, tmp_path: Path
) -> None:
    made = make(tmp_path, place)
    made.pin("1.22")
    (made.project / below).mkdir(parents=True, exist_ok=True)
    mark = made.layout.sdk_root / "go1.22.12" / ".unpacked-success"
    with Session(shell, made, patient=True) as session:
        session.cd(made.project / below)
        for name in ("go1.22.11", "go1.22.12"):
            session.do("true")
            made.sdk(name)
            session.do("true")
            assert session.bound() == name
        mark.parent.rename(made.layout.sdk_root / "away")
        session.do("true")
        assert session.bound() == "go1.22.11"
        (made.layout.sdk_root / "away").rename(mark.parent)
        mark.unlink()
        session.do("true")
        assert session.bound() == "go1.22.11"
        mark.touch()
        session.do("true")
        assert session.bound() == "go1.22.12"
        made.pin("1.21")
        session.do("true")
        assert session.bound() == "go1.21.6"


@each_depth
@each_shell
def test_what_the_user_sets_counts_at_the_next_prompt(shell: str, below: str, tmp_path: Path) -> None:
    made = make(tmp_path, "plain")
    (made.project / below).mkdir(parents=True, exist_ok=True)
    # A root of SDKs for each way to name one; the first HOME has a sign of a pattern that fits the next one's name.
    homes = [made.base / name for name in ("home*", "home2", "HOME2")]
    for home in homes:
        shutil.copytree(made.layout.sdk_root / "go1.22.4", home / "sdk" / "go1.22.4")
    with Session(shell, made, patient=True) as session:
        session.cd(made.project / below)
        first = session.path()
        assert session.bound() == "go1.22.4"
        session.export("GOSWITCH_VERSION", "1.21.6")
        assert session.bound() == "go1.21.6"
        session.unset("GOSWITCH_VERSION")
        assert session.path() == first
        session.export("GOSWITCH_SDK_ROOT", f"{homes[0]}/sdk")
        assert session.path()[1] == f"{homes[0]}/sdk/go1.22.4/bin"
        session.export("HOME", str(homes[0]))
        session.unset("GOSWITCH_SDK_ROOT")
        for home in homes:
            if shell == "bash" and home == homes[-1]:
                session.do("shopt -s nocasematch")
            session.export("HOME", str(home))
            assert session.path()[1] == f"{home}/sdk/go1.22.4/bin"
        session.export("PATH", "/usr/bin:/bin")
        assert session.path()[:2] == [f"{homes[-1]}/sdk/go1.22.4/bin", "/usr/bin"]


@each_shell
def test_a_shell_below_another_binds_itself_beside_a_blank_pin(shell: str, tmp_path: Path) -> None:
    """It inherits a PATH with the shims, so that nothing changes when it reads the hook."""
    made = make(tmp_path, "plain")
    (made.base / ".go-version").write_text("\n")
    with Session(shell, made) as above:
        inherited = above.env()
    inside = {"PATH": inherited["PATH"], "GOSWITCH_VERSION": "1.21.6"}
    with Session(shell, made, inside, patient=True) as session:
        session.do("true")
        assert session.bound() == "go1.21.6"


@each_shell
def test_beside_a_blank_pin_what_the_user_sets_counts(shell: str, tmp_path: Path) -> None:
    made = make(tmp_path, "plain")
    (made.project / ".go-version").write_text("\n")
    with Session(shell, made, patient=True) as session:
        session.cd(made.project)
        assert session.bound() == ""
        session.export("GOSWITCH_VERSION", "1.21.6")
        assert session.bound() == "go1.21.6"


@pytest.mark.parametrize("word", ["1.22.4", "1.22", None])
@each_depth
@each_shell
def test_where_nothing_has_changed_nothing_is_looked_up(
    shell: str, word: str | None, below: str, tmp_path: Path
) -> None:
    """Else the tests above would say nothing about the short ways."""
    made = make(tmp_path, "plain")
    (made.project / below).mkdir(parents=True, exist_ok=True)
    if word is None:
        (made.project / ".go-version").unlink()
    else:
        made.pin(word)
    with Session(shell, made, patient=True) as session:
        session.cd(made.project / below)
        if shell == "fish":
            session.do(f"function {LOOK[shell]}; set -g looked yes; end")
        else:
            session.do(f"{LOOK[shell]}() {{ looked=yes; }}")
        session.do("/bin/sh -c 'exit 3'")
        assert session.value('echo "<$looked>"') == "<>\n"
        (made.project / below / ".go-version").write_text("1.21.6")
        session.do("true")
        assert session.value('echo "<$looked>"') == "<yes>\n"


@each_shell
def test_a_patch_of_three_digits_is_the_newest(shell: str, tmp_path: Path) -> None:
    made = make(tmp_path, "plain")
    made.pin("1.22")
    made.sdk("go1.22.9", "go1.22.100", "go1.22.11")
    with Session(shell, made) as session:
        session.cd("project")
        assert session.bound() == "go1.22.100"


@pytest.mark.parametrize("name", ["GOROOT", "GOTOOLCHAIN"])
@each_shell
def test_what_the_user_has_set_is_heeded_on_the_way_to_another_pin(shell: str, name: str, tmp_path: Path) -> None:
    made = make(tmp_path, "plain")
    made.pin("1.21.6", made.base / "other")
    with Session(shell, made) as session:
        before = session.path()
        for folder, sdk in (("project", "go1.22.4"), ("other", "go1.21.6"), ("project", "go1.22.4")):
            session.cd(made.base / folder)
            assert session.bound() == sdk
            env = session.env()
            assert env["GOTOOLCHAIN"] == "local"
            assert "GOROOT" not in env
            if name == "GOROOT":
                session.export(name, "/new")
            else:
                session.unset(name)
        session.cd("/")
        env = session.env()
        assert env.get("GOROOT") == ("/new" if name == "GOROOT" else None)
        assert ("GOTOOLCHAIN" in env, session.path()) == (False, before)


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_folder_that_is_renamed_is_bound_as_the_shims_see_it(shell: str, tmp_path: Path) -> None:
    """And its name given to another. No call of `go` goes by a PWD that is not where it is."""
    made = make(tmp_path, "plain")
    made.shims()
    with Session(shell, made, patient=True) as session:
        session.cd("project")
        made.project.rename(made.base / "renamed")
        made.pin("1.21.6")
        session.do("true")
        assert session.bound() == "go1.22.4"
        assert session.value("go version") == made.ran("go1.22.4", "version")


@each_depth
@each_shell
def test_a_pin_that_becomes_unreadable_is_let_go_in_silence(shell: str, below: str) -> None:
    with readable_folder() as base:
        made = make(base, "plain")
        (made.project / below).mkdir(parents=True, exist_ok=True)
        with Session(shell, made, nobody=True, patient=True) as session:
            session.cd(made.project / below)
            session.do("true")
            assert session.bound() == "go1.22.4"
            (made.project / ".go-version").chmod(0)
            screen = session.do("true")
            assert session.bound() == ""
            assert "ermission" not in screen


@pytest.mark.parametrize("shell", ["bash"])
def test_what_is_set_after_the_shell_was_bound_is_no_hindrance(shell: str, tmp_path: Path) -> None:
    """IFS may hold a digit, and with nocasematch two folders have one name."""
    made = make(tmp_path, "plain")
    made.pin("1.21.6", made.base / "PROJECT")
    with Session(shell, made, patient=True) as session:
        session.cd("project")
        session.do("IFS=0")
        made.pin("1.22.40")
        session.do("true")
        assert session.bound() == ""
        session.do("unset IFS; shopt -s nocasematch")
        made.pin("1.22.4")
        for folder, name in (("project", "go1.22.4"), ("PROJECT", "go1.21.6"), ("project", "go1.22.4")):
            session.cd(made.base / folder)
            session.do("true")
            assert session.bound() == name


@pytest.mark.parametrize(
    ("shell", "option"),
    [
        ("bash", "shopt -s failglob"),
        ("bash", "set -f"),
        ("bash", "shopt -s nullglob; set -u"),
        ("zsh", "setopt no_glob ksh_arrays no_unset"),
        ("zsh", "setopt null_glob glob_subst sh_word_split"),
        ("zsh", "setopt err_return ksh_glob no_bare_glob_qual"),
    ],
)
def test_options_that_change_at_a_series_are_no_hindrance(shell: str, option: str, tmp_path: Path) -> None:
    made = make(tmp_path, "plain")
    made.pin("1.22")
    with Session(shell, made, patient=True) as session:
        session.cd("project")
        session.do(option)
        assert session.bound() == "go1.22.10"
        made.sdk("go1.22.11")
        session.do("true")
        assert session.bound() == "go1.22.11"
        for sdk in made.layout.sdk_root.glob("go1.22.*"):
            shutil.rmtree(sdk)
        screen = session.do("true")
        assert "no match" not in screen
        assert session.bound() == ""
