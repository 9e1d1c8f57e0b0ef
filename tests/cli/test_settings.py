"""config, setup and variables: what they write, where a value comes from, and what can't be."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pexpect
from box import REPOSITORY

if TYPE_CHECKING:
    from box import Box


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
