"""auto_install for verbs that run something. The shims have the same in sh (`shims/auto.sh`), for the calls of `go`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.cli.asking_once import ask_once, can_ask
from goswitch.cli.engine import open_sources, telling
from goswitch.cli.telling import as_row
from goswitch.cli.verbs.install import bring, meant, said_of
from goswitch.errors import GoswitchError, NotInstalled
from goswitch.model.layout import MARKER
from goswitch.model.request import Exact, Remote, parse_request
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
        if error.lacks is None or not _install_if_wanted(app, error.message, error.lacks, look):
            raise
        return look()
    if binding.lacks is None:
        return binding
    try:
        wanted = _install_if_wanted(app, binding.reason, binding.lacks, look)
    except GoswitchError as error:
        app.console.error(error.message, error.help)
        return binding
    return look() if wanted else binding


def at_terminal(app: App, fact: str, lacks: str) -> int:
    """Ask for a shim that misses `lacks`; return 0 if that is there now, and else what is no error of ours: 126."""

    def is_there() -> bool:
        request = parse_request(lacks)
        return isinstance(request, Exact) and (app.layout.sdk(request.version) / MARKER).exists()

    there = ask_once(app, fact, lacks, is_there=is_there, install=lambda: _install(app, lacks))
    return 0 if there else NotInstalled.exit_code


def _install_if_wanted(app: App, fact: str, lacks: str, look: Callable[[], Binding]) -> bool:
    """Tell whether `lacks` was missing, was wanted, and is there now."""
    match app.setting(AUTO_INSTALL).text:
        case "always":
            app.console.talk(f"goswitch: {fact}")
            app.console.talk(f"auto_install: goswitch install {lacks}")
            _install(app, lacks)
            return True
        case "ask" if can_ask(app):
            return ask_once(app, fact, lacks, is_there=lambda: _finds(look), install=lambda: _install(app, lacks))
        case _:
            return False


def _finds(look: Callable[[], Binding]) -> bool:
    try:
        return look().lacks is None
    except NotInstalled:
        return False


def _install(app: App, lacks: str) -> None:
    request = parse_request(lacks)
    if not isinstance(request, Remote):
        raise NotInstalled(f"{lacks} is no release that could be installed", help="goswitch available")
    tell = telling(app, "install", quiet=not app.console.talks_to_a_terminal, as_json=False, several=False)
    with open_sources(app) as sources:
        done = bring(app, meant(request, sources, tell), sources, tell, published=lambda _: app.rehash())
    tell.done(as_row(done), said_of(app, done))
