"""`goswitch repair`: fetch SDKs again and swap them for what is there."""

from __future__ import annotations

from typing import Any

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.engine import Chosen, open_sources, reporter, source_options
from goswitch.cli.naming import sdk_name
from goswitch.errors import GoswitchError


@click.command()
@click.argument("versions", nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Also in the place of what goswitch or golang.org/dl did not install.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@source_options
@json_option
@pass_app
def verb(
    app: App,
    versions: tuple[str, ...],
    *,
    force: bool,
    quiet: bool,
    names: tuple[str, ...],
    offline: bool,
    as_json: bool,
) -> int:
    """Fetch the SDKs of VERSIONS again, prove them, and put them in the place of those that are there.

    The old one counts until the new one is whole, and is deleted after that; builds that run keep what they have open.
    Settles incomplete SDKs, too.

    \b
    Examples:
      goswitch repair 1.22.4
      goswitch repair --force 1.21.6      also if somebody else put it there
    """
    from goswitch.sdk.repair import repair  # noqa: PLC0415 - brings what HTTP needs

    talk = reporter(app, quiet=quiet)
    wanted = [sdk_name(app.layout.sdk_root, text) for text in versions]
    rows: list[dict[str, Any]] = []
    status = 0
    with open_sources(app, Chosen(names, offline)) as sources:
        for name in wanted:
            try:
                done = repair(
                    name,
                    layout=app.layout,
                    platform=app.world.platform,
                    sources=sources,
                    reporter=talk,
                    force=force,
                    published=lambda _: app.rehash(),
                    clock=app.world.clock,
                )
            except GoswitchError as error:
                talk.finish()
                app.console.error(error.message, error.help)
                status = status or error.exit_code
                continue
            talk.note(f"{name} is whole again in {app.shown(done.path)}; {done.proof} ({done.source})")
            rows.append(
                {
                    "name": name,
                    "version": done.version.text,
                    "path": str(done.path),
                    "source": done.source,
                    "proof": str(done.proof),
                    "bytes": done.size,
                }
            )
    if as_json:
        app.console.json("repair", {"sdks": rows})
    return status
