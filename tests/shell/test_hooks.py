"""The hooks in real interactive shells: binding at the prompt, and putting everything back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from shell.made import Made, bin_of
from shell.session import Session, each_shell

from goswitch.shell.hooks import SHELLS

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS = ("GOSWITCH_HOOK_BIN", "GOSWITCH_HOOK_GOROOT", "GOSWITCH_HOOK_GOTOOLCHAIN")
WATCHED = ("PATH", "GOROOT", "GOTOOLCHAIN", *OURS)


def watched(env: Mapping[str, str]) -> dict[str, str]:
    """Return what the hook may touch."""
    return {name: env[name] for name in WATCHED if name in env}


@each_shell
@pytest.mark.parametrize("goroot", [None, "", "/usr/lib/go x"])
@pytest.mark.parametrize("toolchain", [None, "", "auto"])
def test_entering_binds_and_leaving_puts_back(
    shell: str, goroot: str | None, toolchain: str | None, made: Made
) -> None:
    given = {name: value for name, value in (("GOROOT", goroot), ("GOTOOLCHAIN", toolchain)) if value is not None}
    with Session(shell, made, given) as session:
        before = session.env()
        assert before["PATH"] == f"{made.layout.shims}:/usr/bin:/bin"
        session.cd("project")
        inside = session.env()
        assert inside["PATH"] == f"{made.layout.shims}:{bin_of(made, 'go1.22.4')}:/usr/bin:/bin"
        assert "GOROOT" not in inside
        assert inside["GOTOOLCHAIN"] == (toolchain or "local")
        session.cd("/")
        assert watched(session.env()) == watched(before)
        assert {name: session.env().get(name) for name in ("GOROOT", "GOTOOLCHAIN")} == {
            "GOROOT": goroot,
            "GOTOOLCHAIN": toolchain,
        }


@each_shell
def test_a_changed_pin_counts_at_the_next_prompt(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        session.cd("project")
        for word, name in (
            ("1.21.6", "go1.21.6"),
            ("v1.22", "go1.22.10"),
            ("stable", "go1.22.10"),
            ("1.23", "go1.23rc1"),
        ):
            made.pin(word)
            session.do("true")
            assert session.bound() == name
        (made.project / ".go-version").unlink()
        session.do("true")
        assert session.bound() == ""


@each_shell
def test_one_pin_after_another(shell: str, made: Made) -> None:
    made.pin("1.21.6", made.project / "a")
    (made.project / "a" / "b").mkdir()
    with Session(shell, made, {"GOROOT": "/old"}) as session:
        before = session.env()
        for folder, name in (("project", "go1.22.4"), ("a/b", "go1.21.6"), ("../..", "go1.22.4")):
            session.cd(folder)
            env = session.env()
            assert env["PATH"] == f"{made.layout.shims}:{bin_of(made, name)}:/usr/bin:/bin"
            assert "GOROOT" not in env
        session.cd("..")
        assert watched(session.env()) == watched(before)


PINS: dict[str, tuple[str, str | None]] = {
    "crlf and bom": ("\ufeff1.22.4\r\n", "go1.22.4"),
    "bom and a line": ("\ufeff\n1.22.4", "go1.22.4"),
    "comment": ("# x\n\n\t1.22.4 y\n", "go1.22.4"),
    "old point zero": ("1.20.0\n", "go1.20"),
    "old series": ("1.20\n", "go1.20.1"),
    "oldstable": ("oldstable", "go1.21.6"),
    "candidate": ("go1.23rc1\n", "go1.23rc1"),
    "linked": ("my+go\n", "my+go"),
    "system": ("system\n", None),
    "not installed": ("1.19.1\n", None),
    "no such series": ("1.19\n", None),
    "not linked": ("other\n", None),
    "empty": ("", None),
    "comments": ("# 1.22.4\n", None),
    "hostile": ("1.22.4;touch /tmp/x\n", None),
    "substitution": ("$(touch x)\n", None),
    "path": ("../go1.22.4\n", None),
    "no version": ("1.22.4.5\n", None),
    "leading zero": ("1.022\n", None),
    "long": ("1.22." + "4" * 70 + "\n", None),
    "two crs": ("1.22.4\r\r\n", None),
    "zero bytes": ("1.21.13\n", None),
}


@each_shell
def test_each_word_binds_what_the_rule_says_and_nothing_is_printed(shell: str, made: Made) -> None:
    made.sdk("go1.20", "go1.20.1", "my", "go1.21.13")
    (made.layout.sdk_root / "my+go").symlink_to("my")
    (made.layout.sdk_root / "go1.21.13" / "bin" / "go").write_text("")
    with Session(shell, made) as session:
        session.cd("project")
        for kind, (content, name) in PINS.items():
            if kind == "oldstable":
                (made.layout.sdk_root / "go1.21.13" / ".unpacked-success").unlink()
            (made.project / ".go-version").write_bytes(content.encode())
            screen = session.do("true")
            assert (kind, session.bound()) == (kind, name or "")
            assert "goswitch:" not in screen
            if kind == "oldstable":
                (made.layout.sdk_root / "go1.21.13" / ".unpacked-success").touch()


@each_shell
def test_odd_pin_files_bind_nothing_and_block_nothing(shell: str, made: Made) -> None:
    file = made.project / ".go-version"
    with Session(shell, made) as session:
        session.cd("project")
        file.unlink()
        for kind in ("folder", "fifo", "link"):
            match kind:
                case "folder":
                    file.mkdir()
                case "fifo":
                    os.mkfifo(file)
                case _:
                    file.symlink_to("gone")
            session.do("true")
            assert session.bound() == ""
            (file.rmdir if file.is_dir() else file.unlink)()
        (made.project / ".tool-versions").write_text("nodejs 1\ngolang\t1.21.6 x\r\n")
        session.do("true")
        assert session.bound() == "go1.21.6"
        (made.project / ".tool-versions").write_text("golang # none\n")
        made.pin("1.22.4", made.base)
        session.do("true")
        assert session.bound() == ""
        (made.project / ".tool-versions").write_text("nodejs 1\n")
        session.do("true")
        assert session.bound() == "go1.22.4"
        file.write_bytes(b"1.22\x00.4\n")
        session.do("true")
        assert session.bound() in {"", "go1.22.4"}


@each_shell
def test_the_variable_beats_the_file(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        session.cd("project")
        session.export("GOSWITCH_VERSION", "1.21.6")
        assert session.bound() == "go1.21.6"
        session.cd("/")
        assert session.bound() == "go1.21.6"
        session.unset("GOSWITCH_VERSION")
        assert session.bound() == ""


@each_shell
def test_what_the_user_does_to_path_meanwhile_survives(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        session.cd("project")
        before, after = ("set -gx PATH /mine $PATH", "set -gx PATH $PATH /last")
        if shell != "fish":
            before, after = ("PATH=/mine:$PATH", "PATH=$PATH:/last")
        session.do(before)
        session.do(after)
        bound, shims = bin_of(made, "go1.22.4"), str(made.layout.shims)
        assert session.path() == ["/mine", shims, bound, "/usr/bin", "/bin", "/last"]
        session.cd("..")
        assert session.path() == ["/mine", shims, "/usr/bin", "/bin", "/last"]
        session.cd("project")
        session.export("PATH", "/usr/bin")
        assert session.path() == [bound, "/usr/bin"]
        session.cd("..")
        assert session.path() == ["/usr/bin"]


@each_shell
def test_an_entry_of_the_users_own_for_the_same_sdk_stays(shell: str, made: Made) -> None:
    own = bin_of(made, "go1.22.4")
    with Session(shell, made, {"PATH": f"/usr/bin:{own}:/bin"}) as session:
        before = session.env()["PATH"]
        session.cd("project")
        assert session.path()[:3] == [str(made.layout.shims), own, "/usr/bin"]
        session.cd("..")
        assert session.env()["PATH"] == before


@each_shell
def test_what_the_user_sets_while_bound_survives(shell: str, made: Made) -> None:
    with Session(shell, made, {"GOROOT": "/old"}) as session:
        session.cd("project")
        session.export("GOROOT", "/new")
        session.export("GOTOOLCHAIN", "path")
        session.cd("..")
        env = session.env()
        assert (env["GOROOT"], env["GOTOOLCHAIN"]) == ("/new", "path")
        assert not set(OURS) & env.keys()


@each_shell
def test_reading_the_hook_again_changes_nothing(shell: str, made: Made) -> None:
    with Session(shell, made, {"GOROOT": "/old"}) as session:
        before = session.env()
        session.cd("project")
        inside = session.env()
        for _ in range(2):
            session.do(session.source)
        assert watched(session.env()) == watched(inside)
        if shell == "bash":
            assert session.value('echo "$PROMPT_COMMAND"') == "_gs_hook\n"
        if shell == "zsh":
            assert session.value("echo $precmd_functions $chpwd_functions") == "_gs_hook\n"
        session.cd("..")
        assert watched(session.env()) == watched(before)


@each_shell
@pytest.mark.parametrize("inner", SHELLS)
def test_a_shell_inside_puts_back_what_it_never_saw(shell: str, inner: str, made: Made) -> None:
    with Session(shell, made, {"GOROOT": "/old"}) as session:
        before = session.env()
        session.cd("project")
        inherited = session.env()
        assert inherited["GOSWITCH_HOOK_BIN"] == bin_of(made, "go1.22.4")
        names = ("PATH", "GOTOOLCHAIN", *OURS)
        with Session(inner, made, {name: inherited[name] for name in names if name in inherited}) as nested:
            nested.cd("project")
            assert watched(nested.env()) == watched(inherited)
            nested.cd("/")
            assert watched(nested.env()) == watched(before)


@each_shell
def test_a_shell_inside_whose_rc_file_sets_things_anew(shell: str, made: Made) -> None:
    """A login shell in a terminal multiplexer: PATH is reordered and GOROOT exported before the hook is read."""
    bound = bin_of(made, "go1.22.4")
    inherited = {
        "PATH": f"/usr/bin:/bin:{bound}:{made.layout.shims}",
        "GOTOOLCHAIN": "local",
        "GOROOT": "/by/rc",
        "GOSWITCH_HOOK_BIN": bound,
        "GOSWITCH_HOOK_GOROOT": "=/old",
        "GOSWITCH_HOOK_GOTOOLCHAIN": "-local",
    }
    with Session(shell, made, inherited) as session:
        session.cd("project")
        env = session.env()
        assert env["PATH"].split(":")[0] == bound
        assert "GOROOT" not in env
        session.cd("/")
        env = session.env()
        assert env["PATH"] == f"/usr/bin:/bin:{made.layout.shims}"
        assert env["GOROOT"] == "/by/rc"
        assert "GOTOOLCHAIN" not in env
