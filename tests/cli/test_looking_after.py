"""verify, repair, prune, cache: what they say and change, as commands in a box."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pexpect
import pytest
from box import REPOSITORY, make_sdk

from goswitch.sdk.digests import write_digests
from goswitch.sdk.treehash import read_tree
from goswitch.system.locks import held

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box


def installed(box: Box, *names: str) -> Path:
    """Install stand-in SDKs with their digests; return the last."""
    box.sdk(*names)
    for name in names:
        tree = box.root / name
        for program in ("bin/go", "bin/gofmt"):
            (tree / program).chmod(0o755)
        write_digests(tree, {file: seen.digest or "" for file, seen in read_tree(tree).items()})
    return box.root / names[-1]


def sdks(out: str, key: str = "sdks") -> list[dict[str, Any]]:
    answer = json.loads(out)
    assert answer["schema_version"] == 1
    rows = answer[key]
    assert isinstance(rows, list)
    return rows


def test_verify_says_that_all_is_as_it_was(box: Box) -> None:
    installed(box, "go1.21.6", "go1.22.4")
    ran = box.run("verify", "1.22.4", "1.21")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "go1.22.4: 3 files are as they were installed\ngo1.21.6: 3 files are as they were installed\n"
    box.pin("1.21\n")
    assert box.run("verify").out == "go1.21.6: 3 files are as they were installed\n"
    assert box.run("verify", str(box.root / "go1.22.4")).out == "go1.22.4: 3 files are as they were installed\n"
    assert box.run("verify", "../home/sdk/go1.22.4/").out.startswith("go1.22.4: 3 files")
    assert box.run("verify", "--all").status == 0


def on_terminal(box: Box, *words: str, **env: str) -> str:
    """Run a command that succeeds on a pseudo-terminal; return what came to its screen."""
    child = pexpect.spawn(
        sys.executable, ["-m", "goswitch", *words], cwd=str(box.project), encoding="utf-8", timeout=60,
        env={**box.env, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", **env}, dimensions=(24, 100),
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, child.before
    return str(child.before)


def test_verify_shows_how_far_it_is(box: Box) -> None:
    installed(box, "go1.21.6", "go1.22.4")
    screen = on_terminal(box, "verify", "--all")
    for name in ("go1.21.6", "go1.22.4"):
        assert re.search(rf"{re.escape(name)} +\d+%\|.*\| \d/3 *\r", screen)
        assert re.search(rf"\r *{re.escape(name)}: 3 files are as they were installed\r\n", screen), "in its place"
    plain = "".join(f"{name}: 3 files are as they were installed\r\n" for name in ("go1.22.4", "go1.21.6"))
    assert on_terminal(box, "verify", "--all", TERM="dumb") == plain
    assert on_terminal(box, "verify", "--all", "--quiet") == ""
    json.loads(on_terminal(box, "verify", "--all", "--json"))


def test_verify_says_what_differs_and_what_to_type(box: Box) -> None:
    tree = installed(box, "go1.22.4")
    (tree / "VERSION").write_text("go1.22.5\n")
    (tree / "bin/gofmt").unlink()
    (tree / "src/x.go").touch()
    (tree / "lib").mkdir()
    (tree / "lib/x").touch()
    (tree / "bin/go").chmod(0o644)
    assert box.run("verify", "--quiet", "1.22.4") == box.run("verify", "1.22.4")
    ran = box.run("verify", "1.22.4")
    assert ran.status == 6
    assert ran.out.splitlines() == [
        "go1.22.4: changed: VERSION",
        "go1.22.4: missing: bin/gofmt",
        "go1.22.4: extra: lib/x",
        "go1.22.4: extra: src/x.go (under src/: Go compiles it, which breaks builds)",
        "go1.22.4: wrong mode: bin/go is 0644: can't be run by all who can read it",
    ]
    assert ran.err == (
        "goswitch: go1.22.4 differs from what was installed: 1 changed, 1 missing, 2 extra, 1 with a wrong mode\n"
        "help: goswitch repair go1.22.4\n"
    )
    ran = box.run("verify", "--all", "--json")
    assert ran.status == 6
    (row,) = sdks(ran.out)
    assert row["status"] == "differs"
    assert row["installed"] == {
        "changed": ["VERSION"],
        "missing": ["bin/gofmt"],
        "extra": ["lib/x", "src/x.go"],
        "breaks_builds": ["src/x.go"],
        "wrong_mode": [{"name": "bin/go", "mode": "0644", "why": "can't be run by all who can read it"}],
    }


def test_verify_says_what_it_can_not_verify(box: Box) -> None:
    installed(box, "go1.22.4")
    box.sdk("go1.21.6")
    make_sdk(box.root / "go1.20.1", marker=False)
    make_sdk(box.root / "gotip", marker=False)
    (box.root / "go1.19.1").mkdir()
    elsewhere = make_sdk(box.base / "elsewhere", marker=False)
    (box.root / "go-mine").symlink_to(elsewhere)
    other = "goswitch did not install it, so nothing is written down of its files"
    told = {
        "go1.21.6": (other, f"goswitch verify --log {box.root}/go1.21.6"),
        "go1.20.1": (other, f"goswitch verify --log {box.root}/go1.20.1"),
        "go1.19.1": ("it is incomplete, without the marker", "goswitch repair 1.19.1"),
        "go-mine": (f"it is a link to {elsewhere}", f"goswitch verify --log {elsewhere}"),
    }
    for name, (why_not, advice) in told.items():
        ran = box.run("verify", name)
        assert ran.status == 1, "nothing was verified, so it is no success"
        assert ran.err == f"goswitch: {name} is not verified: {why_not}\nhelp: {advice}\n"
    assert "belongs to golang.org/dl/gotip" in box.run("verify", f"{box.root}/gotip").err
    ran = box.run("verify", "--all")
    assert ran.status == 0, "among all it is no failure"
    assert ran.out == "go1.22.4: 3 files are as they were installed\n"
    assert sorted(line.split(" is not verified: ")[0] for line in ran.err.splitlines()) == sorted([*told, "gotip"])
    assert {row["status"] for row in sdks(box.run("verify", "--all", "--json").out)} == {"holds", "not verified"}
    ran = box.run("verify", str(elsewhere))
    assert (ran.status, "goswitch verify --log" in ran.err) == (1, True)


@pytest.mark.parametrize(
    ("words", "status"),
    [(["1.22.9"], 126), (["system"], 2), (["nonsense!"], 2), (["--all", "1.22.4"], 2), (["./nowhere"], 126)],
)
def test_verify_refuses(words: list[str], status: int, box: Box) -> None:
    installed(box, "go1.22.4")
    ran = box.run("verify", *words)
    assert ran.status == status
    assert "help: " in ran.err


def test_verify_names_damaged_digests(box: Box) -> None:
    tree = installed(box, "go1.22.4")
    (tree / ".goswitch/files.sha256").write_text("x")
    ran = box.run("verify", "1.22.4")
    assert ran.status == 7
    assert ran.err.endswith("is damaged\nhelp: goswitch repair go1.22.4\n")


def test_repair_refuses_what_it_can_not_get_and_leaves_it(box: Box) -> None:
    make_sdk(box.root / "go1.21.6", marker=False)
    box.sdk("go1.22.4", "go-mine")
    box.env |= {"GOSWITCH_OFFLINE": "1", "GOPROXY": f"file://{box.base}", "GOSWITCH_SOURCES": "proxy"}
    for name, status in (("1.22.4", 4), ("1.21.6", 2), ("1.19.1", 126), ("go-mine", 2)):
        ran = box.run("repair", name)
        assert ran.status == status, ran.err
        assert "help: " in ran.err
    assert box.run("repair", "--force", "1.21.6").status == 4
    assert (box.root / "go1.21.6/bin/go").exists()
    assert (box.root / "go1.22.4/.unpacked-success").exists()


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
