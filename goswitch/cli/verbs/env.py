"""`goswitch env`: the environment of this folder's SDK, as shell code or JSON, for scripts and editors."""

from __future__ import annotations

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.completing import runnable
from goswitch.model.settings import TOOLCHAIN
from goswitch.resolve.environment import changes
from goswitch.resolve.rule import resolve, resolve_request
from goswitch.shell.quoting import quote_fish, quote_sh


@click.command()
@click.argument("request", required=False, shell_complete=runnable)
@click.option("--shell", type=click.Choice(["sh", "fish"]), default="sh", show_default=True, help="The dialect.")
@json_option
@pass_app
def verb(app: App, request: str | None, shell: str, *, as_json: bool) -> None:
    """Print what makes a shell or a program use the SDK of REQUEST, or of this folder.

    \b
    Examples:
      eval "$(goswitch env)"
      goswitch env 1.21.6 --shell fish | source
      goswitch env --json
    """
    env = app.world.env
    binding = resolve(app.world.cwd, env) if request is None else resolve_request(request, env)
    changed = changes(binding, env, app.setting(TOOLCHAIN).text)
    if as_json:
        app.console.json("env", {"name": binding.name, "environment": changed})
        return
    for name, value in sorted(changed.items()):
        app.console.data(_line(shell, name, value))


def _line(shell: str, name: str, value: str | None) -> str:
    if shell == "fish":
        if value is None:
            return f"set -e {name};"
        quoted = " ".join(quote_fish(part) for part in value.split(":")) if name == "PATH" else quote_fish(value)
        return f"set -gx {name} {quoted};"
    return f"unset {name};" if value is None else f"export {name}={quote_sh(value)};"
