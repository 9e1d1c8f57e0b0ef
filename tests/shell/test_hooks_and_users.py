"""The hooks beside what is the user's: statuses, options, PROMPT_COMMAND, functions, odd folders, `goswitch shell`."""

from __future__ import annotations

import pytest
from shell.made import HOSTILE, Made
from shell.session import Session, each_shell
from shells import require


@each_shell
def test_the_status_is_kept(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        for folder in ("project", "/"):
            session.cd(folder)
            session.do("/bin/sh -c 'exit 7'" if shell == "fish" else "(exit 7)")
            # The first word of the next line still sees it: the marks of `do` are typed after that.
            screen = session.do("/bin/sh -c 'exit 7'; echo now $status" if shell == "fish" else "(exit 7); echo now $?")
            assert "now 7" in screen


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_status_is_the_command_lines_at_the_next_prompt(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        session.cd("project")
        seen = made.base / "status"
        session.do(f"later() {{ printf '%s ' $? >>{session.quote(str(seen))}; }}")
        session.do('PROMPT_COMMAND="$PROMPT_COMMAND; later"' if shell == "bash" else "precmd_functions+=(later)")
        session.do("(exit 9)")
        assert "9" in seen.read_text().split()


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize("options", ["set -u", "set -e", "set -f", "set -eu"])
def test_options_of_the_users_are_no_hindrance_and_stay(shell: str, options: str, made: Made) -> None:
    made.pin("1.22")
    with Session(shell, made, hook=False) as session:
        session.do(options)
        flags = session.value('echo "$-"')
        session.do(session.source)
        session.cd("project")
        assert session.bound() == "go1.22.10"
        session.cd("/")
        assert session.bound() == ""
        assert session.value('echo "$-"') == flags


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_a_status_that_set_e_lets_pass_does_not_end_the_shell_in_the_hook(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        session.do("set -e")
        session.do("! true")
        session.cd("project")
        session.do("! true")
        assert session.bound() == "go1.22.4"


@pytest.mark.parametrize(
    "option", ["failglob", "nullglob", "nocasematch", "nocaseglob", "dotglob", "extglob", "globstar"]
)
def test_shell_options_of_bash_stay(option: str, made: Made) -> None:
    made.pin("1.22")
    with Session("bash", made, hook=False) as session:
        session.do(f"shopt -s {option}")
        session.do(session.source)
        session.cd("project")
        assert session.bound() == "go1.22.10"
        made.pin("1.19")
        assert "no match" not in session.do("true")
        assert session.bound() == ""
        assert session.value("shopt -p failglob nocasematch") == "".join(
            f"shopt -{'s' if name == option else 'u'} {name}\n" for name in ("failglob", "nocasematch")
        )


@pytest.mark.parametrize(
    "option", ["ksh_arrays", "sh_word_split", "no_glob", "null_glob", "extended_glob", "no_unset", "err_return"]
)
def test_options_of_zsh_stay(option: str, made: Made) -> None:
    made.pin("1.22")
    with Session("zsh", made, hook=False) as session:
        session.do(f"setopt {option}")
        before = session.value("setopt")
        session.do(session.source)
        session.cd("project")
        assert session.bound() == "go1.22.10"
        session.cd("/")
        assert session.bound() == ""
        assert session.value("setopt") == before


@each_shell
def test_hostile_folder_names(shell: str, made: Made) -> None:
    folder = made.project / HOSTILE / "-n" / "$(touch x)`touch x`"
    made.pin("1.21.6", folder)
    with Session(shell, made, {"CDPATH": "/:/usr", "IFS": "o./"}) as session:
        session.cd(folder)
        assert session.bound() == "go1.21.6"
        session.cd("/")
        assert session.bound() == ""
    assert not list(made.base.rglob("x"))


@each_shell
def test_the_logical_folder_counts(shell: str, made: Made) -> None:
    made.pin("1.21.6", made.base / "real" / "sub")
    (made.base / "real" / "sub" / ".go-version").rename(made.base / "real" / ".go-version")
    (made.project / "link").symlink_to("../real/sub")
    with Session(shell, made) as session:
        session.cd("project/link")
        assert session.bound() == "go1.22.4"


@each_shell
def test_a_folder_that_is_deleted_under_the_shell(shell: str, made: Made) -> None:
    folder = made.project / "gone"
    folder.mkdir()
    with Session(shell, made) as session:
        session.cd(folder)
        folder.rmdir()
        session.do("true")
        session.cd("/")
        assert session.bound() == ""


@each_shell
def test_an_sdk_that_goes_away_is_let_go_at_the_next_change(shell: str, made: Made) -> None:
    """Until then the shims, which stand first, say that it is gone: at rest, a prompt looks at the pin alone."""
    made.shims()
    mark = made.layout.sdk_root / "go1.22.4" / ".unpacked-success"
    with Session(shell, made) as session:
        session.cd("project")
        mark.unlink()
        assert "go1.22.4 is incomplete" in session.value("/bin/sh -c 'go version 2>&1'")
        session.cd("..")
        session.cd("project")
        assert session.bound() == ""
        mark.touch()
        session.do("true")
        assert session.bound() == "go1.22.4"


@each_shell
def test_a_substitution_holds_nothing_of_the_hooks(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        cd = "printf '%s\\n' (cd project; pwd)" if shell == "fish" else "printf '%s\\n' \"$(cd project && pwd)\""
        assert session.value(cd) == f"{made.project}\n"
        if shell != "fish":
            # In fish it moves the shell itself.
            assert session.bound() == ""


def test_fish_is_not_bound_in_the_midst_of_a_substitution(made: Made) -> None:
    with Session("fish", made) as session:
        assert session.value("printf '%s\\n' (cd project; echo $PATH[1])") == f"{made.layout.shims}\n"
        assert session.bound() == "go1.22.4"


def test_a_failing_cd_is_no_harm(made: Made) -> None:
    with Session("bash", made) as session:
        session.cd("project")
        session.cd("/no such folder")
        assert session.bound() == "go1.22.4"
        session.do("pushd /")
        assert session.bound() == ""
        session.do("popd")
        assert session.bound() == "go1.22.4"


@pytest.mark.parametrize(
    "given",
    [
        "PROMPT_COMMAND='count=$((count + 1)); '",
        "PROMPT_COMMAND='count=$((count + 1)) # mine'",
        "PROMPT_COMMAND=$'\\n count=$((count + 1))\\n'",
    ],
)
def test_a_string_in_prompt_command_is_kept(given: str, made: Made) -> None:
    with Session("bash", made, hook=False) as session:
        session.do(f"count=0; {given}")
        screen = session.do(session.source)
        session.cd("project")
        assert session.bound() == "go1.22.4"
        assert "error" not in screen
        first = int(session.value("echo $count"))
        assert int(session.value("echo $count")) > first > 0


def test_an_array_in_prompt_command_is_kept(made: Made) -> None:
    with Session("bash", made, hook=False) as session:
        session.do("PROMPT_COMMAND=('one=$((one + 1));' 'two=$((two + 1))')")
        for _ in range(2):
            session.do(session.source)
        session.cd("project")
        assert session.bound() == "go1.22.4"
        assert (
            session.value("printf '<%s>' \"${PROMPT_COMMAND[@]}\"") == "<_gs_hook><one=$((one + 1));><two=$((two + 1))>"
        )
        assert [int(word) > 0 for word in session.value("echo $one $two").split()] == [True, True]


def test_hooks_of_the_users_are_kept_in_zsh(made: Made) -> None:
    with Session("zsh", made, hook=False) as session:
        session.do(
            "chpwd() { echo own >&2; cds=$((cds + 1)); }; mine() { prompts=$((prompts + 1)); }; precmd_functions=(mine)"
        )
        session.do(session.source)
        session.cd("project")
        assert session.bound() == "go1.22.4"
        assert session.value("echo $cds $((prompts > 1)) $precmd_functions") == "1 1 mine _gs_hook\n"


@each_shell
def test_functions_and_aliases_of_the_users_are_kept(shell: str, made: Made) -> None:
    with Session(shell, made, hook=False) as session:
        if shell == "fish":
            session.do('function cd; set -g cds "x$cds"; builtin cd $argv; end')
        else:
            session.do('cd() { cds="x$cds"; builtin cd "$@"; }')
            session.do("alias local=false export=false unset=false case=false goswitch='echo alias' set=false")
        screen = session.do(session.source)
        assert "error" not in screen
        session.cd("project")
        assert session.bound() == "go1.22.4"
        session.do("builtin cd /")
        assert session.bound() == ""
        assert session.value("echo $cds") == "x\n"
        if shell != "fish":
            assert "false" in session.value("alias local")


@each_shell
def test_goswitch_shell_binds_the_shell(shell: str, made: Made) -> None:
    """A stand-in for the program: it prints the line that the real one prints, and fails as that one does."""
    programs = made.base / "programs"
    programs.mkdir()
    (programs / "goswitch").write_text(
        "#!/bin/sh\n"
        'case "$*" in\n'
        '"shell --print-for fish 1.21.6") echo "set -gx GOSWITCH_VERSION 1.21.6" ;;\n'
        '"shell --print-for "*" 1.21.6") echo "export GOSWITCH_VERSION=\'1.21.6\'" ;;\n'
        '"shell --print-for fish --unset") echo "set -e GOSWITCH_VERSION" ;;\n'
        '"shell --print-for "*" --unset") echo "unset GOSWITCH_VERSION" ;;\n'
        '"shell --print-for "*" --help") printf "Usage: touch x\\n  touch x\\n" ;;\n'
        '"list a b") echo "the program: $2|$3"; exit 3 ;;\n'
        '*) echo "no: $*" >&2; exit 4 ;;\n'
        "esac\n"
    )
    (programs / "goswitch").chmod(0o755)
    with Session(shell, made, {"PATH": f"{programs}:/usr/bin:/bin"}) as session:
        status = "$status" if shell == "fish" else "$?"
        session.do("goswitch shell 1.21.6")
        assert session.bound() == "go1.21.6"
        assert session.env()["GOSWITCH_VERSION"] == "1.21.6"
        assert "now 4" in session.do(f"goswitch shell 9; echo now {status}")
        assert session.env()["GOSWITCH_VERSION"] == "1.21.6"
        session.do("goswitch shell --unset")
        assert "GOSWITCH_VERSION" not in session.env()
        assert session.bound() == ""
        assert session.value("goswitch shell --help") == "Usage: touch x\n  touch x\n"
        assert session.value("goswitch list a b") == "the program: a|b\n"
        assert "now 3" in session.do(f"goswitch list a b; echo now {status}")
    assert not list(made.base.glob("x"))


@each_shell
def test_eval_of_what_init_prints(shell: str, made: Made) -> None:
    """As `eval "$(goswitch init bash)"` in a rc file; in fish it is piped into `source`."""
    with Session(shell, made, hook=False) as session:
        file = session.quote(str(session.hook))
        session.do(f"cat {file} | source" if shell == "fish" else f'eval "$(cat {file})"')
        session.cd("project")
        assert session.bound() == "go1.22.4"


@each_shell
def test_a_script_that_reads_the_hook_gets_the_shims(shell: str, made: Made) -> None:
    with Session(shell, made) as session:
        session.cd("project")
        inside = session.env()
    line = f"source {session.quote(str(session.hook))}; /usr/bin/env"
    flags = {"bash": "--norc", "zsh": "-f", "fish": "--no-config"}[shell]
    done = made.run([require(shell), flags, "-c", line], env=inside, cwd=made.base)
    assert (done.returncode, done.stderr) == (0, "")
    path = next(entry for entry in done.stdout.splitlines() if entry.startswith("PATH="))
    assert path == f"PATH={made.layout.shims}:/usr/bin:/bin"
