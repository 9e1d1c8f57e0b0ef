"""`goswitch verify`: whether SDKs still are what was installed, and what Go's checksum database states."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.completing import there
from goswitch.cli.engine import reporter
from goswitch.cli.naming import folder_at, sdk_name
from goswitch.cli.verified import as_data, as_lines, summary
from goswitch.errors import GoswitchError, NotInstalled, ProofError, UsageError
from goswitch.model.settings import OFFLINE
from goswitch.resolve.rule import resolve
from goswitch.sdk.inventory import GOTIP, State, find, inventory
from goswitch.sdk.verify import has_digests, verify, verify_by_log

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from goswitch.sdk.inventory import Sdk
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.verify import Verified


class Target(NamedTuple):
    """A tree to verify. `why_not` says why that can't be done, `advice` what to type instead."""

    name: str
    path: Path
    why_not: str | None = None
    advice: tuple[str, ...] = ()


@click.command()
@click.argument("what", nargs=-1, metavar="[VERSION|PATH]...", shell_complete=there)
@click.option("--all", "everything", is_flag=True, help="All SDKs in the SDK root.")
@click.option("--log", "by_log", is_flag=True, help="Against Go's checksum database: any official SDK, anywhere.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but what differs, and errors.")
@json_option
@pass_app
def verb(app: App, what: tuple[str, ...], *, everything: bool, by_log: bool, quiet: bool, as_json: bool) -> int:
    """Compare SDKs with what was written down when they were installed: every file's sha256, and its mode.

    Without VERSION or PATH the SDK that runs in this folder. A PATH has a slash in it. Exit code 6 if one differs; an
    SDK that is named but can't be verified is an error, too.

    \b
    Examples:
      goswitch verify 1.22.4
      goswitch verify --all
      goswitch verify --log /usr/local/go    whoever installed it: held against Go's own signed log
    """
    if everything and what:
        raise UsageError("--all names all SDKs: name none beside it", help="goswitch verify --all")
    if everything:
        targets = [_target(sdk, by_log=by_log) for sdk in inventory(app.layout.sdk_root)]
    else:
        targets = [_named(app, text, by_log=by_log) for text in what] or [_here(app, by_log=by_log)]
    talk = reporter(app, quiet=quiet or as_json)
    rows: list[dict[str, Any]] = []
    status = 0
    for target in targets:
        result, error = _verified(app, target, talk, by_log=by_log)
        talk.finish()
        rows.append(as_data(target.name, target.path, result, error))
        tells = not as_json and not (quiet and error is None)
        for line in as_lines(target.name, result) if result is not None and tells else ():
            app.console.data(line)
        if everything and isinstance(error, Unverifiable):
            if not quiet:
                app.console.talk(error.message)
        elif error is not None:
            app.console.error(error.message, error.help)
            status = ProofError.exit_code if isinstance(error, ProofError) else status or error.exit_code
    if as_json:
        app.console.json("verify", {"sdks": rows})
    return status


class Unverifiable(GoswitchError):
    """An SDK of which nothing is known that it could be held against."""


def _verified(
    app: App, target: Target, talk: Reporter, *, by_log: bool
) -> tuple[Verified | None, GoswitchError | None]:
    """Return what was found, and the error that it is: nothing differs without one."""
    try:
        if target.why_not is not None:
            raise Unverifiable(f"{target.name} is not verified: {target.why_not}", help=target.advice)
        if by_log:
            setting = app.setting(OFFLINE)
            offline = setting.origin if setting.is_true else None
            result = verify_by_log(target.path, app.world, app.layout, talk, target.name, offline=offline)
        else:
            result = verify(target.path, talk, target.name)
    except UsageError as error:
        return None, Unverifiable(error.message, help=error.help)
    except GoswitchError as error:
        return None, error
    if result.holds:
        return result, None
    is_ours = target.path.parent == app.layout.sdk_root
    return result, ProofError(summary(target.name, result), help=f"goswitch repair {target.name}" if is_ours else ())


def _named(app: App, text: str, *, by_log: bool) -> Target:
    if "/" not in text and text not in {".", ".."}:
        name = sdk_name(app.layout.sdk_root, text)
        sdk = find(app.layout.sdk_root, name)
        if sdk is None:
            raise NotInstalled(f"{name} is not installed", help="goswitch list")
        return _target(sdk, by_log=by_log)
    path = folder_at(app.world.cwd, text)
    if path.parent == app.layout.sdk_root:
        sdk = find(app.layout.sdk_root, path.name)
        if sdk is not None:
            return _target(sdk, by_log=by_log)
    if not path.is_dir():
        raise NotInstalled(f"{path} is no folder", help="name the folder that has bin and src in it")
    return _tree(app.shown(path), path, by_log=by_log)


def _here(app: App, *, by_log: bool) -> Target:
    binding = resolve(app.world.cwd, app.world.env)
    if binding.sdk is None:
        raise UsageError(
            f"the go here is {binding.program}, which goswitch did not install", help="goswitch verify --log PATH"
        )
    sdk = find(binding.sdk.parent, binding.sdk.name)
    return _target(sdk, by_log=by_log) if sdk is not None else _tree(binding.name, binding.sdk, by_log=by_log)


def _target(sdk: Sdk, *, by_log: bool) -> Target:
    if sdk.name == GOTIP:
        return Target(sdk.name, sdk.path, "it belongs to golang.org/dl/gotip, which builds it anew")
    if sdk.state is State.LINKED:
        advice = f"goswitch verify --log {sdk.path.readlink()}"
        return Target(sdk.name, sdk.path, f"it is a link to {sdk.path.readlink()}", (advice,))
    if sdk.state is State.INCOMPLETE:
        return Target(
            sdk.name, sdk.path, "it is incomplete, without the marker", (f"goswitch repair {sdk.version or sdk.name}",)
        )
    return _tree(sdk.name, sdk.path, by_log=by_log)


def _tree(name: str, path: Path, *, by_log: bool) -> Target:
    if by_log or has_digests(path):
        return Target(name, path)
    why_not = "goswitch did not install it, so nothing is written down of its files"
    return Target(name, path, why_not, (f"goswitch verify --log {path}",))
