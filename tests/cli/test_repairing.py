"""`repair` as a command, from a folder of archives: what it says, and read-only SDKs of users without root's rights."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from archive_folder import archive_folder
from unprivileged import give_to_nobody, readable_folder, run_goswitch

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box

VERSION = "1.22.4"


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A folder with the archive of a stand-in release for this machine."""
    archive_folder(tmp_path / "archives", VERSION)
    return f"directory:{tmp_path}/archives"


def test_repair_mends_what_verify_found(source: str, box: Box) -> None:
    assert box.run("install", "--source", source, VERSION).status == 0
    tree = box.root / f"go{VERSION}"
    (tree / "src/fmt/extra.go").touch()
    (tree / ".goswitch/files.sha256").write_text("damaged too")
    assert box.run("verify", VERSION).status == 7
    ran = box.run("repair", "1.22", "--source", source, "--offline")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith(f"go{VERSION} is whole again in ~/sdk/go{VERSION}; its sha256 is the one that ")
    assert box.run("verify", VERSION).status == 0
    ran = box.run("repair", VERSION, "1.19.1", "--source", source, "--json")
    (row,) = json.loads(ran.out.splitlines()[-1])["sdks"]
    assert (row["name"], row["source"], ran.status) == (f"go{VERSION}", "directory", 126)
    assert "go1.19.1 is not installed" in ran.err


def test_repair_settles_an_incomplete_sdk_and_its_shims(source: str, box: Box) -> None:
    tree = box.root / f"go{VERSION}"
    (tree / "src").mkdir(parents=True)
    ran = box.run("install", VERSION, "--source", source)
    assert ran.status == 7
    assert f"help: goswitch repair --force {VERSION}\n" in ran.err
    assert box.run("repair", VERSION, "--source", source).status == 0
    assert (box.home / f".local/share/goswitch/shims/go{VERSION}").exists()
    assert box.run("verify", VERSION).status == 0


@pytest.mark.skipif(sys.platform != "linux", reason="setpriv is Linux's")
def test_a_user_without_rights_repairs_a_read_only_sdk() -> None:
    with readable_folder() as base:
        archive_folder(base / "archives", VERSION)
        source = f"directory:{base}/archives"
        home = base / "home"
        home.mkdir()
        give_to_nobody(home)
        env = {"HOME": str(home)}
        ran = run_goswitch("install", VERSION, "--source", source, cwd=base, env=env)
        assert ran.status == 0, ran.err
        tree = home / f"sdk/go{VERSION}"
        (tree / "src/fmt/print.go").write_text("package evil\n")
        for path in [*tree.rglob("*"), tree]:
            if path.is_dir():
                path.chmod(0o555)
        ran = run_goswitch("repair", VERSION, "--source", source, cwd=base, env=env)
        assert ran.status == 0, ran.err
        assert run_goswitch("verify", VERSION, cwd=base, env=env).status == 0
        assert list((home / "sdk/.goswitch/staging").iterdir()) == []
        (tree / "src/fmt/print.go").chmod(0o000)
        ran = run_goswitch("verify", VERSION, cwd=base, env=env)
        assert ran.out == f"go{VERSION}: wrong mode: src/fmt/print.go is 0000: can't be read\n"
