"""`goswitch available`: what can be installed, newest first."""

from __future__ import annotations

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.completing import obtainable
from goswitch.cli.console import table
from goswitch.cli.engine import Chosen, open_sources, reporter, source_options
from goswitch.errors import NoSuchVersion, UsageError
from goswitch.model.request import Remote, candidates, parse_request
from goswitch.sdk.available import available
from goswitch.sdk.inventory import usable_releases


@click.command()
@click.argument("request", required=False, shell_complete=obtainable)
@click.option("--pre", is_flag=True, help="Betas and release candidates too.")
@source_options
@json_option
@pass_app
def verb(app: App, request: str | None, *, pre: bool, names: tuple[str, ...], offline: bool, as_json: bool) -> None:
    """List the releases that can be installed here, newest first: all of them, or those that answer REQUEST.

    \b
    Examples:
      goswitch available 1.22
      goswitch available '>=1.21,<1.23'
      goswitch available --pre --json
    """
    wanted = parse_request(request) if request is not None else None
    if wanted is not None and not isinstance(wanted, Remote):
        raise UsageError(f"{request} is no release", help="goswitch available 1.22")
    with open_sources(app, Chosen(names, offline), unpacks=0) as sources:
        found = available(sources, reporter(app, quiet=False))
    releases = found if wanted is None else candidates(wanted, found)
    if wanted is None and not pre:
        releases = [version for version in releases if not version.is_prerelease]
    releases = sorted(releases, reverse=True)
    installed = set(usable_releases(app.layout.sdk_root))
    if as_json:
        rows = [
            {"version": v.text, "name": v.name, "prerelease": v.is_prerelease, "installed": v in installed}
            for v in releases
        ]
        app.console.json("available", {"platform": str(app.world.platform), "releases": rows})
        return
    if not releases:
        raise NoSuchVersion(f"no release for {app.world.platform} is {request}", help="goswitch available")
    for line in table([(v.text, "installed" if v in installed else "") for v in releases]):
        app.console.data(line)
