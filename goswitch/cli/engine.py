"""The engine as verbs use it: its sources from settings, its progress on the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.cli.progress import TerminalReporter
from goswitch.errors import NetworkError
from goswitch.model import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goswitch.cli.app import App
    from goswitch.sdk.sources.base import Source


def reporter(app: App, *, quiet: bool) -> TerminalReporter:
    """Return what tells the engine's progress."""
    return TerminalReporter(app.console, quiet=quiet)


def open_sources(app: App) -> Sequence[Source]:
    """Return the sources in the order of the settings; NetworkError where the network may not be used."""
    if app.setting(settings.OFFLINE).is_true:
        origin = app.setting(settings.OFFLINE).origin
        raise NetworkError(f"this needs the network, and offline is true ({origin})", help="goswitch list")
    from goswitch.sdk.sources import build_sources  # noqa: PLC0415 - brings httpx with it

    return build_sources(
        app.world,
        app.layout,
        app.world.platform,
        names=app.setting(settings.SOURCES).items,
        official_url=app.setting(settings.OFFICIAL_URL).text,
        mirrors=app.setting(settings.MIRROR).items,
    )
