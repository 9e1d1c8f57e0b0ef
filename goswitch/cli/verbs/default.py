"""`goswitch default` (also `global`): the SDK for folders without a pin."""

from __future__ import annotations

import click

from goswitch.cli.app import App, pass_app
from goswitch.cli.completing import runnable
from goswitch.cli.verbs.pin import pin_word, warn_if_not_usable
from goswitch.errors import GoswitchError
from goswitch.resolve.pin_writing import write_pin
from goswitch.resolve.rule import find_default


@click.command()
@click.argument("request", required=False, shell_complete=runnable)
@click.option("--unset", is_flag=True, help="Have no default.")
@pass_app
def verb(app: App, request: str | None, *, unset: bool) -> None:
    """Set the SDK that runs where no pin binds and no floor asks for more. Without REQUEST, print it.

    \b
    Examples:
      goswitch default 1.22.4
      goswitch default stable    the newest installed release
      goswitch default system    the go that is on PATH without goswitch
    """
    path = app.layout.default_file
    if unset:
        path.unlink(missing_ok=True)
        app.console.talk("there is no default now")
    elif request is None:
        found = find_default(app.layout.sdk_root)
        if found is None:
            raise GoswitchError("no default is set", help="goswitch default stable")
        app.console.data(f"{found.request} (set by {found.origin})")
    else:
        word, _ = pin_word(request)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_pin(path, word)
        app.console.talk(f"the default is {word}")
        warn_if_not_usable(app, word)
