"""The folder of shims: what is written, kept and removed, and by how many at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goswitch.errors import DiskError
from goswitch.model.layout import Layout
from goswitch.shell.shims import rehash

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "sdk", tmp_path / "data", tmp_path / "cache", tmp_path / "config")


def install(layout: Layout, name: str) -> None:
    (layout.sdk_root / name).mkdir(parents=True)
    (layout.sdk_root / name / ".unpacked-success").touch()


def test_all_is_written_once(layout: Layout) -> None:
    done = rehash(layout, "local", ["go1.22.4", "go1.21.6"])
    assert done.written == ("go", "gofmt", "go1.21.6", "go1.22.4")
    assert sorted(path.name for path in layout.shims.iterdir()) == [".goswitch-shims", *sorted(done.written)]
    assert {path.stat().st_mode & 0o777 for path in layout.shims.glob("go*")} == {0o755}
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in layout.shims.iterdir()}
    again = rehash(layout, "local", ["go1.22.4", "go1.21.6"])
    assert (again.written, again.removed, again.unchanged) == ((), (), done.written)
    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in layout.shims.iterdir()} == before


def test_a_shim_of_an_sdk_that_is_gone_is_removed(layout: Layout) -> None:
    rehash(layout, "local", ["go1.22.4", "go1.21.6", "go1.23rc1"])
    (layout.shims / "go-mine").touch()
    assert rehash(layout, "local", ["go1.22.4"]).removed == ("go1.21.6", "go1.23rc1")
    assert sorted(path.name for path in layout.shims.glob("go*")) == ["go", "go-mine", "go1.22.4", "gofmt"]


def test_a_shim_of_an_sdk_that_came_meanwhile_stays(layout: Layout) -> None:
    rehash(layout, "local", ["go1.22.4", "go1.21.6"])
    install(layout, "go1.21.6")
    assert rehash(layout, "local", ["go1.22.4"]).removed == ()
    assert (layout.shims / "go1.21.6").exists()


def test_the_setting_is_rendered(layout: Layout) -> None:
    rehash(layout, "local", ["go1.22.4"])
    assert rehash(layout, "path", ["go1.22.4"]).written == ("go", "gofmt")
    assert "GOTOOLCHAIN:-'path'" in (layout.shims / "go").read_text()


def test_what_was_altered_is_mended(layout: Layout) -> None:
    rehash(layout, "local", [])
    (layout.shims / "go").write_text("x")
    (layout.shims / "gofmt").chmod(0o644)
    assert rehash(layout, "local", []).written == ("go", "gofmt")


def test_a_link_in_the_place_of_a_shim_is_replaced_and_not_written_through(layout: Layout, tmp_path: Path) -> None:
    rehash(layout, "local", [])
    target = tmp_path / "target"
    (layout.shims / "go").rename(target)
    target.write_text("mine")
    (layout.shims / "go").symlink_to(target)
    rehash(layout, "local", [])
    assert target.read_text() == "mine"
    assert not (layout.shims / "go").is_symlink()


def test_a_file_in_the_place_of_the_folder_is_an_error(layout: Layout) -> None:
    layout.data.mkdir()
    layout.shims.write_text("")
    with pytest.raises(DiskError, match="can't create"):
        rehash(layout, "local", [])


def test_many_at_once_never_leave_a_moment_without_a_shim(layout: Layout) -> None:
    """Eight processes write the folder in turn with two settings, while a reader finds a whole shim each time."""
    for name in ("go1.22.4", "go1.21.6"):
        install(layout, name)
    rehash(layout, "local", ["go1.22.4", "go1.21.6"])
    whole = {(layout.shims / "go").read_bytes()}
    rehash(layout, "path", ["go1.22.4"])
    whole.add((layout.shims / "go").read_bytes())
    code = (
        "import sys; from pathlib import Path; from goswitch.model.layout import Layout;"
        "from goswitch.shell.shims import rehash; base = Path(sys.argv[1]);"
        "layout = Layout(base / 'sdk', base / 'data', base / 'cache', base / 'config');"
        "[rehash(layout, ('local', 'path')[turn % 2], ['go1.22.4', 'go1.21.6'][: turn % 3]) for turn in range(30)]"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(layout.sdk_root.parent)], env={"PYTHONPATH": str(REPOSITORY)}, text=True
        )
        for _ in range(8)
    ]
    while any(process.poll() is None for process in processes):
        assert (layout.shims / "go").read_bytes() in whole
        assert (layout.shims / "go").stat().st_mode & 0o777 == 0o755
    assert [process.returncode for process in processes] == [0] * 8
    names = sorted(path.name for path in layout.shims.iterdir())
    assert names == [".goswitch-shims", "go", "go1.21.6", "go1.22.4", "gofmt"]
