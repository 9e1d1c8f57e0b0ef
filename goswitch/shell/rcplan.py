"""What `goswitch setup` changes: which rc files get our block, what it says there, and the undoing.

A plan is a list of values that can be shown before anything is written; `apply` writes one of them.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.shell.completions import completion_file
from goswitch.shell.hooks import SHELLS, hook_file, render_path
from goswitch.shell.placing import place
from goswitch.shell.quoting import quote_fish, quote_sh
from goswitch.shell.rcfile import add_block, has_block, remove_block
from goswitch.system.files import doing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from goswitch.model.layout import Layout

_LOGIN_FILES = (".bash_profile", ".bash_login", ".profile")
"""What a login bash reads: the first of them that is there (bash(1), INVOCATION)."""

_REMARK = "# `goswitch setup` wrote this; `goswitch setup --undo` takes it out again."
_NEW_FILE = 0o644


@dataclass(frozen=True)
class Change:
    """A rc file before and after. None is a file that is not there. Texts hold undecodable bytes as surrogates."""

    path: Path
    before: str | None
    after: str | None


def setup_plan(shells: Iterable[str], layout: Layout, home: Path, env: Mapping[str, str], goos: str) -> list[Change]:
    """Return what has to change so that `shells` (of SHELLS) find the shims and run the hook; nothing twice.

    DiskError for a rc file that can't be read.
    """
    blocks: dict[Path, str] = {}
    for shell in shells:
        source = _source_lines(shell, layout)
        match shell:
            case "bash":
                blocks[home / ".bashrc"] = source
                # A login shell need not read .bashrc, and may be no bash at all: it gets the PATH alone.
                blocks[_login_file(home, goos)] = f"{_REMARK}\n{render_path(layout)}"
            case "zsh":
                blocks[_zsh_folder(home, env) / ".zshrc"] = source
            case _:
                blocks[_fish_folder(home, env) / "conf.d" / "goswitch.fish"] = source
    changes = []
    for path in _files(blocks):
        before = _read(path)
        changes.append(Change(path, before, add_block(before, blocks[path])))
    return [change for change in changes if change.before != change.after]


def undo_plan(home: Path, env: Mapping[str, str]) -> list[Change]:
    """Return what has to change so that no rc file of any shell has our block; DiskError as in `setup_plan`."""
    paths = [
        home / ".bashrc",
        *(home / name for name in _LOGIN_FILES),
        _zsh_folder(home, env) / ".zshrc",
        _fish_folder(home, env) / "conf.d" / "goswitch.fish",
        _fish_folder(home, env) / "config.fish",
    ]
    changes = []
    for path in _files(paths):
        before = _read(path)
        if before is not None and has_block(before):
            changes.append(Change(path, before, remove_block(before)))
    return changes


def _files(paths: Iterable[Path]) -> list[Path]:
    """Return the paths without those that lead to the file of an earlier one, as a `.bash_profile` to `.bashrc`."""
    return list({path.resolve(): path for path in reversed(list(paths))}.values())[::-1]


def apply_all(plan: Iterable[Change]) -> None:
    """Write the changes of a plan, all or none: what was written before one that fails is put back. DiskError."""
    done: list[Change] = []
    try:
        for change in plan:
            apply(change)
            done.append(change)
    except BaseException:
        for change in reversed(done):
            with suppress(DiskError):
                apply(Change(change.path, change.after, change.before))
        raise


def apply(change: Change) -> None:
    """Write one change, through a symlink to the file behind it, and keep that file's mode.

    DiskError if it can't be written, or if the file is not any more what the plan was made from.
    """
    target = change.path.resolve()
    if _read(target) != change.before:
        raise DiskError(f"{change.path} has changed meanwhile", help="goswitch setup")
    if change.after is None:
        with doing("remove", target):
            target.unlink()
        return
    with doing("write", target):
        target.parent.mkdir(parents=True, exist_ok=True)
        mode = _NEW_FILE if change.before is None else stat.S_IMODE(target.stat().st_mode)
    place(target, change.after.encode("utf-8", "surrogateescape"), mode)


def shell_of(env: Mapping[str, str]) -> str | None:
    """Return which of SHELLS the user's login shell is, or None."""
    name = os.path.basename(env.get("SHELL", ""))  # noqa: PTH119 - a name out of a variable, not a path on disk
    return name if name in SHELLS else None


def _source_lines(shell: str, layout: Layout) -> str:
    lines = [_REMARK]
    for file in (hook_file(shell, layout), completion_file(shell, layout)):
        if shell == "fish":
            quoted = quote_fish(str(file))
            lines.append(f"if test -r {quoted}\n    source {quoted}\nend")
        else:
            quoted = quote_sh(str(file))
            lines.append(f"if [ -r {quoted} ]; then\n    . {quoted}\nfi")
    return "\n".join(lines)


def _login_file(home: Path, goos: str) -> Path:
    for name in _LOGIN_FILES:
        if (home / name).exists():
            return home / name
    return home / (".bash_profile" if goos == "darwin" else ".profile")


def _zsh_folder(home: Path, env: Mapping[str, str]) -> Path:
    return home / env["ZDOTDIR"] if env.get("ZDOTDIR") else home


def _fish_folder(home: Path, env: Mapping[str, str]) -> Path:
    # As in the XDG specification, a relative path is no value.
    base = env.get("XDG_CONFIG_HOME", "")
    return (home / base if base.startswith("/") else home / ".config") / "fish"


def _read(path: Path) -> str | None:
    """Return a file's text; None if it is not there (a link that leads nowhere is written through)."""
    with doing("read", path):
        try:
            return path.read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            return None
