"""Hooks: shell code that binds an interactive shell to the SDK of the nearest pin, at each prompt.

They are an addition to the shims, for what looks at PATH or GOROOT itself. `goswitch setup` has the rc file read the
rendered file, so that starting a shell starts no Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.shell.quoting import quote_sh
from goswitch.shell.render import render
from goswitch.shell.shellfiles import shell_files
from goswitch.system.files import writing

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.layout import Layout

SHELLS = ("bash", "zsh", "fish")
"""The shells that have a hook."""


def hook_file(shell: str, layout: Layout) -> Path:
    """Return where the rendered hook of a shell lies."""
    return layout.hooks / f"hook.{shell}"


def render_hook(shell: str, layout: Layout, toolchain_setting: str) -> str:
    """Return the hook of one of SHELLS, and keep a copy where rc files read it; DiskError if it can't be written.

    `toolchain_setting` is the GOTOOLCHAIN that a pin sets.
    """
    rendered = _rendered(shell, layout, toolchain_setting)
    target = hook_file(shell, layout)
    if not target.is_file() or target.read_bytes() != rendered:
        with writing(target) as file:
            file.write(rendered)
    return rendered.decode("utf-8", "surrogateescape")


def refresh_hooks(layout: Layout, toolchain_setting: str) -> None:
    """Render the hooks anew that rc files may read: after an update, or when the setting has changed. DiskError."""
    for shell in SHELLS:
        if hook_file(shell, layout).is_file():
            render_hook(shell, layout, toolchain_setting)


def stale_hooks(layout: Layout, toolchain_setting: str) -> list[str]:
    """Return the names of the hooks that `refresh_hooks` would write."""
    files = [(hook_file(shell, layout), shell) for shell in SHELLS]
    return [
        file.name
        for file, shell in files
        if file.is_file() and file.read_bytes() != _rendered(shell, layout, toolchain_setting)
    ]


def _rendered(shell: str, layout: Layout, toolchain_setting: str) -> bytes:
    return render(shell_files(), f"hook.{shell}", {"SHIMS": str(layout.shims), "TOOLCHAIN": toolchain_setting})


def render_path(layout: Layout) -> str:
    """Return one line for any sh that puts the shims first in PATH, if they are not there yet."""
    shims = quote_sh(str(layout.shims))
    return f'case ":${{PATH}}:" in *:{shims}:*) ;; *) export PATH={shims}"${{PATH:+:${{PATH}}}}" ;; esac'
