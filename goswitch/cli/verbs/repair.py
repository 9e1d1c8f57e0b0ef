"""`goswitch repair`: fetch SDKs again and swap them for what is there."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from goswitch.cli.app import App, json_events_option, pass_app
from goswitch.cli.completing import there
from goswitch.cli.engine import Chosen, open_sources, side_by_side, source_options, telling
from goswitch.cli.naming import sdk_name
from goswitch.cli.telling import as_row
from goswitch.errors import GoswitchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goswitch.sdk.sources.base import Source


@click.command()
@click.argument("versions", nargs=-1, required=True, shell_complete=there)
@click.option("--force", is_flag=True, help="Also in the place of what goswitch or golang.org/dl did not install.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@source_options
@json_events_option
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

    wanted = list(dict.fromkeys(sdk_name(app.layout.sdk_root, text) for text in versions))
    tell = telling(app, "repair", quiet=quiet, as_json=as_json, several=len(wanted) > 1)
    rows: dict[str, dict[str, Any]] = {}
    failed: dict[str, int] = {}
    writing_shims = threading.Lock()

    def rehash(_: object) -> None:
        with writing_shims:
            app.rehash()

    def work(name: str, sources: Sequence[Source]) -> None:
        reporter = tell.task(name)
        try:
            done = repair(
                name,
                layout=app.layout,
                platform=app.world.platform,
                sources=sources,
                reporter=reporter,
                force=force,
                published=rehash,
                clock=app.world.clock,
            )
        except GoswitchError as error:
            reporter.finish()
            failed[name] = error.exit_code
            tell.failed(name, error, error.help)
        else:
            rows[name] = as_row(done)
            where = f"{app.shown(done.path)}; {done.proof} ({done.source})"
            tell.done(rows[name], f"{name} is whole again in {where}")

    with open_sources(app, Chosen(names, offline), unpacks=len(wanted)) as sources:
        side_by_side(app, [partial(work, name, sources) for name in wanted])
    status = next((failed[name] for name in wanted if name in failed), 0)
    tell.result([rows[name] for name in wanted if name in rows], status)
    return status
