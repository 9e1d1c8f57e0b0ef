"""pin, default, link, uninstall, config, exec, env, shell: what they change and what they refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pytest
from box import REPOSITORY, make_sdk

from goswitch.cli.overview import VERBS

if TYPE_CHECKING:
    from box import Box


def test_pin_writes_without_go_and_keeps_comments(box: Box) -> None:
    box.sdk("go1.22.4", "go1.21.6")
    assert box.run("pin", "go1.22.4").status == 0
    assert (box.project / ".go-version").read_text() == "1.22.4\n"
    box.pin("# the CRD generator needs this\r\n1.22.4 # not newer\r\n")
    box.run("local", "1.21.6")
    assert (box.project / ".go-version").read_bytes() == b"# the CRD generator needs this\r\n1.21.6 # not newer\r\n"
    assert box.run("pin").out == f"1.21.6 (set by {box.project}/.go-version:2)\n"


def test_pin_replaces_a_malformed_file_and_refuses_other_things(box: Box) -> None:
    box.sdk("go1.22.4")
    (box.project / ".go-version").write_bytes(b"1.22\x00.4\n")
    assert box.run("pin", "1.22.4").status == 0
    assert (box.project / ".go-version").read_text() == "1.22.4\n"
    (box.project / ".go-version").unlink()
    (box.project / ".go-version").mkdir()
    ran = box.run("pin", "1.22.4")
    assert ran.status == 7
    assert "not a regular file" in ran.err


def test_pin_writes_through_a_link(box: Box) -> None:
    box.sdk("go1.22.4")
    shared = box.base / "shared-version"
    shared.write_text("1.21.6\n")
    (box.project / ".go-version").symlink_to(shared)
    assert box.run("pin", "1.22.4").status == 0
    assert (box.project / ".go-version").is_symlink()
    assert shared.read_text() == "1.22.4\n"


def test_pin_warns(box: Box) -> None:
    (box.project / "go.mod").write_text("module m\n\ngo 1.22\n")
    ran = box.run("pin", "1.21.6")
    assert ran.status == 0
    assert "warning: go1.21.6 is not installed\nhelp: goswitch install 1.21.6\n" in ran.err
    assert f"warning: 1.21.6 is below go 1.22 from {box.project}/go.mod:3" in ran.err
    assert "beats the file" in box.run("pin", "1.21.6", GOSWITCH_VERSION="1.22").err


@pytest.mark.parametrize("bad", [">=1.21", "../x", "1.22.4; rm -rf ~", "1.22.4.5", ""])
def test_pin_refuses_what_no_pin_can_say(box: Box, bad: str) -> None:
    ran = box.run("pin", bad)
    assert ran.status == 2
    assert "help:" in ran.err
    assert not (box.project / ".go-version").exists()


def test_default(box: Box) -> None:
    box.sdk("go1.22.4")
    assert box.run("default").status == 1
    assert box.run("global", "1.22.4").status == 0
    assert (box.root / ".goswitch/default").read_text() == "1.22.4\n"
    assert box.run("current").out == f"go1.22.4 (default, set by {box.root}/.goswitch/default:1)\n"
    assert "not installed" in box.run("default", "1.21.6").err
    assert box.run("default", "--unset").status == 0
    assert box.run("current").status == 127


def test_link_checks_the_tree_and_the_name(box: Box) -> None:
    built = make_sdk(box.base / "build of mine", marker=False)
    ran = box.run("link", "go-nightly", str(built))
    assert (ran.status, ran.err) == (0, f"go-nightly is linked to {built}\n")
    assert (box.root / "go-nightly").readlink() == built
    box.pin("go-nightly\n")
    assert box.run("root").out == f"{box.root}/go-nightly\n"
    assert "already linked" in box.run("link", "go-nightly", "../build of mine").err
    other = make_sdk(box.base / "other", marker=False)
    assert box.run("link", "go-nightly", str(other)).status == 7
    assert box.run("link", "--force", "go-nightly", str(other)).status == 0
    (other / "bin/go").write_text("")
    ran = box.run("link", "broken", str(other))
    assert ran.status == 126
    assert "bin/go is not an executable file" in ran.err
    for name in ("1.22.4", "go1.22.4", "stable", "system", "-x", "../x", "gotip", "1.22"):
        assert box.run("link", "--", name, str(built)).status == 2, name
    assert box.run("uninstall", "go-nightly").status == 0
    assert other.is_dir()
    assert not (box.root / "go-nightly").is_symlink()


def test_link_of_a_tree_that_lies_in_the_sdk_root(box: Box) -> None:
    built = make_sdk(box.root / "go-nightly", marker=False)
    box.pin("go-nightly\n")
    assert box.run("root").status == 126
    assert box.run("link", "go-nightly", str(built)).status == 0
    assert box.run("root").out == f"{built}\n"
    assert box.run("uninstall", "go-nightly").status == 2
    assert built.is_dir()


def test_uninstall_removes_read_only_trees_and_warns_of_what_runs_here(box: Box) -> None:
    box.sdk("go1.22.4")
    pin = box.pin("1.22.4\n")
    (box.root / "go1.22.4/src").chmod(0o555)
    ran = box.run("uninstall", "1.22.4")
    assert ran.status == 0
    assert f"warning: go1.22.4 is what runs in this folder (set by {pin}:1)" in ran.err
    assert not (box.root / "go1.22.4").exists()
    assert list((box.root / ".goswitch/staging").iterdir()) == []


@pytest.mark.parametrize("point", ["uninstall-after-marker", "uninstall-after-rename"])
def test_a_killed_uninstall_leaves_no_sdk_that_would_run(box: Box, point: str) -> None:
    box.sdk("go1.22.4")
    (box.root / "go1.22.4/.goswitch").mkdir()
    (box.root / "go1.22.4/.goswitch/receipt.json").write_text("{}")
    box.pin("1.22.4\n")
    came = box.base / "came"
    process = subprocess.Popen(
        [sys.executable, "-m", "goswitch", "uninstall", "1.22.4"],
        cwd=box.project,
        env={**box.env, "PYTHONPATH": str(REPOSITORY), "GOSWITCH_TEST_CHECKPOINT": f"{point}:{came}"},
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            if came.exists() or process.poll() is not None:
                break
            time.sleep(0.05)
        assert came.exists()
    finally:
        process.kill()
        process.wait()
    assert box.run("root").status == 126
    again = box.run("uninstall", "1.22.4")
    assert again.status == (0 if point == "uninstall-after-marker" else 126)
    assert not (box.root / "go1.22.4").exists()
    assert list((box.root / ".goswitch/staging").iterdir()) == [], "what the killed one left is cleared up"


def test_uninstall_refuses(box: Box) -> None:
    foreign = make_sdk(box.root / "go1.22.4", marker=False)
    ran = box.run("uninstall", "1.22.4")
    assert ran.status == 2
    assert "help: goswitch uninstall --force go1.22.4" in ran.err
    assert (foreign / "bin/go").exists()
    assert box.run("uninstall", "system").status == 2
    assert box.run("uninstall", "1.22").status == 2
    assert box.run("uninstall", "1.19.1").status == 126
    assert box.run("uninstall", "--force", "1.22.4").status == 0
    assert not foreign.exists()


def test_uninstall_removes_what_it_can(box: Box) -> None:
    box.sdk("go1.21.6", "go1.22.4")
    assert box.run("rehash").status == 0
    ran = box.run("uninstall", "1.22.4", "1.19.1", "1.21.6", "1.22.4", "--json")
    answer = json.loads(ran.out)
    assert ran.status == 126
    assert [row["name"] for row in answer["removed"]] == ["go1.22.4", "go1.21.6"]
    assert answer["errors"] == [{"name": "go1.19.1", "message": "go1.19.1 is not installed", "exit_code": 126}]
    assert list((box.home / ".local/share/goswitch/shims").glob("go1*")) == []


def test_config_shows_each_value_with_its_origin(box: Box) -> None:
    assert box.run("config", "set", "sources", "proxy, official").status == 0
    file = box.home / ".config/goswitch/config.toml"
    assert file.read_text() == 'sources = ["proxy", "official"]\n'
    file.write_text("# mine\n" + file.read_text())
    box.run("config", "set", "offline", "true")
    assert file.read_text().startswith("# mine\n")
    answer = json.loads(box.run("config", "list", "--json", GOSWITCH_MIRROR="https://m.example/").out)["settings"]
    assert answer["sources"] == {"value": "proxy,official", "origin": str(file)}
    assert answer["mirror"] == {"value": "https://m.example/", "origin": "GOSWITCH_MIRROR"}
    assert answer["toolchain"] == {"value": "local", "origin": "default"}
    assert box.run("config", "get", "offline").out == "true\n"
    box.run("config", "unset", "offline")
    assert box.run("config", "get", "offline").out == "false\n"


def test_config_refuses(box: Box) -> None:
    assert box.run("config", "set", "sources", "ftp").status == 9
    assert box.run("config", "set", "colour", "red").status == 9
    file = box.home / ".config/goswitch/config.toml"
    file.parent.mkdir(parents=True)
    for bad in (b"sources = [1]\n", b"not toml", b"\xff\xfe", b'sources = "x"\n', b"colour = 'red'\n"):
        file.write_bytes(bad)
        ran = box.run("config", "list")
        assert ran.status == 9, bad
        assert "help:" in ran.err
        assert file.read_bytes() == bad


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


def test_home_and_sdk_root_that_cannot_be(box: Box) -> None:
    ran = box.run("list", HOME="")
    assert ran.status == 126
    assert ran.err.startswith("goswitch: HOME is not set")
    ran = box.run("list", GOSWITCH_SDK_ROOT="sdk")
    assert ran.err.startswith("goswitch: GOSWITCH_SDK_ROOT is not an absolute path: sdk\n")
    file = box.base / "file"
    file.touch()
    assert box.run("list", GOSWITCH_SDK_ROOT=str(file)).status == 0
    ran = box.run("default", "stable", GOSWITCH_SDK_ROOT=str(file))
    assert ran.status == 7
    assert "Traceback" not in ran.err


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


def test_setup_shows_asks_and_is_idempotent(box: Box) -> None:
    rc = box.home / ".zshrc"
    rc.write_bytes(b"alias \xff=y")
    ran = box.run("setup", "--shell", "zsh")
    assert ran.status == 2
    assert "+# >>> goswitch >>>" in ran.err
    assert "help: goswitch setup --yes" in ran.err
    assert box.run("setup", "--shell", "zsh", "--dry-run").err.endswith("nothing is written\n")
    assert rc.read_bytes() == b"alias \xff=y"
    assert box.run("setup", "--yes", SHELL="/usr/bin/zsh").status == 0
    written = rc.read_bytes()
    assert written.startswith(b"alias \xff=y\n# >>> goswitch >>>\n")
    assert "set up already" in box.run("setup", "--yes", "--shell", "zsh").err
    assert rc.read_bytes() == written
    assert box.run("setup", "--undo", "--yes").status == 0
    assert rc.read_bytes() == b"alias \xff=y"
    assert "no shell file has a block" in box.run("setup", "--undo").err
    assert "SHELL is not set" in box.run("setup").err


def test_setup_asks_at_a_terminal(box: Box) -> None:
    for answer, there in (("n", False), ("y", True)):
        child = pexpect.spawn(
            sys.executable,
            ["-m", "goswitch", "setup", "--shell", "bash"],
            cwd=str(box.project),
            env={**box.env, "PYTHONPATH": str(REPOSITORY)},
            encoding="utf-8",
            timeout=30,
        )
        child.expect_exact("write ~/.bashrc and ~/.profile? [y/N]: ")
        child.sendline(answer)
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == (0 if there else 130)
        assert (box.home / ".bashrc").exists() is there
