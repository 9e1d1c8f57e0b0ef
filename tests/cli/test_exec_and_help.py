"""exec, env and shell, and what every command has: help, answers to wrong words, and pipes that close."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.cli.overview import VERBS

if TYPE_CHECKING:
    from box import Box


def test_exec_runs_one_command_under_one_sdk(box: Box) -> None:
    box.sdk("go1.21.6", "go1.22.4")
    box.pin("1.22.4\n")
    ran = box.run(
        "exec",
        "1.21.6",
        "--",
        "sh",
        "-c",
        'echo "$GOROOT $GOTOOLCHAIN $GOSWITCH_VERSION"; go "$@"; exit 7',
        "-",
        "--",
        "a b",
        "",
    )
    assert ran.status == 7
    assert ran.out.splitlines() == [
        f"{box.root}/go1.21.6 local go1.21.6",
        f"stand-in go1.21.6/go GOROOT={box.root}/go1.21.6 GOTOOLCHAIN=local",
        "argument --",
        "argument a b",
        "argument ",
    ]
    assert f"stand-in go1.22.4/go GOROOT={box.root}/go1.22.4" in box.run("exec", "--", "go").out
    assert "GOTOOLCHAIN=auto" in box.run("exec", "1.21.6", "go", "version", GOTOOLCHAIN="auto").out
    assert "go1.22.4/go" in box.run("exec", ">=1.22,<1.23", "go").out


def test_exec_refuses(box: Box) -> None:
    box.sdk("go1.21.6")
    assert box.run("exec", "1.22.4", "--", "go").status == 126
    assert box.run("exec", "1.21.6", "--", "no-such-program").status == 127
    assert box.run("exec", "1.21.6").status == 2
    assert box.run("exec", ">=1.30", "go").status == 126


def test_env_is_shell_code(box: Box) -> None:
    box.sdk("go1.21.6")
    ran = box.run("env", "1.21.6")
    assert ran.out.splitlines() == [
        f"export GOROOT='{box.root}/go1.21.6';",
        "export GOTOOLCHAIN='local';",
        f"export PATH='{box.root}/go1.21.6/bin:/usr/bin:/bin';",
    ]
    answer = json.loads(box.run("env", "1.21.6", "--json").out)
    assert answer["environment"]["GOROOT"] == f"{box.root}/go1.21.6"
    assert box.run("env", "system", PATH=f"{box.root}/go1.21.6/bin:/usr/bin:/bin").out == "unset GOROOT;\n"


def test_shell_without_the_hook_says_so(box: Box) -> None:
    box.sdk("go1.21.6")
    ran = box.run("shell", "1.21.6")
    assert ran.status == 2
    assert "help: goswitch setup" in ran.err
    assert box.run("shell", "1.21.6", "--print-for", "bash").out == "export GOSWITCH_VERSION='1.21.6'\n"
    assert box.run("shell", "--unset", "--print-for", "fish").out == "set -e GOSWITCH_VERSION\n"
    assert box.run("shell", "1.22.4", "--print-for", "bash").status == 126


def test_wrong_words_get_a_fact_and_a_command(box: Box) -> None:
    for arguments in (["frobnicate"], ["install", "--frob"], ["pin", "a", "b"], ["uninstall"]):
        ran = box.run(*arguments)
        assert ran.status == 2, arguments
        assert ran.out == ""
        assert "Traceback" not in ran.err
        assert ran.err.startswith("goswitch: ")


def test_a_mistyped_verb_is_answered_with_the_one_that_was_meant(box: Box) -> None:
    assert box.run("instal", "1.22.4").err == "goswitch: there is no command 'instal'\nhelp: goswitch install\n"
    assert "goswitch pin 1.22.4" in box.run("use", "1.22.4").err
    assert box.run("xyzzy").err.endswith("help: goswitch --help\n")


def test_every_verb_has_help_with_an_example(box: Box) -> None:
    screen = box.run("--help").out
    for verb in VERBS:
        assert f"\n  {verb} " in screen
        text = box.run(verb, "--help").out
        assert f"goswitch {verb}" in text.split("Example", 1)[1], verb


def test_a_closed_pipe_is_no_error(box: Box) -> None:
    box.sdk("go1.22.4")
    box.pin("1.22.4\n")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "goswitch", "list", "--json"],
        cwd=box.project,
        env={**box.env, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert done.stderr == ""
    assert done.returncode == 1
