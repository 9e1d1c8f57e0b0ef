"""prune and cache: what they keep, what they remove, and what they leave to others, as commands in a box."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest
from box import REPOSITORY, make_sdk, sdks

from goswitch.system.locks import held

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box


def project(box: Box, name: str, **files: str) -> Path:
    folder = box.base / "src" / name
    folder.mkdir(parents=True)
    for file, text in files.items():
        (
            folder / {"pin": ".go-version", "mod": "go.mod", "work": "go.work", "tools": ".tool-versions"}[file]
        ).write_text(text)
    return folder


ALL = ("go1.23.2", "go1.23.1", "go1.22.6", "go1.22.5", "go1.22.4", "go1.22.3", "go1.21.6", "go1.21.5")


def plan(out: str) -> tuple[list[str], dict[str, str]]:
    rows = [line.split(None, 2) for line in out.splitlines()]
    return [row[1] for row in rows if row[0] == "remove"], {row[1]: row[2] for row in rows if row[0] == "keep"}


def test_prune_keeps_what_projects_use(box: Box) -> None:
    box.sdk(*ALL)
    (box.root / ".goswitch").mkdir()
    (box.root / ".goswitch/default").write_text("1.22.4\n")
    box.pin("1.23.1\n")
    pinned = project(box, "deep/pinned", pin="1.21.5\n")
    floored = project(box, "floored", mod="module m\n\ngo 1.22.0\n\ntoolchain go1.22.5\n")
    ran = box.run("prune", "--dry-run", "../src")
    removed, kept = plan(ran.out)
    assert ran.status == 0
    assert removed == ["go1.22.3"]
    assert kept["go1.22.4"] == "the default"
    assert kept["go1.22.6"] == "the newest 1.22"
    assert kept["go1.23.1"].startswith("runs here (set by ")
    assert kept["go1.21.5"] == f"used in {pinned} (set by {pinned}/.go-version:1)"
    assert kept["go1.22.5"] == f"used in {floored} (floor toolchain go1.22.5 from {floored}/go.mod:5)"
    assert sorted(path.name for path in box.root.iterdir() if path.name.startswith("go")) == sorted(ALL)
    assert plan(box.run("prune", "--dry-run").out)[0] == ["go1.22.5", "go1.22.3", "go1.21.5"]
    assert box.run("prune", "--dry-run", "../nowhere").status == 2


def test_prune_counts_in_the_shells_own_pin_and_the_files_beneath_it(box: Box) -> None:
    box.sdk(*ALL)
    box.pin("1.22.4\n")
    removed, kept = plan(box.run("prune", "--dry-run", GOSWITCH_VERSION="1.21.5").out)
    assert removed == ["go1.23.1", "go1.22.5", "go1.22.3"]
    assert kept["go1.21.5"] == "runs here (set by GOSWITCH_VERSION)"
    assert "1.22.4" not in removed


def test_prune_reads_no_pins_in_sdks_and_the_module_cache_and_warns_of_what_it_can_not_tell(box: Box) -> None:
    box.sdk("go1.22.5", "go1.22.4", "go1.22.3")
    (box.root / "go1.22.5/.go-version").write_text("1.22.4\n")
    (box.base / "src/mod/cache/download").mkdir(parents=True)
    project(box, "mod/example.com/m@v1", pin="1.22.4\n")
    other = make_sdk(box.base / "src/other")
    (other / ".go-version").write_text("1.22.4\n")
    project(box, "node_modules/x", pin="1.22.4\n")
    bad = project(box, "bad", pin="no version!\n")
    project(box, "gone", pin="1.19.1\n")
    ran = box.run("prune", "--dry-run", str(box.base / "src"), str(box.home))
    assert plan(ran.out)[0] == ["go1.22.4", "go1.22.3"]
    assert ran.err.startswith(f"warning: of 2 folders the Go is not installed or can't be told; the first is {bad}: ")


def test_prune_asks_for_yes_without_a_terminal(box: Box) -> None:
    box.sdk(*ALL)
    ran = box.run("prune")
    assert ran.status == 2
    assert "help: goswitch prune --yes" in ran.err
    assert (box.root / "go1.21.5").exists()


@pytest.mark.parametrize(("answer", "there"), [("n", True), ("y", False)])
def test_prune_asks_at_a_terminal(answer: str, box: Box, *, there: bool) -> None:
    box.sdk("go1.22.4", "go1.22.3")
    child = pexpect.spawn(
        sys.executable,
        ["-m", "goswitch", "prune"],
        cwd=str(box.project),
        env={**box.env, "PYTHONPATH": str(REPOSITORY)},
        encoding="utf-8",
        timeout=30,
    )
    child.expect_exact("remove go1.22.3? [y/N]: ")
    child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == (130 if there else 0)
    assert (box.root / "go1.22.3").exists() is there


def test_prune_frees_what_it_says_and_takes_the_shims_along(box: Box) -> None:
    box.sdk("go1.22.4", "go1.22.3")
    (box.root / "go1.22.3/src/big").write_bytes(b"x" * 3_000_000)
    (box.root / "go1.22.3/src").chmod(0o555)
    assert box.run("rehash").status == 0
    shim = box.home / ".local/share/goswitch/shims/go1.22.3"
    assert shim.exists()
    du = subprocess.run(["du", "-sB1", box.root / "go1.22.3"], capture_output=True, text=True, check=True)
    ran = box.run("prune", "--yes", "--json")
    answer = json.loads(ran.out)
    assert ran.status == 0, ran.err
    assert answer["removed"] == ["go1.22.3"]
    assert answer["bytes"] == int(du.stdout.split()[0])
    assert answer["keep"] == [{"name": "go1.22.4", "reason": "the newest 1.22"}]
    assert not (box.root / "go1.22.3").exists()
    assert not shim.exists()
    assert list((box.root / ".goswitch/staging").iterdir()) == []
    assert box.run("prune").err == "there is nothing to remove\n"


def test_prune_never_touches_what_is_no_complete_release(box: Box) -> None:
    box.sdk("go1.22.4", "gotip")
    make_sdk(box.root / "go1.22.3", marker=False)
    (box.root / "go1.22.2").mkdir()
    (box.root / "go-mine").symlink_to(box.base)
    assert plan(box.run("prune", "--yes").out) == ([], {"go1.22.4": "the newest 1.22"})
    assert (box.root / "go1.22.3/bin/go").exists()
    assert (box.root / "go1.22.2").exists()


def fill_cache(box: Box) -> Path:
    cache = box.home / ".cache/goswitch"
    (cache / "downloads").mkdir(parents=True)
    for name in ("a.zip", "a.zip.state", "b.zip", "a.zip.lock"):
        (cache / "downloads" / name).write_bytes(b"x" * 10_000)
    (cache / "lists").mkdir()
    (cache / "lists/proxy-linux-amd64.json").write_text("{}")
    (cache / "checksumdb/sum.golang.org/tile").mkdir(parents=True)
    for name in ("newest", "tile/x", "evidence-1.txt"):
        (cache / "checksumdb/sum.golang.org" / name).write_text("x")
    for folder in (cache / ".goswitch/staging/go1.22.4@1.a", box.root / ".goswitch/staging/go1.22.4@1.b"):
        (folder / "deep").mkdir(parents=True)
        (folder / "deep").chmod(0o555)
    return cache


def left(cache: Path) -> set[str]:
    names = {str(path.relative_to(cache)) for path in cache.rglob("*") if path.is_file()}
    return {name for name in names if not name.endswith((".lock", ".holder"))}


def test_cache_shows_and_clears(box: Box) -> None:
    cache = fill_cache(box)
    parts = {row["name"]: row for row in sdks(box.run("cache", "--json").out, "parts")}
    assert set(parts) == {"downloads", "unfinished", "lists", "checksumdb"}
    assert parts["downloads"]["files"] == 3
    assert parts["downloads"]["bytes"] == 3 * 12288
    assert box.run("cache").out.splitlines()[0].split() == ["downloads", "0.0", "MB", "~/.cache/goswitch/downloads"]
    assert box.run("cache", "--all").status == 2
    ran = box.run("cache", "--clear")
    assert (ran.status, ran.out) == (0, "")
    log = "checksumdb/sum.golang.org"
    assert left(cache) == {f"{log}/newest", f"{log}/tile/x", f"{log}/evidence-1.txt"}
    assert list((box.root / ".goswitch/staging").iterdir()) == []
    assert list((cache / ".goswitch/staging").iterdir()) == []
    assert (cache / "downloads/a.zip.lock").exists(), "a lock is never deleted"
    assert box.run("cache", "--clear", "--all").status == 0
    assert left(cache) == {f"{log}/evidence-1.txt"}, "evidence stays"


def test_cache_leaves_what_another_process_works_on(box: Box) -> None:
    cache = fill_cache(box)
    with held(cache / "downloads", "a.zip", timeout=0), held(box.root / ".goswitch/locks", "go1.22.4", timeout=0):
        answer = json.loads(box.run("cache", "--clear", "--json").out)
    assert (cache / "downloads/a.zip").exists()
    assert (cache / "downloads/a.zip.state").exists()
    assert not (cache / "downloads/b.zip").exists()
    assert (box.root / ".goswitch/staging/go1.22.4@1.b").exists()
    assert len(answer["in_use"]) == 3
    assert box.run("cache", "--clear").status == 0
    assert left(cache / "downloads") == set()


def test_cache_of_nobody(box: Box) -> None:
    assert box.run("cache").status == 0
    assert box.run("cache", "--clear").err == "0.0 MB freed\n"
