"""Verifying: against files.sha256, and against a checksum database that the tests sign, whoever installed the SDK."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from archives import module_zip
from loopback import Reply
from served import FILES, GO_ENV, MODULE_VERSION, Served, recorded, served

from goswitch.errors import DiskError, NetworkError, NotInstalled, ProofError, UsageError
from goswitch.sdk.digests import Differences, WrongMode
from goswitch.sdk.reporter import Silent
from goswitch.sdk.verify import Verified, has_digests, verify, verify_by_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTHING = Differences((), (), ())
OTHERS = {"api/go1.1.txt": b"pkg\n", "doc/x.html": b"", "misc/go.mod": b"module misc\n", "test/a.go": b"package a\n"}


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as setup:
        yield setup


def official(base: Path, changes: dict[str, bytes | None] | None = None) -> Path:
    """Make a distribution as the official archive has it, put there by somebody else, with changes."""
    tree = base / "usr/local/go"
    for name, content in {**FILES, **OTHERS, **(changes or {})}.items():
        if content is not None:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes(content)
            (tree / name).chmod(0o755 if name.startswith(("bin/", "pkg/tool/", "lib/")) else 0o644)
    return tree


def by_log(setup: Served, tree: Path, offline: str | None = None) -> Verified:
    engine = setup.engine
    return verify_by_log(tree, engine.world, engine.layout, engine.told, tree.name, offline=offline)


def test_what_was_installed_holds(setup: Served) -> None:
    found = verify(setup.install(), setup.engine.told, "go1.22.4")
    assert (found.holds, found.files, found.differences) == (True, len(FILES), NOTHING)
    told = setup.engine.told
    assert told.read == [("go1.22.4", len(FILES))]
    assert told.unpacked[-1] == (len(FILES), len(FILES))
    assert not told.open


def test_each_difference_has_its_kind(setup: Served) -> None:
    tree = setup.install()
    (tree / "src/fmt/print.go").write_text("package evil\n")
    (tree / "src/fmt/empty.go").unlink()
    (tree / "src/fmt/extra.go").touch()
    (tree / "bin/go").chmod(0o644)
    found = verify(tree, Silent(), tree.name)
    assert not found.holds
    assert found.differences == Differences(
        ("src/fmt/print.go",),
        ("src/fmt/empty.go",),
        ("src/fmt/extra.go",),
        (WrongMode("bin/go", 0o644, "can't be run by all who can read it"),),
    )


def test_an_sdk_of_another_tool_has_no_digests(setup: Served) -> None:
    tree = official(setup.base)
    assert not has_digests(tree)
    with pytest.raises(DiskError, match="can't read"):
        verify(tree, Silent(), tree.name)


def test_an_official_distribution_is_what_the_log_states(setup: Served) -> None:
    found = by_log(setup, official(setup.base))
    assert found.holds
    assert not found.recorded
    log = found.log
    assert log is not None
    assert log.holds
    assert log.found == recorded(FILES)
    assert log.unproven == ("api", "doc", "misc", "test")
    assert log.stated.by == "log.test"
    assert setup.server.count(setup.zip_path) == 0, "the module is not needed to know that it holds"


def test_the_archive_and_the_marker_of_golang_org_dl_do_not_count(setup: Served) -> None:
    tree = official(setup.base, {"go1.22.4.linux-amd64.tar.gz": b"left", ".unpacked-success": b""})
    assert by_log(setup, tree).holds
    (tree / "go1.22.3.linux-amd64.tar.gz").touch()
    assert not by_log(setup, tree).holds


@pytest.mark.parametrize(
    ("content", "setting"),
    [
        (GO_ENV.replace(b"=auto", b"=local"), "GOTOOLCHAIN=local"),
        (GO_ENV.replace(b"=auto", b"=go1.20+path"), "GOTOOLCHAIN=go1.20+path"),
        (GO_ENV.replace(b"=auto", b"=local") + b"GOARM=7\n", "GOTOOLCHAIN=local, GOARM=7"),
        (GO_ENV + b"GOARM=7", "GOARM=7"),
    ],
)
def test_a_distribution_that_only_sets_gotoolchain_is_said_to_do_just_that(
    content: bytes, setting: str, setup: Served
) -> None:
    found = by_log(setup, official(setup.base, {"go.env": content}))
    assert found.log is not None
    assert not found.holds
    assert found.log.setting == setting
    assert found.log.differences is None
    assert setup.server.count(setup.zip_path) == 0


def test_another_change_of_go_env_is_a_changed_file(setup: Served) -> None:
    evil = GO_ENV.replace(b"=auto", b"=local").replace(b"proxy.example", b"evil.example")
    log = by_log(setup, official(setup.base, {"go.env": evil})).log
    assert log is not None
    assert log.setting is None
    assert log.differences == Differences(("go.env",), (), ())


def test_the_modules_own_list_tells_which_files_differ(setup: Served) -> None:
    changes = {"src/go.mod": b"module evil\n", "bin/gofmt": None, "src/x.go": b"", "misc/go.mod": b"not looked at"}
    tree = official(setup.base, changes)
    log = by_log(setup, tree).log
    assert log is not None
    assert log.differences == Differences(("src/go.mod",), ("bin/gofmt",), ("src/x.go",))
    assert setup.server.count(setup.zip_path) >= 1
    assert list((setup.engine.layout.cache / ".goswitch/staging").iterdir()) == []
    assert not setup.engine.layout.sdk_root.exists(), "who verifies need not be able to write there"


def test_digests_that_the_log_proves_tell_it_without_a_download(setup: Served) -> None:
    tree = setup.install()
    (tree / "src/fmt/print.go").write_text("package evil\n")
    found = by_log(setup, tree)
    assert found.log is not None
    assert found.log.differences == found.differences == Differences(("src/fmt/print.go",), (), ())
    assert setup.server.count(setup.zip_path) == 0


def test_digests_that_were_changed_with_the_files_do_not_count(setup: Served) -> None:
    tree = setup.install()
    digests = tree / ".goswitch/files.sha256"
    good = verify(tree, Silent(), tree.name)
    (tree / "src/fmt/print.go").write_bytes(b"")
    empty = next(line[:64] for line in digests.read_text().splitlines() if line.endswith("empty.go"))
    lines = [f"{empty}{line[64:]}" if line.endswith("print.go") else line for line in digests.read_text().splitlines()]
    digests.write_text("\n".join(lines) + "\n")
    assert good.holds
    assert verify(tree, Silent(), tree.name).holds, "files.sha256 alone can't tell"
    found = by_log(setup, tree)
    assert not found.holds
    assert found.log is not None
    assert found.log.differences == Differences(("src/fmt/print.go",), (), ())


def test_a_wrong_mode_counts_where_the_contents_hold(setup: Served) -> None:
    tree = official(setup.base)
    (tree / "bin/gofmt").chmod(0o644)
    found = by_log(setup, tree)
    assert found.log is not None
    assert found.log.holds
    assert not found.holds


def test_links_are_no_files_of_a_release(setup: Served) -> None:
    tree = official(setup.base)
    shutil.copy(tree / "src/fmt/print.go", setup.base / "same.go")
    (tree / "src/fmt/print.go").unlink()
    (tree / "src/fmt/print.go").symlink_to(setup.base / "same.go")
    log = by_log(setup, tree).log
    assert log is not None
    assert log.differences == Differences(("src/fmt/print.go",), (), ())


def test_what_was_proven_once_is_proven_again_without_a_network(setup: Served) -> None:
    tree = official(setup.base)
    with pytest.raises(NetworkError, match="GOSWITCH_OFFLINE"):
        by_log(setup, tree, offline="GOSWITCH_OFFLINE")
    assert setup.server.asked == []
    assert by_log(setup, tree).holds
    setup.server.asked.clear()
    assert by_log(setup, tree, offline="GOSWITCH_OFFLINE").holds
    (tree / "VERSION").write_text("go1.22.4\n")
    log = by_log(setup, tree, offline="GOSWITCH_OFFLINE").log
    assert log is not None
    assert not log.holds
    assert log.unknown is not None
    assert log.differences is None
    assert setup.server.asked == []


def test_a_module_that_is_not_what_the_log_states_tells_nothing(setup: Served) -> None:
    setup.server.put(setup.zip_path, Reply(module_zip("1.22.4", files=FILES | {"src/fmt/more.go": b"x"})))
    log = by_log(setup, official(setup.base, {"VERSION": b"go1.22.4\n"})).log
    assert log is not None
    assert log.unknown is not None
    assert "is not what Go published" in log.unknown


def test_a_log_that_does_not_know_the_release_proves_nothing(setup: Served) -> None:
    with pytest.raises(ProofError, match=f"no record of golang.org/toolchain@{MODULE_VERSION[:-11]}"):
        by_log(
            setup,
            official(setup.base, {"VERSION": b"go1.22.4\n", "bin/go": FILES["bin/go"].replace(b"=amd64", b"=riscv")}),
        )


@pytest.mark.parametrize("line", [b"devel go1.28-abc", b"go1.26.8 X:foo", b"nonsense", b""])
def test_what_is_no_release_is_not_in_the_log(line: bytes, setup: Served) -> None:
    with pytest.raises(UsageError, match="is no release"):
        by_log(setup, official(setup.base, {"VERSION": line}))


def test_what_is_no_sdk(setup: Served) -> None:
    with pytest.raises(NotInstalled, match="has no VERSION"):
        by_log(setup, setup.base)
