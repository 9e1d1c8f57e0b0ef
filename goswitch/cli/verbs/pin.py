"""`goswitch pin` (also `local`): bind this folder to an SDK by writing `.go-version`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, pass_app
from goswitch.cli.completing import runnable
from goswitch.errors import GoswitchError, UsageError
from goswitch.model.gomod import satisfies
from goswitch.model.pin import GO_VERSION
from goswitch.model.request import Exact, Range, parse_request
from goswitch.resolve.floors import find_floor
from goswitch.resolve.pin_writing import write_pin
from goswitch.resolve.pins import VARIABLE, find_pin
from goswitch.resolve.rule import resolve_request

if TYPE_CHECKING:
    from goswitch.model.request import PinRequest


def pin_word(text: str) -> tuple[str, PinRequest]:
    """Return the word to write for a request, without `go`, and the request; UsageError for a range."""
    request = parse_request(text)
    if isinstance(request, Range):
        raise UsageError("a pin can't be a range", help="goswitch pin 1.22, for the newest installed 1.22.x")
    return str(request), request


def warn_if_not_usable(app: App, word: str) -> None:
    """Warn where what was just written can't run yet."""
    try:
        resolve_request(word, app.world.env)
    except GoswitchError as error:
        app.console.warn(error.message.replace(f" (asked for as {word})", ""), error.help)


@click.command()
@click.argument("request", required=False, shell_complete=runnable)
@pass_app
def verb(app: App, request: str | None) -> None:
    """Bind this folder and all below it to the SDK of REQUEST, in .go-version. Without REQUEST, print the pin.

    \b
    Examples:
      goswitch pin 1.22.4
      goswitch pin 1.22          the newest installed 1.22.x
      goswitch pin go-nightly    an SDK known by `goswitch link`
    """
    if request is None:
        _show(app)
        return
    word, asked = pin_word(request)
    path = app.world.cwd / GO_VERSION
    changed = write_pin(path, word)
    app.console.talk(f"{app.shown(path)}: {word}" + ("" if changed else " (as before)"))
    warn_if_not_usable(app, word)
    floor = find_floor(app.world.cwd, app.world.env, lambda _place, _found: None)
    if floor is not None and isinstance(asked, Exact) and not satisfies(asked.version.text, floor.floor):
        app.console.warn(
            f"{word} is below {floor}: go will refuse to run in this module",
            [f"goswitch pin {floor.floor.install_request}"],
        )
    if app.world.env.get(VARIABLE):
        app.console.warn(
            f"{VARIABLE} is {app.world.env[VARIABLE]} in this shell and beats the file", ["goswitch shell --unset"]
        )


def _show(app: App) -> None:
    found = find_pin(app.world.cwd, app.world.env, lambda _place, _found: None)
    if found is None:
        raise GoswitchError("no pin binds this folder", help="goswitch pin 1.22.4")
    app.console.data(f"{found.request} (set by {found.origin})")
