"""SDKs that are broken, replaced or gone, through the shims in every sh: an error that names it, or the whole tool."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest
from archives import program
from sdks import host
from shell.starting import every_shell, start

from goswitch.system.exchange import exchange

if TYPE_CHECKING:
    from shell.made import Made
    from shells import Shell

CALLS = 40
OTHER = "amd64" if host().goarch == "arm64" else "arm64"


@every_shell
def test_a_go_of_another_architecture_never_succeeds(shell: Shell, made: Made) -> None:
    """Most sh say so and end with 126. Some take what the kernel refuses for a script, and fail in that."""
    for name in ("go1.22.4", "go1.22.10"):
        (made.layout.sdk_root / name / "bin/go").write_bytes(program(name, goarch=OTHER))
    for word in ("1.22.4", "1.22"):
        made.pin(word)
        done = made.run([*start(shell, made), "version"], errors="replace")
        assert done.returncode != 0
        assert done.stderr
        assert "ran" not in done.stdout
        assert "goswitch default" not in done.stderr
        if shell.program not in {"busybox", "yash"}:
            assert done.returncode == 126


@every_shell
def test_what_is_no_program_is_named(shell: Shell, made: Made) -> None:
    go = made.layout.sdk_root / "go1.22.4/bin/go"
    command = start(shell, made)
    for what in ("empty", "not executable", "absent", "a folder", "a link that leads nowhere"):
        match what:
            case "empty":
                go.write_text("")
            case "not executable":
                go.write_text("#!/bin/sh\n")
                go.chmod(0o644)
            case "absent":
                go.unlink()
            case "a folder":
                go.mkdir()
            case _:
                go.rmdir()
                go.symlink_to("gone")
        done = made.run([*command, "version"])
        assert (done.returncode, done.stdout) == (126, "")
        assert done.stderr == (
            f"goswitch: {go} is not an executable file (set by {made.project}/.go-version:1)\n"
            "help: goswitch uninstall 1.22.4 && goswitch install 1.22.4\n"
        )


@every_shell
def test_an_sdk_that_is_gone_is_named_with_the_command(shell: Shell, made: Made) -> None:
    command = start(shell, made)
    root = made.layout.sdk_root
    (root / "go1.22.4/.unpacked-success").unlink()
    done = made.run([*command, "version"])
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == (
        f"goswitch: go1.22.4 is incomplete (set by {made.project}/.go-version:1): "
        f"{root}/go1.22.4 has no .unpacked-success\nhelp: goswitch install 1.22.4\n"
    )
    shutil.rmtree(root / "go1.22.4")
    done = made.run([*command, "version"])
    assert done.stderr == (
        f"goswitch: go1.22.4 is not installed (set by {made.project}/.go-version:1)\nhelp: goswitch install 1.22.4\n"
    )
    shutil.rmtree(root)
    for word, fact in {
        "1.22": "no go1.22 release is installed",
        "stable": "no Go release is installed",
        "1.22.4": "go1.22.4 is not installed",
    }.items():
        made.pin(word)
        done = made.run([*command, "version"])
        assert (done.returncode, done.stderr.splitlines()) == (
            126,
            [f"goswitch: {fact} (set by {made.project}/.go-version:1)", f"help: goswitch install {word}"],
        )


@every_shell
def test_a_linked_sdk_whose_target_is_gone_is_named(shell: Shell, made: Made) -> None:
    made.pin("go-mine")
    command = start(shell, made)
    link = made.layout.sdk_root / "go-mine"
    link.symlink_to(made.layout.sdk_root / "go1.21.6")
    assert made.run([*command, "x"]).stdout == made.ran("go-mine", "x")
    (made.layout.sdk_root / "go1.21.6").rename(made.base / "moved")
    done = made.run([*command, "x"])
    assert (done.returncode, done.stdout, done.stderr.splitlines()) == (
        126,
        "",
        [
            f"goswitch: no SDK is linked as go-mine (set by {made.project}/.go-version:1)",
            "help: goswitch link go-mine /path/to/goroot",
        ],
    )


@pytest.mark.parametrize("word", ["1.22.4", "1.22.x"])
def test_an_sdk_that_is_replaced_meanwhile_always_runs(word: str, made: Made) -> None:
    """As `goswitch repair` replaces one: two trees change names in one step, over and over, beside a loop of calls."""
    made.pin(word)
    shutil.rmtree(made.layout.sdk_root / "go1.22.10")
    place, fresh = made.layout.sdk_root / "go1.22.4", made.base / "fresh"
    shutil.copytree(place, fresh)
    shim = str(made.shims() / "go")
    stop = threading.Event()
    swaps = 0

    def swap() -> None:
        nonlocal swaps
        while not stop.is_set():
            exchange(fresh, place)
            swaps += 1

    swapping = threading.Thread(target=swap)
    swapping.start()
    try:
        for _ in range(CALLS):
            done = made.run([shim, "x"])
            assert (done.returncode, done.stdout, done.stderr) == (0, made.ran("go1.22.4", "x"), "")
    finally:
        stop.set()
        swapping.join()
    assert swaps > CALLS


@every_shell
def test_a_loop_through_two_other_managers_ends(shell: Shell, made: Made) -> None:
    """Ours leads to a first one, that to a second, and that back to ours."""
    made.pin("system")
    shim = start(shell, made)
    ours = " ".join("'" + word.replace("'", "'\\''") + "'" for word in shim)
    first, second = made.base.parent / "first", made.base.parent / "second"
    for folder, leads_to in ((first, f"'{second}/go'"), (second, ours)):
        folder.mkdir()
        (folder / "go").write_text(f'#!/bin/sh\nexec {leads_to} "$@"\n')
        (folder / "go").chmod(0o755)
    done = made.run([*shim, "version"], env={**made.env, "PATH": str(first)})
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == (
        f"goswitch: {first}/go is a loop: system leads back to goswitch 20 times (GOSWITCH_DEPTH)\n"
        "help: put a real go on PATH, or pin a version: goswitch pin stable\n"
    )
