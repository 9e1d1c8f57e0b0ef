"""`goswitch tools`: the programs of `go install`, and which of them are too old for the SDK that runs here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.console import table
from goswitch.errors import DiskError, GoswitchError
from goswitch.model.gomod import development_version
from goswitch.resolve.rule import resolve
from goswitch.sdk.goenv import GoEnv
from goswitch.sdk.tools import Tool, installed_tools, tool_folder
from goswitch.system.binary import inspect

if TYPE_CHECKING:
    from goswitch.resolve.binding import Binding


@click.command()
@json_option
@pass_app
def verb(app: App, *, as_json: bool) -> None:
    """List the programs that `go install` put into GOBIN (else GOPATH/bin), and the Go that built each.

    They are the same in every folder and need no shim. One that an older series than this folder's Go built is marked
    with !, as it can't read what the newer compiler writes (gopls, staticcheck and other analysers fail then); the
    command that builds it anew is named. Nothing is run: all is read from the programs.

    \b
    Examples:
      goswitch tools
      goswitch tools --json
    """
    folder = tool_folder(GoEnv(app.world, app.layout), app.world.home)
    name, version = _bound_here(app)
    tools: list[Tool] = []
    for found in installed_tools(folder):
        if isinstance(found, DiskError):
            app.console.warn(found.message)
        else:
            tools.append(found)
    older = [tool for tool in tools if tool.is_older(version)]
    if as_json:
        rows = [_data(tool, older=tool in older) for tool in tools]
        bound = {"name": name, "version": version} if version else None
        app.console.json("tools", {"folder": str(folder), "bound": bound, "tools": rows})
        return
    for line in table([_row(tool, older=tool in older) for tool in tools]):
        app.console.data(line)
    if not tools:
        app.console.talk(f"no program that Go built is in {app.shown(folder)}")
    for tool in older:
        what = f"{tool.path.name} is built by go{tool.go}, older than {name} here (go{version})"
        app.console.warn(what if name != f"go{version}" else what.rpartition(" (")[0], [_command(tool)])


def _bound_here(app: App) -> tuple[str, str]:
    """Return the name and the version of what is bound here; where nothing is, that is said and the version is ""."""
    try:
        binding = resolve(app.world.cwd, app.world.env)
        return binding.name, _version(binding)
    except GoswitchError as error:
        app.console.warn(f"{error.message}: so none is marked as too old", error.help)
        return "", ""


def _version(binding: Binding) -> str:
    if binding.version is not None:
        return binding.version.text
    program = binding.sdk / "bin" / "go" if binding.sdk is not None else binding.program
    return development_version((inspect(program).version if program is not None else None) or "")


def _row(tool: Tool, *, older: bool) -> tuple[str, ...]:
    return ("!" if older else " ", tool.path.name, tool.version or "", f"go{tool.go}", tool.package)


def _command(tool: Tool) -> str:
    return tool.rebuild or f"go install, in a checkout of {tool.module or tool.package}"


def _data(tool: Tool, *, older: bool) -> dict[str, str | bool | None]:
    return {
        "name": tool.path.name,
        "path": str(tool.path),
        "package": tool.package,
        "module": tool.module,
        "version": tool.version,
        "go": tool.go,
        "older": older,
        "rebuild": tool.rebuild,
    }
