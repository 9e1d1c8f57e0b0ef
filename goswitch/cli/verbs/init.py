"""`goswitch init`: the shell code that a rc file evaluates."""

from __future__ import annotations

import click

from goswitch.cli.app import App, pass_app
from goswitch.model.settings import TOOLCHAIN
from goswitch.shell.completions import render_completion
from goswitch.shell.hooks import SHELLS, render_hook, render_path


@click.command()
@click.argument("shell", type=click.Choice([*SHELLS, "sh"]))
@pass_app
def verb(app: App, shell: str) -> None:
    """Print the hook for SHELL. It puts the shims first in PATH and follows `cd`; for sh, the PATH line alone.

    With it comes the completion, which `goswitch completion` prints alone.
    `goswitch setup` writes this line into your shell's files.

    \b
    Examples:
      eval "$(goswitch init bash)"      in ~/.bashrc
      eval "$(goswitch init zsh)"       in ~/.zshrc
      goswitch init fish | source       in ~/.config/fish/config.fish
      eval "$(goswitch init sh)"        in a CI job
    """
    if not (app.layout.shims / "go").exists():
        app.rehash()
    if shell == "sh":
        app.console.data(render_path(app.layout))
    else:
        app.console.data(render_hook(shell, app.layout, app.setting(TOOLCHAIN).text).rstrip("\n"))
        app.console.data(render_completion(shell, app.layout).rstrip("\n"))
