"""`goswitch prune`: remove SDKs that nothing is known to use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.asking import confirm
from goswitch.cli.console import table
from goswitch.cli.naming import folder_at
from goswitch.errors import GoswitchError, UsageError
from goswitch.resolve.rule import find_default, resolve, resolve_request
from goswitch.resolve.usage import Unmet, Use, uses
from goswitch.sdk.inventory import inventory
from goswitch.sdk.remove import remove, tree_size
from goswitch.sdk.unused import plan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goswitch.sdk.unused import Plan


@click.command()
@click.argument("folders", nargs=-1, metavar="[DIR]...", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show the plan and change nothing.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask.")
@json_option
@pass_app
def verb(app: App, folders: tuple[Path, ...], *, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Remove releases that nothing is known to use.

    Those are the older patches of a series, if they are neither the default nor what a project runs.
    The projects are this folder and those in DIR and below, by their pins, go.work and go.mod. goswitch keeps no list
    of projects: name the folders where yours are. Links, gotip, and SDKs that are incomplete or foreign stay.

    \b
    Examples:
      goswitch prune ~/src --dry-run
      goswitch prune ~/src ~/work
    """
    used = _used(app, [app.world.cwd, *_checked(app, folders)])
    decided = plan(inventory(app.layout.sdk_root), used)
    sizes = {sdk.name: tree_size(sdk.path) for sdk in decided.remove}
    if not as_json:
        _show(app, decided, sizes)
    removed: list[str] = []
    if decided.remove and not dry_run:
        names = [sdk.name for sdk in decided.remove]
        confirm(f"remove {', '.join(names)}?", sure=yes, nothing="nothing is removed", command="goswitch prune --yes")
        removed = _removed(app, names, freed=sum(sizes.values()))
    if as_json:
        rows = [{"name": sdk.name, "path": str(sdk.path), "bytes": sizes[sdk.name]} for sdk in decided.remove]
        kept = [{"name": name, "reason": reason} for name, reason in decided.keep.items()]
        total = sum(sizes.values())
        app.console.json("prune", {"remove": rows, "keep": kept, "bytes": total, "removed": removed})


def _checked(app: App, folders: Sequence[Path]) -> list[Path]:
    found = [folder_at(app.world.cwd, folder) for folder in folders]
    for folder in found:
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder", help="name the folders where your projects are")
    return found


def _used(app: App, folders: Sequence[Path]) -> dict[str, str]:
    """Return the names of the SDKs in use with the reason: the default's, this shell's, the projects'."""
    used: dict[str, str] = {}
    try:
        default = find_default(app.layout.sdk_root)
        if default is not None:
            used[resolve_request(str(default.request), app.world.env).name] = "the default"
    except GoswitchError as error:
        app.console.warn(f"the default can't be counted in: {error.message}", error.help)
    try:
        binding = resolve(app.world.cwd, app.world.env)
        used.setdefault(binding.name, f"runs here ({binding.reason})")
    except GoswitchError:
        pass  # said below, if a file in this folder is the reason
    found = list(uses(folders, app.layout.sdk_root, app.world.env))
    for use in found:
        if isinstance(use, Use):
            used.setdefault(use.name, f"used in {app.shown(use.folder)} ({use.reason})")
    unmet = [use for use in found if isinstance(use, Unmet)]
    if unmet:
        first = f"{app.shown(unmet[0].folder)}: {unmet[0].error.message}"
        app.console.warn(f"of {len(unmet)} folders the Go is not installed or can't be told; the first is {first}")
    return used


def _show(app: App, decided: Plan, sizes: Mapping[str, int]) -> None:
    rows = [("remove", sdk.name, f"{sizes[sdk.name] / 1e6:.0f} MB") for sdk in decided.remove]
    rows += [("keep", name, reason) for name, reason in decided.keep.items()]
    for line in table(rows):
        app.console.data(line)
    if not decided.remove:
        app.console.talk("there is nothing to remove")


def _removed(app: App, names: Sequence[str], *, freed: int) -> list[str]:
    for name in names:
        remove(name, app.layout, force=False, lock_timeout=None, waiting=app.console.talk)
    app.rehash()
    app.console.talk(f"{freed / 1e6:.0f} MB freed")
    return list(names)
