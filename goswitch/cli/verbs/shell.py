"""`goswitch shell`: bind the current shell. The hook's function evaluates what this prints."""

from __future__ import annotations

import click

from goswitch.cli.app import App, pass_app
from goswitch.cli.completing import runnable
from goswitch.errors import UsageError
from goswitch.resolve.pins import VARIABLE
from goswitch.resolve.rule import resolve_request
from goswitch.shell.quoting import quote_fish, quote_sh


@click.command()
@click.argument("request", required=False, shell_complete=runnable)
@click.option("--unset", is_flag=True, help="Let the files decide again.")
@click.option("--print-for", type=click.Choice(["bash", "zsh", "fish"]), hidden=True)
@pass_app
def verb(app: App, request: str | None, *, unset: bool, print_for: str | None) -> None:
    """Bind this shell, and what is started from it, to the SDK of REQUEST. It beats every pin file.

    Needs the hook (`goswitch setup`), as no program can change the shell that started it.

    \b
    Examples:
      goswitch shell 1.22.4
      goswitch shell --unset
    """
    if (request is None) == (not unset):
        raise UsageError("name one request, or --unset", help="goswitch shell 1.22.4")
    if print_for is None:
        raise UsageError(
            "this shell has no hook, so it can't be changed from here",
            help=["goswitch setup", f"export {VARIABLE}={request}" if request else f"unset {VARIABLE}"],
        )
    if request is None:
        app.console.data(f"set -e {VARIABLE}" if print_for == "fish" else f"unset {VARIABLE}")
        return
    name = resolve_request(request, app.world.env).name
    word = request.removeprefix("go") if name == f"go{request.removeprefix('go')}" else request
    if print_for == "fish":
        app.console.data(f"set -gx {VARIABLE} {quote_fish(word)}")
    else:
        app.console.data(f"export {VARIABLE}={quote_sh(word)}")
