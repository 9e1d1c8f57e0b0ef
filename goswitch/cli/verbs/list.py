"""`goswitch list`: the SDKs on this machine and their states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.console import table
from goswitch.errors import GoswitchError
from goswitch.resolve.rule import find_default, resolve
from goswitch.sdk.inventory import Sdk, State, inventory

if TYPE_CHECKING:
    from goswitch.resolve.binding import Binding

_REMARKS = {
    State.INCOMPLETE: "incomplete: an install that did not end",
    State.FOREIGN: "foreign: not installed by goswitch or golang.org/dl",
}


@click.command()
@json_option
@pass_app
def verb(app: App, *, as_json: bool) -> None:
    """List the SDKs in the SDK root, newest first. `*` marks the one that runs in this folder.

    \b
    Examples:
      goswitch list
      goswitch list --json
    """
    sdks = inventory(app.layout.sdk_root)
    try:
        binding = resolve(app.world.cwd, app.world.env)
    except GoswitchError:
        binding = None
    if as_json:
        app.console.json("list", {"sdk_root": str(app.layout.sdk_root), "sdks": [_data(sdk, binding) for sdk in sdks]})
        return
    for line in table([_row(app, sdk, binding) for sdk in sdks]):
        app.console.data(line)
    if not sdks:
        app.console.talk(f"no SDK is installed in {app.shown(app.layout.sdk_root)}")
        app.console.talk("help: goswitch install stable")


def _row(app: App, sdk: Sdk, binding: Binding | None) -> tuple[str, str, str, str]:
    current = binding is not None and binding.sdk == sdk.path
    where = app.shown(sdk.path.readlink() if sdk.state is State.LINKED else sdk.path)
    remarks = [_REMARKS[sdk.state]] if sdk.state in _REMARKS else []
    if sdk.state is State.LINKED:
        remarks.append("linked" if sdk.path.is_dir() else "linked, but its target is gone")
    if current and binding is not None:
        remarks.append(binding.reason)
    elif _is_default(app, sdk):
        remarks.append("default")
    return ("*" if current else " ", sdk.name, where, "; ".join(remarks))


def _is_default(app: App, sdk: Sdk) -> bool:
    try:
        default = find_default(app.layout.sdk_root)
    except GoswitchError:
        return False
    return default is not None and sdk.name in {str(default.request), f"go{default.request}"}


def _data(sdk: Sdk, binding: Binding | None) -> dict[str, Any]:
    return {
        "name": sdk.name,
        "version": sdk.version.text if sdk.version is not None else None,
        "path": str(sdk.path),
        "state": sdk.state.value,
        "target": str(sdk.path.readlink()) if sdk.path.is_symlink() else None,
        "current": binding is not None and binding.sdk == sdk.path,
    }
