"""`goswitch completion`: the shell code that completes `goswitch` at TAB."""

from __future__ import annotations

import click

from goswitch.cli.app import App, pass_app
from goswitch.shell.completions import render_completion
from goswitch.shell.hooks import SHELLS


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@pass_app
def verb(app: App, shell: str) -> None:
    """Print what completes verbs, options and versions at TAB in SHELL. `goswitch setup` puts it into your shell, too.

    Versions are those on the disk, and for `install` those that the last lists named: no network is used.

    \b
    Examples:
      eval "$(goswitch completion bash)"                                          in ~/.bashrc
      eval "$(goswitch completion zsh)"                                           in ~/.zshrc
      goswitch completion fish > ~/.config/fish/completions/goswitch.fish
    """
    app.console.data(render_completion(shell, app.layout).rstrip("\n"))
