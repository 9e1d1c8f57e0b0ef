"""Repairing: what is there counts until a whole SDK takes its place, however the process ends."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from loopback import Reply
from served import FILES, Served, served

from goswitch.errors import GoswitchError, NotInstalled, ProofError, UsageError
from goswitch.sdk.digests import compare, read_digests
from goswitch.system import exchange as exchanging
from goswitch.system.exchange import exchange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARKER = ".unpacked-success"


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path) as setup:
        yield setup


@pytest.fixture(params=["in one step", "in steps"])
def in_steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Let the kernel exchange names, and let it be one that can't."""
    if request.param == "in steps":
        monkeypatch.setattr(exchanging, "_in_one_step", lambda _fresh, _place: False)
    return bool(request.param == "in steps")


def require_whole(setup: Served) -> None:
    assert (setup.path / MARKER).exists()
    assert set(read_digests(setup.path)) == set(FILES)
    assert not compare(setup.path, read_digests(setup.path))
    assert setup.engine.litter() == []


def damage(setup: Served) -> None:
    setup.install()
    (setup.path / "src/fmt/print.go").write_text("package evil\n")
    (setup.path / "src/fmt/extra.go").touch()
    (setup.path / "bin/gofmt").unlink()
    (setup.path / "src").chmod(0o555)


def test_a_damaged_sdk_is_whole_again(setup: Served, *, in_steps: bool) -> None:
    damage(setup)
    done = setup.repair()
    assert done.path == setup.path
    assert done.source == "proxy"
    require_whole(setup)
    assert setup.server.count(setup.zip_path) >= 1


def test_what_is_open_stays_open(setup: Served, *, in_steps: bool) -> None:
    damage(setup)
    with (setup.path / "src/fmt/print.go").open() as old:
        setup.repair()
        assert old.read() == "package evil\n"
    assert (setup.path / "src/fmt/print.go").read_bytes() == FILES["src/fmt/print.go"]


def test_an_incomplete_sdk_is_settled(setup: Served, *, in_steps: bool) -> None:
    damage(setup)
    (setup.path / MARKER).unlink()
    setup.repair()
    require_whole(setup)


def test_an_empty_folder_is_settled(setup: Served, *, in_steps: bool) -> None:
    setup.path.mkdir(parents=True)
    setup.repair()
    require_whole(setup)


def foreign(setup: Served) -> None:
    for folder in ("bin", "src"):
        (setup.path / folder).mkdir(parents=True)
    (setup.path / "bin/go").write_text("somebody's own")


def test_a_foreign_tree_needs_force(setup: Served, *, in_steps: bool) -> None:
    foreign(setup)
    with pytest.raises(UsageError, match="was not installed by goswitch") as caught:
        setup.repair()
    assert caught.value.help == ("goswitch repair --force go1.22.4",)
    assert (setup.path / "bin/go").read_text() == "somebody's own"
    setup.repair(force=True)
    require_whole(setup)


def test_a_link_under_a_releases_name_needs_force_and_its_tree_stays(setup: Served, *, in_steps: bool) -> None:
    elsewhere = setup.base / "elsewhere"
    foreign(setup)
    setup.path.rename(elsewhere)
    setup.path.symlink_to(elsewhere)
    with pytest.raises(UsageError, match="is a link to"):
        setup.repair()
    setup.repair(force=True)
    assert not setup.path.is_symlink()
    require_whole(setup)
    assert (elsewhere / "bin/go").read_text() == "somebody's own"


def test_what_is_no_release_or_not_there(setup: Served) -> None:
    with pytest.raises(NotInstalled, match=r"go1\.22\.4 is not installed"):
        setup.repair()
    setup.engine.layout.sdk_root.mkdir(exist_ok=True)
    (setup.engine.layout.sdk_root / "go-mine").symlink_to(setup.base)
    with pytest.raises(UsageError, match="go-mine is no release"):
        setup.repair("go-mine")


@pytest.mark.parametrize(
    ("reply", "error"), [(Reply(b"PK\5\6" + bytes(18)), ProofError), (Reply(b"gone", status=404), GoswitchError)]
)
def test_a_repair_that_fails_leaves_what_is_there(reply: Reply, error: type[GoswitchError], setup: Served) -> None:
    setup.install()
    (setup.path / "src/fmt/extra.go").touch()
    setup.server.put(setup.zip_path, reply)
    with pytest.raises(error):
        setup.repair()
    assert (setup.path / MARKER).exists()
    assert (setup.path / "src/fmt/extra.go").exists()
    assert setup.engine.litter() == []


def test_a_reader_never_misses_the_sdk_while_it_is_repaired(setup: Served) -> None:
    """Where the kernel exchanges names there is no instant without an SDK, nor one without its marker."""
    damage(setup)
    stop, missed = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            if not (setup.path / MARKER).exists():
                missed.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(20):
        setup.repair()
    stop.set()
    reader.join()
    assert not missed


POINTS = [
    "repair-after-lock", "mid-download", "after-download", "mid-unpack", "after-unpack", "before-sync", "after-sync",
    "repair-before-swap", "repair-after-swap",
]  # fmt: skip


@pytest.mark.parametrize("state", ["damaged", "incomplete", "foreign"])
@pytest.mark.parametrize(("point", "steps"), [*((point, "") for point in POINTS), ("between-renames", "1")])
def test_a_repair_killed_at_any_point_leaves_the_old_or_the_new(
    point: str, steps: str, state: str, setup: Served
) -> None:
    force = state == "foreign"
    foreign(setup) if force else damage(setup)
    if state == "incomplete":
        (setup.path / MARKER).unlink()
    arguments = {"FORCE": "1"} if force else {}
    setup.kill_at(point, IN_STEPS=steps, **arguments)
    if point == "between-renames":
        assert not setup.path.exists(), "never half"
    elif point == "repair-after-swap":
        assert (setup.path / MARKER).exists()
        assert not compare(setup.path, read_digests(setup.path))
    else:
        assert (setup.path / MARKER).exists() == (state == "damaged")
        assert (setup.path / "bin/gofmt").exists() is False, "the old one"
    setup.repair(force=force)
    require_whole(setup)


def test_an_install_heals_a_killed_repair(setup: Served) -> None:
    damage(setup)
    setup.kill_at("between-renames", IN_STEPS="1")
    setup.install()
    require_whole(setup)


def test_two_directories_change_names(tmp_path: Path, *, in_steps: bool) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b/a").exists()
    assert (tmp_path / "a/b").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
