"""`goswitch link`: make a self-built SDK known under a name."""

from __future__ import annotations

from pathlib import Path

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.naming import folder_at
from goswitch.sdk.link import link


@click.command()
@click.argument("name")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a link of that name.")
@json_option
@pass_app
def verb(app: App, name: str, path: Path, *, force: bool, as_json: bool) -> None:
    """Make the SDK at PATH known as NAME, for pins and `exec`. PATH stays where it is and stays yours.

    \b
    Examples:
      goswitch link go-nightly ~/src/go
      goswitch pin go-nightly
    """
    target = folder_at(app.world.cwd, path)
    made = link(name, target, app.layout, app.world.platform, force=force)
    if as_json:
        app.console.json("link", {"name": name, "path": str(made.path), "target": str(made.target)})
        return
    if made.in_place:
        app.console.talk(f"{name} is the SDK at {app.shown(made.path)}")
    else:
        known = "is already linked" if made.already else "is linked"
        app.console.talk(f"{name} {known} to {app.shown(made.target)}")
