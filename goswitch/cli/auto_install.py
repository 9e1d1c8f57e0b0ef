"""auto_install for verbs that run something. The shims have the same in sh (`shims/auto.sh`), for the calls of `go`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from goswitch.cli.engine import open_sources, telling
from goswitch.cli.telling import as_row
from goswitch.cli.verbs.install import bring, meant, said_of
from goswitch.errors import GoswitchError, NotInstalled
from goswitch.model.request import Remote, parse_request
from goswitch.model.settings import AUTO_INSTALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from goswitch.cli.app import App
    from goswitch.resolve.binding import Binding


def bound(app: App, look: Callable[[], Binding]) -> Binding:
    """Return what `look` binds. What is missing for it is installed first, where the setting says so.

    Raise what `look` raises, and the errors of an install. Where a floor alone is not satisfied, an install that fails
    is said, and the default runs.
    """
    try:
        binding = look()
    except NotInstalled as error:
        if error.lacks is None or not _is_wanted(app, error.message, error.lacks):
            raise
        _install(app, error.lacks)
        return look()
    if binding.lacks is None or not _is_wanted(app, binding.reason, binding.lacks):
        return binding
    try:
        _install(app, binding.lacks)
    except GoswitchError as error:
        app.console.error(error.message, error.help)
        return binding
    return look()


def _is_wanted(app: App, fact: str, lacks: str) -> bool:
    match app.setting(AUTO_INSTALL).text:
        case "always":
            app.console.talk(f"goswitch: {fact}")
            app.console.talk(f"auto_install: goswitch install {lacks}")
            return True
        case "ask" if sys.stdin.isatty() and app.console.talks_to_a_terminal:
            app.console.talk(f"goswitch: {fact}")
            return click.confirm(f"install it now, by `goswitch install {lacks}`?", default=True, err=True)
        case _:
            return False


def _install(app: App, lacks: str) -> None:
    request = parse_request(lacks)
    if not isinstance(request, Remote):
        raise NotInstalled(f"{lacks} is no release that could be installed", help="goswitch available")
    tell = telling(app, "install", quiet=not app.console.talks_to_a_terminal, as_json=False, several=False)
    with open_sources(app) as sources:
        done = bring(app, meant(request, sources, tell), sources, tell, published=lambda _: app.rehash())
    tell.done(as_row(done), said_of(app, done))
