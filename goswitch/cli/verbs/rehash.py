"""`goswitch rehash`: write the shims anew. Verbs that change SDKs do it themselves."""

from __future__ import annotations

import click

from goswitch.cli.app import App, json_option, pass_app


@click.command()
@json_option
@pass_app
def verb(app: App, *, as_json: bool) -> None:
    """Write the shims for what is installed now: go, gofmt, and goX.Y.Z for each SDK.

    Needed only after an SDK came or went without goswitch, by golang.org/dl for example.

    \b
    Example:
      goswitch rehash
    """
    result = app.rehash()
    if as_json:
        answer = {"written": result.written, "removed": result.removed, "unchanged": result.unchanged}
        app.console.json("rehash", {"shims": str(app.layout.shims), **answer})
        return
    total = len(result.written) + len(result.unchanged)
    app.console.talk(
        f"{app.shown(app.layout.shims)}: {total} shims, {len(result.written)} written, {len(result.removed)} removed"
    )
