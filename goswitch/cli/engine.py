"""The engine as verbs use it: its sources from settings, its progress on the console."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import click

from goswitch.cli.progress import Bars, draws_bars
from goswitch.cli.telling import ForPeople, Lines, Still, Telling
from goswitch.model import settings
from goswitch.system.interrupts import in_threads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from goswitch.cli.app import App
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Source


_AT_ONCE = 3
"""SDKs that come along side by side. More would only share the line and the cores, and each takes memory."""


def reporter(app: App, *, quiet: bool) -> Reporter:
    """Return what tells a person how one SDK comes along."""
    return _to_people(app, quiet=quiet, several=False).task("")


def telling(app: App, command: str, *, quiet: bool, as_json: bool, several: bool) -> Telling:
    """Return what tells a person, or with `as_json` a program, how SDKs come along."""
    if as_json:
        from goswitch.cli.events import ForPrograms  # noqa: PLC0415 - people get words

        return ForPrograms(app.console, command, quiet=quiet)
    return _to_people(app, quiet=quiet, several=several)


def _to_people(app: App, *, quiet: bool, several: bool) -> ForPeople:
    if quiet:
        view: Bars | Lines = Still(app.console)
    else:
        view = Bars(app.console, app.world.env) if draws_bars(app.console, app.world.env) else Lines(app.console)
    return ForPeople(view, quiet=quiet, several=several)


def side_by_side(app: App, works: Sequence[Callable[[], None]]) -> None:
    """Do `works`, each of which brings one SDK, a few at a time; at Ctrl-C nothing of them is left but downloads."""
    try:
        in_threads(works, at_once=_AT_ONCE)
    except KeyboardInterrupt:
        # Who waits for a silent host could not clear up.
        from goswitch.sdk.leftovers import clear_ours  # noqa: PLC0415 - only here

        clear_ours(app.layout)
        raise


class Chosen(NamedTuple):
    """What the options `--source` and `--offline` say, over the settings."""

    names: tuple[str, ...] = ()
    offline: bool = False


def source_options(verb: Callable[..., object]) -> Callable[..., object]:
    """Add `--source` (several times: in that order) and `--offline`; `chosen` makes a Chosen of them."""
    verb = click.option(
        "--source", "names", multiple=True, metavar="NAME", help="official, proxy or directory:PATH; several in order."
    )(verb)
    return click.option("--offline", is_flag=True, help="Never use the network.")(verb)


@contextmanager
def open_sources(app: App, chosen: Chosen | None = None, *, unpacks: int = 1) -> Iterator[Sequence[Source]]:
    """Give the sources in the order of the settings, or as chosen; NetworkError where none may be used.

    `unpacks` says how many SDKs are to be unpacked: the processes for that start while this one is still loading.
    """
    chosen = chosen or Chosen()
    names = [_absolute(app, name) for name in chosen.names] or list(app.setting(settings.SOURCES).items)
    value = app.setting(settings.OFFLINE)
    origin = "--offline" if chosen.offline else value.origin if value.is_true else None
    from goswitch.system.workers import Workers  # noqa: PLC0415 - as below

    with Workers(users=min(max(unpacks, 1), _AT_ONCE)) as workers:
        if unpacks:
            # What is in an archive two processes write; of a module zip they all take a part.
            workers.start_aside(*([] if names[:1] == ["proxy"] else [2]))
        from goswitch.sdk.sources import build_sources  # noqa: PLC0415 - brings httpx with it

        with build_sources(
            app.world,
            app.layout,
            names=names,
            official_url=app.setting(settings.OFFICIAL_URL).text,
            mirrors=app.setting(settings.MIRROR).items,
            offline=origin,
            workers=workers,
        ) as sources:
            yield sources


def _absolute(app: App, name: str) -> str:
    """Return a source's name as it was typed, with the path of a directory made absolute."""
    kind, colon, path = name.partition(":")
    if kind != "directory" or not path:
        return name
    home = app.world.home
    place = home / path[2:] if path.startswith("~/") and home is not None else app.world.cwd / path
    return f"{kind}{colon}{place}"
