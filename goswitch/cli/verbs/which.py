"""`goswitch which`: the program that a shim would run here. The front answers it first, in sh."""

from __future__ import annotations

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.completing import tools
from goswitch.errors import UsageError
from goswitch.model.request import has_allowed_characters
from goswitch.resolve.rule import resolve


@click.command()
@click.argument("tool", default="go", shell_complete=tools)
@json_option
@pass_app
def verb(app: App, tool: str, *, as_json: bool) -> None:
    """Print the path of TOOL (go, gofmt) in the SDK that runs in this folder.

    \b
    Examples:
      goswitch which
      goswitch which gofmt
    """
    if not has_allowed_characters(tool):
        raise UsageError(f"not a tool's name: {tool[:64]!r}", help="goswitch which gofmt")
    binding = resolve(app.world.cwd, app.world.env, tool=tool)
    path = binding.program if binding.sdk is None else binding.sdk / "bin" / tool
    if as_json:
        app.console.json("which", {"tool": tool, "path": str(path), "name": binding.name})
    else:
        app.console.data(str(path))
