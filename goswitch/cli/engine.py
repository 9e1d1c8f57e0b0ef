"""The engine as verbs use it: its sources from settings, its progress on the console."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from goswitch.cli.progress import TerminalReporter
from goswitch.errors import NetworkError
from goswitch.model import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goswitch.cli.app import App
    from goswitch.sdk.sources.base import Source


def reporter(app: App, *, quiet: bool) -> TerminalReporter:
    """Return what tells the engine's progress."""
    return TerminalReporter(app.console, quiet=quiet)


@contextmanager
def open_sources(app: App) -> Iterator[Sequence[Source]]:
    """Give the sources in the order of the settings; NetworkError where the network may not be used."""
    if app.setting(settings.OFFLINE).is_true:
        origin = app.setting(settings.OFFLINE).origin
        raise NetworkError(f"this needs the network, and offline is true ({origin})", help="goswitch list")
    from goswitch.sdk.sources import build_sources  # noqa: PLC0415 - brings httpx with it

    with build_sources(
        app.world,
        app.layout,
        names=app.setting(settings.SOURCES).items,
        official_url=app.setting(settings.OFFICIAL_URL).text,
        mirrors=app.setting(settings.MIRROR).items,
    ) as sources:
        yield sources
