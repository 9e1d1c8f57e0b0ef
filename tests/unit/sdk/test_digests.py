"""files.sha256 and receipt.json: what is written is read again, what is damaged is said to be."""

from __future__ import annotations

import os
import random
import subprocess
from typing import TYPE_CHECKING

import pytest
from engine_world import LINUX

from goswitch.errors import DiskError
from goswitch.model.version import Version
from goswitch.sdk.digests import Differences, WrongMode, compare, read_digests, write_digests
from goswitch.sdk.receipt import read_receipt, write_receipt
from goswitch.sdk.sources.base import Proof, Staged
from goswitch.sdk.treehash import read_tree

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "go1.22.4"
    (tree / "src" / "deep").mkdir(parents=True)
    for name in ("src/a.go", "src/deep/b c.go", "VERSION"):
        (tree / name).touch()
    write_digests(tree, dict.fromkeys(["src/a.go", "src/deep/b c.go", "VERSION"], EMPTY))
    (tree / ".unpacked-success").touch()
    return tree


def test_an_unchanged_tree_does_not_differ(tree: Path) -> None:
    assert not compare(tree, read_digests(tree))


def test_every_difference_is_named(tree: Path) -> None:
    (tree / "VERSION").write_text("x")
    (tree / "src/a.go").unlink()
    (tree / "src/deep/extra.go").touch()
    (tree / "src/link").symlink_to("/etc/passwd")
    (tree / "src/deep/b c.go").unlink()
    (tree / "src/deep/b c.go").symlink_to("extra.go")
    os.mkfifo(tree / "src/fifo")
    assert compare(tree, read_digests(tree)) == Differences(
        changed=("VERSION", "src/deep/b c.go"),
        missing=("src/a.go",),
        extra=("src/deep/extra.go", "src/fifo", "src/link"),
    )


@pytest.mark.parametrize("text", ["", "nonsense\n", f"{EMPTY}  cut", f"{EMPTY} *binary\n", f"{EMPTY}  a\nx\n"])
def test_damaged_digests_are_a_disk_error(text: str, tree: Path) -> None:
    (tree / ".goswitch/files.sha256").write_text(text)
    with pytest.raises(DiskError, match="is damaged") as caught:
        read_digests(tree)
    assert caught.value.help == ("goswitch repair go1.22.4",)


def test_a_receipt_is_read_as_it_was_written(tree: Path) -> None:
    staged = Staged("https://host/x", 12, Proof("sha256", EMPTY, "https://go.dev/dl/"), {"VERSION": EMPTY})
    write_receipt(tree, Version("1.20.0"), LINUX, "official", staged, now=1_700_000_000)
    receipt = read_receipt(tree)
    assert receipt is not None
    assert (receipt.version, receipt.platform, receipt.source) == ("1.20", "linux/amd64", "official")
    assert receipt.proof == {"kind": "sha256", "value": EMPTY, "by": "https://go.dev/dl/"}
    assert receipt.installed_at == "2023-11-14T22:13:20+00:00"


def test_no_receipt_is_another_tools_sdk_and_a_damaged_one_an_error(tree: Path) -> None:
    assert read_receipt(tree) is None
    (tree / ".goswitch/receipt.json").write_text("{}")
    with pytest.raises(DiskError, match="is damaged"):
        read_receipt(tree)


@pytest.mark.parametrize(
    ("name", "mode", "why"),
    [
        ("src/a.go", 0o644, None),
        ("src/a.go", 0o600, None),
        ("src/a.go", 0o755, None),
        ("src/a.go", 0o664, None),
        ("src/a.go", 0o646, "anybody can change it"),
        ("src/a.go", 0o4644, "runs as another user"),
        ("src/a.go", 0o2644, "runs as another user"),
        ("src/a.go", 0o044, "can't be read"),
        ("bin/go", 0o755, None),
        ("bin/go", 0o700, None),
        ("bin/go", 0o644, "can't be run by all who can read it"),
        ("bin/go", 0o744, "can't be run by all who can read it"),
        ("pkg/tool/linux_amd64/vet", 0o644, "can't be run by all who can read it"),
    ],
)
def test_modes_that_an_sdk_can_not_have(name: str, mode: int, why: str | None, tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True)
    file.touch()
    file.chmod(mode)
    wrong = (WrongMode(name, mode, why),) if why is not None else ()
    found = compare(tmp_path, {name: EMPTY})
    assert found == Differences((), (), (), wrong)
    assert bool(found) is bool(wrong)


def test_files_of_all_sizes_hash_as_sha256sum_has_them(tmp_path: Path) -> None:
    noise = random.Random(1)
    edge = 1 << 18
    for number, size in enumerate([0, 1, 2047, 2048, edge - 1, edge, edge + 1, 2 * edge, 3 * edge + 7]):
        (tmp_path / f"f{number}").write_bytes(noise.randbytes(size))
    for number in range(70):
        (tmp_path / f"many{number}").write_bytes(noise.randbytes(number))
    names = sorted(path.name for path in tmp_path.iterdir())
    said = subprocess.run(["sha256sum", *names], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    expected = {line[66:]: line[:64] for line in said.splitlines()}
    assert {name: seen.digest for name, seen in read_tree(tmp_path).items()} == expected
