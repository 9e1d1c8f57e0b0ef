"""`goswitch uninstall`: remove SDKs."""

from __future__ import annotations

from typing import Any

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.completing import there
from goswitch.errors import GoswitchError, UsageError
from goswitch.model.request import Exact, Linked, System, parse_request
from goswitch.resolve.rule import resolve
from goswitch.sdk.remove import remove


@click.command()
@click.argument("versions", nargs=-1, required=True, shell_complete=there)
@click.option("--force", is_flag=True, help="Also what goswitch did not install.")
@json_option
@pass_app
def verb(app: App, versions: tuple[str, ...], *, force: bool, as_json: bool) -> int:
    """Remove the SDKs of VERSIONS (exact versions or linked names). A link is removed, never what it leads to.

    \b
    Examples:
      goswitch uninstall 1.21.6
      goswitch uninstall go-nightly
    """
    names = dict.fromkeys(_name(text) for text in versions)
    removed: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    status = 0
    for name in names:
        try:
            removed.append(_remove(app, name, force=force, talks=not as_json))
        except GoswitchError as error:
            app.console.error(error.message, error.help)
            errors.append({"name": name, "message": error.message, "exit_code": error.exit_code})
            status = status or error.exit_code
    if removed or any((app.layout.shims / name).exists() for name in names):
        app.rehash()
    if as_json:
        app.console.json("uninstall", {"removed": removed, "errors": errors})
    return status


def _remove(app: App, name: str, *, force: bool, talks: bool) -> dict[str, Any]:
    reason = _bound_here(app, name)
    done = remove(name, app.layout, force=force, lock_timeout=None, waiting=app.console.talk)
    if talks:
        freed = f", {done.size / 1e6:.0f} MB freed" if done.size else ""
        app.console.talk(f"{name} is removed{freed}")
    if reason is not None:
        app.console.warn(f"{name} is what runs in this folder ({reason})", [f"goswitch install {name}"])
    return {"name": name, "path": str(done.sdk.path), "bytes": done.size}


def _name(text: str) -> str:
    request = parse_request(text)
    match request:
        case Exact(version=version):
            return version.name
        case Linked(name=name):
            return name
        case System():
            raise UsageError("system is the go on PATH: goswitch did not install it", help="goswitch list")
        case _:
            raise UsageError(f"{text} may be several SDKs: name exact versions", help="goswitch list")


def _bound_here(app: App, name: str) -> str | None:
    try:
        binding = resolve(app.world.cwd, app.world.env)
    except GoswitchError:
        return None
    return binding.reason if binding.name == name else None
