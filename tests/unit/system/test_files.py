"""Files that are written whole or not at all, trees that go away whatever their folders allow."""

from __future__ import annotations

import errno
import os
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from unprivileged import give_to_nobody, python, readable_folder

from goswitch.errors import DiskError
from goswitch.system.files import disk_error, doing, publish, remove_aside, remove_tree, sync_file_system, writing

if TYPE_CHECKING:
    from pathlib import Path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("durable", [True, False])
def test_a_file_takes_its_place_whole(durable: bool, tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    with writing(path, durable=durable) as file:
        file.write(b"one")
        assert not path.exists()
    assert path.read_bytes() == b"one"
    assert path.stat().st_mode & 0o777 == 0o666 & ~os.umask(os.umask(0o022))
    with suppress(KeyboardInterrupt), writing(path, durable=durable) as file:
        file.write(b"two")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"one"
    assert names(path.parent) == ["file"]


def test_a_place_that_is_taken_is_a_disk_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DiskError, match="can't write"), writing(tmp_path / "file" / "below"):
        pass
    (tmp_path / "folder").mkdir()
    with pytest.raises(DiskError, match="can't write"), writing(tmp_path / "folder"):
        pass
    assert names(tmp_path) == ["file", "folder"]


def test_a_full_disk_says_what_to_do() -> None:
    error = disk_error("write", "/x", OSError(errno.ENOSPC, "No space left on device"))
    assert (error.message, error.help) == (
        "can't write /x: No space left on device",
        ("free some space: goswitch cache --clear",),
    )
    with pytest.raises(DiskError, match="can't read /a: Input/output error: /b"), doing("read", "/a"):
        raise OSError(errno.EIO, "Input/output error", "/b")


def test_publishing_is_over_nothing_or_an_empty_folder(tmp_path: Path) -> None:
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    (tmp_path / "empty").mkdir()
    publish(tmp_path / "one", tmp_path / "empty")
    publish(tmp_path / "two", tmp_path / "new")
    with pytest.raises(DiskError, match="can't create"):
        publish(tmp_path / "three", tmp_path / "new")
    assert names(tmp_path) == ["empty", "new", "three"]
    assert (names(tmp_path / "empty"), names(tmp_path / "new")) == (["one"], ["two"])


def test_a_tree_goes_away_with_read_only_folders_and_links_stay_where_they_lead(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").touch()
    tree = tmp_path / "tree"
    (tree / "a" / "b").mkdir(parents=True)
    (tree / "a" / "b" / "file").touch()
    (tree / "a" / "link").symlink_to(outside)
    for folder in (tree / "a" / "b", tree / "a", tree):
        folder.chmod(0o555)
    remove_tree(tree)
    remove_tree(tree)
    (tmp_path / "link").symlink_to(outside)
    remove_tree(tmp_path / "link")
    (tmp_path / "file").touch()
    remove_tree(tmp_path / "file")
    assert names(tmp_path) == ["outside"]
    assert names(outside) == ["precious"]


def test_syncing_works_and_a_missing_place_is_a_disk_error(tmp_path: Path) -> None:
    sync_file_system(tmp_path)
    with pytest.raises(DiskError, match="can't sync"):
        sync_file_system(tmp_path / "none")


def test_a_user_without_rights_removes_read_only_folders_too() -> None:
    with readable_folder() as base:
        tree = base / "tree"
        (tree / "a" / "b").mkdir(parents=True)
        (tree / "a" / "b" / "file").touch()
        give_to_nobody(base, tree, tree / "a", tree / "a/b", tree / "a/b/file")
        for folder in (tree / "a" / "b", tree / "a", tree):
            folder.chmod(0o500)
        words, path = python()
        script = "import sys, pathlib, goswitch.system.files as files; files.remove_tree(pathlib.Path(sys.argv[1]))"
        subprocess.run([*words, "-c", script, str(tree)], env={"PYTHONPATH": path}, cwd="/", check=True)
        assert names(base) == []


def test_a_file_is_gone_at_once_and_its_space_soon(tmp_path: Path) -> None:
    file = tmp_path / "long"
    file.write_bytes(bytes(1 << 20))
    remove_aside(file)
    assert not file.exists()
    end = time.monotonic() + 20
    while any(_target(descriptor).startswith(str(file)) for descriptor in os.listdir("/proc/self/fd")):  # noqa: PTH208 - as below
        assert time.monotonic() < end


def _target(descriptor: str) -> str:
    with suppress(OSError):
        return os.readlink(f"/proc/self/fd/{descriptor}")  # noqa: PTH115 - text is what is there
    return ""


def test_what_can_not_be_opened_or_is_not_there_is_deleted_as_well(tmp_path: Path) -> None:
    remove_aside(tmp_path / "missing")
    link = tmp_path / "link"
    link.symlink_to("elsewhere")
    remove_aside(link)
    assert not link.is_symlink()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    remove_aside(pipe)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(OSError, match=r"Is a directory|Operation not permitted"):
        remove_aside(tmp_path)
