"""`goswitch setup`: put the shims and the hook into the user's shell files, or take them out again."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, pass_app
from goswitch.cli.asking import confirm
from goswitch.errors import SettingError, UsageError
from goswitch.model.settings import TOOLCHAIN
from goswitch.shell.completions import render_completion
from goswitch.shell.hooks import SHELLS, render_hook
from goswitch.shell.rcplan import apply_all, setup_plan, shell_of, undo_plan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goswitch.shell.rcplan import Change


@click.command()
@click.option(
    "--shell", "shells", type=click.Choice(SHELLS), multiple=True, help="The shell; without it, your login shell."
)
@click.option("--undo", is_flag=True, help="Take the blocks of goswitch out of all shell files.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--yes", "-y", is_flag=True, help="Don't ask.")
@pass_app
def verb(app: App, shells: tuple[str, ...], *, undo: bool, dry_run: bool, yes: bool) -> None:
    """Put the shims first in PATH and the hook into your shell, in a marked block of its files.

    It shows what it will write and asks first. A second run changes nothing; --undo takes out exactly its blocks.

    \b
    Examples:
      goswitch setup
      goswitch setup --shell zsh --shell bash --yes
      goswitch setup --undo
    """
    home = _home(app)
    wanted = () if undo else _shells(app, shells)
    if undo:
        plan = undo_plan(home, app.world.env)
    else:
        plan = setup_plan(wanted, app.layout, home, app.world.env, app.world.platform.goos)
    for change in plan:
        _show(app, change)
    if not dry_run:
        if plan:
            _ask(app, plan, sure=yes)
        if not undo:
            _prepare(app, wanted)
        apply_all(plan)
    _say_what_now(app, plan, undo=undo, dry_run=dry_run)


def _home(app: App) -> Path:
    if app.world.home is None:
        raise SettingError("HOME is not set, so your shell's files can't be found", help="export HOME")
    return app.world.home


def _shells(app: App, shells: Sequence[str]) -> Sequence[str]:
    if shells:
        return shells
    shell = shell_of(app.world.env)
    if shell is None:
        raise UsageError(
            f"no hook for your login shell ({app.world.env.get('SHELL') or 'SHELL is not set'})",
            help=["goswitch setup --shell bash", 'eval "$(goswitch init sh)", in the file that your shell reads'],
        )
    return [shell]


def _show(app: App, change: Change) -> None:
    before, after = change.before or "", change.after or ""
    name = app.shown(change.path)
    lines = difflib.unified_diff(
        before.splitlines(),
        after.splitlines(),
        name if change.before is not None else "(no file)",
        name if change.after is not None else "(no file)",
        lineterm="",
        n=1,
    )
    for line in lines:
        app.console.talk(line)


def _ask(app: App, plan: Sequence[Change], *, sure: bool) -> None:
    files = " and ".join(app.shown(change.path) for change in plan)
    confirm(f"write {files}?", sure=sure, nothing="nothing is written", command="goswitch setup --yes")


def _prepare(app: App, shells: Sequence[str]) -> None:
    """Write what the blocks refer to, before any of them does."""
    app.rehash()
    for shell in shells:
        render_hook(shell, app.layout, app.setting(TOOLCHAIN).text)
        render_completion(shell, app.layout)


def _say_what_now(app: App, plan: Sequence[Change], *, undo: bool, dry_run: bool) -> None:
    if dry_run:
        app.console.talk("nothing is written" if plan else "there is nothing to change")
    elif not plan:
        app.console.talk("no shell file has a block of goswitch" if undo else "everything is set up already")
    elif undo:
        app.console.talk("done; shells that run now keep their PATH until they end")
    else:
        app.console.talk("done; open a new shell, or in this one: exec $SHELL")
