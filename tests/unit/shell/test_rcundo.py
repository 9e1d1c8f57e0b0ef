"""`setup` and `setup --undo` over whole homes: whatever the files are, each is afterwards what it was, to the byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from unprivileged import give_to_nobody, readable_folder, run_goswitch

from goswitch.errors import DiskError
from goswitch.model.layout import Layout
from goswitch.shell.hooks import SHELLS
from goswitch.shell.rcplan import Change, apply_all, setup_plan, undo_plan

NAMES = (".bashrc", ".profile", ".bash_profile", ".zshrc", ".config/fish/conf.d/goswitch.fish")
_PIECES = st.sampled_from([b"a", b"# x", b" ", b"\n", b"\n", b"\r\n", b"\t", b"\xff", "é".encode(), b"\0", b"\\"])
_STATES = st.one_of(
    st.just("absent"),
    st.lists(_PIECES, max_size=8).map(b"".join),
    st.tuples(st.sampled_from(["read-only", "linked", "linked twice"]), st.lists(_PIECES, max_size=8).map(b"".join)),
    st.sampled_from(["dangling", "the bashrc"]),
)
State = str | bytes | tuple[str, bytes]


def build(home: Path, states: dict[str, State]) -> None:
    dotfiles = home / "dotfiles"
    dotfiles.mkdir()
    for number, (name, state) in enumerate(states.items()):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        target = dotfiles / f"{number}.rc"
        match state:
            case "absent":
                pass
            case "dangling":
                path.symlink_to(target)
            case str():
                if name != ".bashrc":
                    path.symlink_to(home / ".bashrc")
            case bytes():
                path.write_bytes(state)
                path.chmod(0o640)
            case ("read-only", bytes(content)):
                path.write_bytes(content)
                path.chmod(0o444)
            case (kind, bytes(content)):
                target.write_bytes(content)
                if kind == "linked twice":
                    (dotfiles / f"{number}.link").symlink_to(target.name)
                    target = dotfiles / f"{number}.link"
                path.symlink_to(target)


def snapshot(home: Path) -> dict[str, tuple[str, int, bytes]]:
    """Return all files and links below a home: where a link leads, the mode, the content."""
    found = {}
    for path in home.rglob("*"):
        if path.is_symlink():
            found[str(path)] = (str(path.readlink()), 0, b"")
        elif path.is_file():
            found[str(path)] = ("", path.stat().st_mode & 0o7777, path.read_bytes())
    return found


def change(home: Path, plan: list[Change]) -> None:
    apply_all(plan)
    assert not [path for path in home.rglob(".*.*") if path.name.startswith("..")]


@given(
    states=st.fixed_dictionaries(dict.fromkeys(NAMES, _STATES)),
    shells=st.lists(st.sampled_from(SHELLS), min_size=1, max_size=3, unique=True),
    again=st.sampled_from(SHELLS),
    goos=st.sampled_from(["linux", "darwin"]),
)
@example(states=dict.fromkeys(NAMES, "the bashrc"), shells=["bash", "zsh"], again="fish", goos="linux")
@example(states=dict.fromkeys(NAMES, b""), shells=["bash", "zsh", "fish"], again="fish", goos="darwin")
def test_undo_leaves_every_file_as_it_was(states: dict[str, State], shells: list[str], again: str, goos: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        build(home, states)
        layout = Layout(home / "sdk", home / "data", home / "cache", home / "config")
        before = snapshot(home)
        for wanted in (shells, [again], shells):
            change(home, setup_plan(wanted, layout, home, {}, goos))
        assert setup_plan([*shells, again], layout, home, {}, goos) == []
        assert snapshot(home) != before
        change(home, undo_plan(home, {}))
        assert snapshot(home) == before
        assert undo_plan(home, {}) == []


def test_a_plan_that_fails_midway_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / ".bashrc").write_text("mine\n")
    layout = Layout(tmp_path / "sdk", tmp_path / "data", tmp_path / "cache", tmp_path / "config")
    plan = setup_plan(["bash", "zsh"], layout, tmp_path, {}, "linux")
    (tmp_path / ".zshrc").write_text("newer\n")
    before = snapshot(tmp_path)
    with pytest.raises(DiskError, match="has changed meanwhile"):
        apply_all(plan)
    assert snapshot(tmp_path) == before


def test_files_that_may_not_be_written_stay_and_are_named() -> None:
    """As where a tool keeps dotfiles in a store of its own, and links to them."""
    with readable_folder() as folder:
        home, store = folder / "home", folder / "store"
        for place in (home, store):
            place.mkdir()
        (home / ".bashrc").write_text("mine\n")
        (store / "profile").write_text("theirs\n")
        (home / ".profile").symlink_to(store / "profile")
        give_to_nobody(home, home / ".bashrc")
        ran = run_goswitch("setup", "--shell", "bash", "--yes", cwd=home, env={"HOME": str(home)})
        assert (ran.status, f"can't write {store}/profile" in ran.err) == (7, True), ran.err
        assert (home / ".bashrc").read_text() == "mine\n"
        assert (store / "profile").read_text() == "theirs\n"
        ran = run_goswitch("setup", "--undo", cwd=home, env={"HOME": str(home)})
        assert "no shell file has a block of goswitch" in ran.err
