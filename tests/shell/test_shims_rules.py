"""The shims in every sh: `-C`, `+REQUEST`, `goX.Y.Z`, and `system` without a loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shell.made import HOSTILE, Made, without
from shell.starting import every_shell, start

if TYPE_CHECKING:
    from shells import Shell


@every_shell
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["-C", "sub", "build"], "go1.21.6"),
        (["--C", "sub", "build"], "go1.21.6"),
        (["-C=sub", "build"], "go1.21.6"),
        (["--C=sub/../sub", "build"], "go1.21.6"),
        (["build", "-C", "sub", "./..."], "go1.21.6"),
        (["build", "-C=sub"], "go1.21.6"),
        (["mod", "-C", "sub", "tidy"], "go1.21.6"),
        (["mod", "tidy", "-C", "sub"], "go1.21.6"),
        (["work", "sync", "--C=sub"], "go1.21.6"),
        (["-C", "link"], "go1.21.6"),
        (["-C", "-"], "go1.21.6"),
        (["-C", HOSTILE], "go1.21.6"),
        (["-C", "/"], "go1.22.10"),
        (["-C", "gone", "build"], "go1.22.4"),
        (["-C", "file", "build"], "go1.22.4"),
        (["-C", ""], "go1.22.4"),
        (["-C="], "go1.22.4"),
        (["-C"], "go1.22.4"),
        (["build", "./sub", "-C", "sub"], "go1.22.4"),
        (["build", "-v", "-C", "sub"], "go1.22.4"),
        (["mod", "tidy", "-v", "-C", "sub"], "go1.22.4"),
        (["env", "mod", "-C", "sub"], "go1.22.4"),
        (["-Csub", "build"], "go1.22.4"),
        (["-c", "sub"], "go1.22.4"),
    ],
    ids=" ".join,
)
def test_the_walk_starts_where_c_leads(shell: Shell, words: list[str], name: str, made: Made) -> None:
    """SDKs: 1.22.4 by the project's pin, 1.21.6 by that of the other folder, 1.22.10 by default."""
    for folder in (made.project / "sub", made.project / "-", made.project / HOSTILE):
        made.pin("1.21.6", folder)
    made.pin("1.21.6", made.base / "other")
    (made.base / "other" / "deep").mkdir()
    (made.project / "link").symlink_to("../other/deep")
    (made.project / "file").touch()
    (made.layout.sdk_root / ".goswitch").mkdir()
    (made.layout.sdk_root / ".goswitch" / "default").write_text("1.22.10\n")
    (made.base / "env").mkdir()
    done = made.run([*start(shell, made), *words], env={**made.env, "CDPATH": "/", "PWD": str(made.project)})
    if words[:1] == ["env"]:
        assert f"GOROOT={made.layout.sdk_root}/{name}\0" in done.stdout
        return
    toolchain = "unset" if name == "go1.22.10" else "local"
    assert (done.stdout, done.stderr) == (made.ran(name, *words, toolchain=toolchain), "")


@every_shell
@pytest.mark.parametrize("old", [None, "/usr"])
def test_c_changes_nothing_that_go_sees(shell: Shell, old: str | None, made: Made) -> None:
    logical = made.base / "logical"
    logical.symlink_to(made.project)
    (made.project / "sub").mkdir()
    env = {**made.env, "PWD": str(logical)} | ({} if old is None else {"OLDPWD": old})
    command = start(shell, made)
    without_c = made.run([*command, "env"], cwd=logical, env=env).stdout.split("\0")
    with_c = made.run([*command, "env", "-C", "sub"], cwd=logical, env=env).stdout.split("\0")
    assert f"PWD={logical}" in with_c
    assert sorted(with_c) == sorted(without_c)


@every_shell
def test_c_is_of_go_alone(shell: Shell, made: Made) -> None:
    made.pin("1.21.6", made.project / "sub")
    done = made.run([*start(shell, made, "gofmt"), "-C", "sub"])
    assert done.stdout == made.ran("go1.22.4", "-C", "sub", tool="gofmt")


@every_shell
@pytest.mark.parametrize(
    ("words", "name", "left"),
    [
        (["+1.21.6", "test", "./..."], "go1.21.6", ["test", "./..."]),
        (["+1.22", "+x"], "go1.22.10", ["+x"]),
        (["+stable"], "go1.22.10", []),
        (["+1.23", "-C", "sub"], "go1.23rc1", ["-C", "sub"]),
    ],
    ids=" ".join,
)
def test_a_request_binds_one_call(shell: Shell, words: list[str], name: str, left: list[str], made: Made) -> None:
    for env in (made.env, {**made.env, "GOSWITCH_VERSION": "1.22.4"}):
        assert made.run([*start(shell, made), *words], env=env).stdout == made.ran(name, *left)
        assert made.run([*start(shell, made, "gofmt"), *words], env=env).stdout == made.ran(name, *left, tool="gofmt")


@every_shell
@pytest.mark.parametrize(
    ("word", "fact", "helps"),
    [
        ("+1.20.1", "go1.20.1 is not installed (set by +1.20.1)", "goswitch install 1.20.1"),
        ("+", "+: not a Go version (it has characters that no version has)", "+"),
        ("+../x", "+../x: not a Go version (it has characters that no version has)", "+"),
        ("+1.22.4.5", '+1.22.4.5: "1.22.4.5" is not a Go version', "+"),
        ("+nightly", "no SDK is linked as nightly (set by +nightly)", "goswitch link nightly /path/to/goroot"),
    ],
)
def test_a_bad_request_is_an_error(shell: Shell, word: str, fact: str, helps: str, made: Made) -> None:
    if helps == "+":
        helps = "name a version after the plus sign: go +1.22.4 version"
    done = made.run([*start(shell, made), word, "version"])
    assert (done.returncode, done.stdout, done.stderr) == (126, "", f"goswitch: {fact}\nhelp: {helps}\n")


@every_shell
def test_a_version_shim_is_that_version_anywhere(shell: Shell, made: Made) -> None:
    command = start(shell, made, "go1.21.6")
    assert made.run([*command, "-C", "x", "+1"]).stdout == made.ran("go1.21.6", "-C", "x", "+1")
    assert made.run(command, env={**made.env, "GOTOOLCHAIN": "auto"}).stdout == made.ran("go1.21.6", toolchain="auto")
    assert made.run(command, env={**made.env, "GOSWITCH_VERSION": "1.22.4"}).stdout == made.ran("go1.21.6")
    switched = {**made.env, "GOTOOLCHAIN_INTERNAL_SWITCH_VERSION": "go1.21.6"}
    assert made.run(command, env=switched).stdout == made.ran("go1.21.6", toolchain="unset")
    assert made.run(command, env={**switched, "GOROOT": "/wrong"}).stdout == made.ran("go1.21.6", toolchain="unset")


@every_shell
def test_a_version_shim_says_what_is_missing(shell: Shell, made: Made) -> None:
    command = start(shell, made, "go1.21.6")
    root = made.layout.sdk_root / "go1.21.6"
    (root / "bin" / "go").write_text("")
    assert made.run(command).stderr == (
        f"goswitch: {root}/bin/go is not an executable file\n"
        "help: goswitch uninstall 1.21.6 && goswitch install 1.21.6\n"
    )
    (root / ".unpacked-success").unlink()
    assert made.run(command).stderr == (
        f"goswitch: go1.21.6 is incomplete: {root} has no .unpacked-success\nhelp: goswitch install 1.21.6\n"
    )
    root.rename(made.base / "away")
    done = made.run(command)
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == "goswitch: go1.21.6 is not installed\nhelp: goswitch install 1.21.6\n"
    assert made.run(command, env=without(made.env, "HOME", "GOSWITCH_SDK_ROOT")).returncode == 126


@every_shell
def test_a_loop_through_another_managers_shim_ends(shell: Shell, made: Made) -> None:
    made.pin("system")
    shim = start(shell, made)
    other = made.base / "other"
    other.mkdir()
    words = " ".join("'" + word.replace("'", "'\\''") + "'" for word in shim)
    (other / "go").write_text(f'#!/bin/sh\nexec {words} "$@"\n')
    (other / "go").chmod(0o755)
    done = made.run([*shim, "version"], env={**made.env, "PATH": str(other)})
    assert (done.returncode, done.stdout) == (126, "")
    assert done.stderr == (
        f"goswitch: {other}/go is a loop: system leads back to goswitch 20 times (GOSWITCH_DEPTH)\n"
        "help: put a real go on PATH, or pin a version: goswitch pin stable\n"
    )


@every_shell
@pytest.mark.parametrize(
    ("before", "after"), [("", "1"), ("x", "1"), ("08", "1"), ("1", "2"), ("19", "20"), ("999", "1")]
)
def test_the_depth_is_counted_for_system_alone(shell: Shell, before: str, after: str, made: Made) -> None:
    made.pin("system")
    system = made.base / "usr"
    (made.layout.sdk_root / "go1.21.6").rename(system)
    env = {**made.env, "PATH": f"{system}/bin", "GOSWITCH_DEPTH": before, "GOROOT": "/wrong"}
    seen = made.run([*start(shell, made), "env"], env=env).stdout.split("\0")
    assert f"GOSWITCH_DEPTH={after}" in seen
    assert not [entry for entry in seen if entry.startswith(("GOROOT=", "GOTOOLCHAIN="))]


@every_shell
def test_shims_pass_over_their_own_folder(shell: Shell, made: Made) -> None:
    made.pin("system")
    shims = made.shims()
    done = made.run([*start(shell, made), "x"], env={**made.env, "PATH": f"{shims}:{shims}/../shims"})
    assert (done.returncode, done.stdout) == (127, "")
    assert done.stderr.startswith("goswitch: no go on PATH outside the shims (set by ")
