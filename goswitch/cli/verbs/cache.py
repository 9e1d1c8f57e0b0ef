"""`goswitch cache`: what is kept for next time, shown and cleared."""

from __future__ import annotations

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.console import table
from goswitch.errors import UsageError
from goswitch.sdk.cached import clear, parts


@click.command()
@click.option("--clear", "clearing", is_flag=True, help="Delete downloads, lists, and what killed processes left.")
@click.option("--all", "everything", is_flag=True, help="With --clear: the checksum database's state, too.")
@json_option
@pass_app
def verb(app: App, *, clearing: bool, everything: bool, as_json: bool) -> None:
    """Show what goswitch keeps beside SDKs, and how much of the disk it takes; with --clear delete it.

    Without the checksum database's state a log that shows another history than before can't be caught, so only --all
    deletes it. What another process works on stays.

    \b
    Examples:
      goswitch cache
      goswitch cache --clear
    """
    if everything and not clearing:
        raise UsageError("--all says what --clear deletes", help="goswitch cache --clear --all")
    found = parts(app.layout)
    rows = [
        {"name": part.name, "path": str(part.folder), "files": len(part.pieces), "bytes": part.size} for part in found
    ]
    if not clearing:
        if as_json:
            app.console.json("cache", {"parts": rows, "bytes": sum(part.size for part in found)})
            return
        for line in table([(p.name, f"{p.size / 1e6:.1f} MB", app.shown(p.folder)) for p in found]):
            app.console.data(line)
        return
    freed = 0
    busy: list[str] = []
    for part in found:
        if everything or not part.kept:
            count, in_use = clear(part)
            freed += count
            busy += [str(path) for path in in_use]
    if as_json:
        app.console.json("cache", {"parts": rows, "freed": freed, "in_use": busy})
        return
    app.console.talk(f"{freed / 1e6:.1f} MB freed")
    for path in busy:
        app.console.talk(f"{path} is in use and stays")
