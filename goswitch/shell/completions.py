"""Completions: shell code that asks goswitch at TAB for the words that fit. Python starts then, not with the shell.

click answers (`click.shell_completion`), by its own protocol; the shell halves are ours, as click's own need bash 4.4,
leave variables in the user's shell, and fail where zsh's compinit has not run yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.shell.placing import place
from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files
from goswitch.system.files import doing

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.layout import Layout

_FILES = {"bash": "goswitch.bash", "zsh": "_goswitch", "fish": "goswitch.fish"}
"""How the rendered files are called: zsh finds a function in fpath by the name of its file."""

_READABLE = 0o644


def completion_file(shell: str, layout: Layout) -> Path:
    """Return where the rendered completion of a shell lies."""
    return layout.completions / _FILES[shell]


def render_completion(shell: str, layout: Layout) -> str:
    """Return the completion of one of SHELLS, and keep a copy where rc files read it. Raise DiskError."""
    values = {"FOLDER": str(layout.completions)} if shell == "zsh" else {}
    rendered = render(shell_files(), f"completion.{shell}", values)
    target = completion_file(shell, layout)
    if not target.is_file() or target.read_bytes() != rendered:
        with doing("create", target.parent):
            target.parent.mkdir(parents=True, exist_ok=True)
        place(target, rendered, _READABLE)
    return rendered.decode("utf-8", "surrogateescape")


def refresh_completions(layout: Layout) -> None:
    """Render anew the completions that rc files may read: after an update. DiskError."""
    for shell in _FILES:
        if completion_file(shell, layout).is_file():
            render_completion(shell, layout)
