"""`goswitch exec`: run one command under one SDK."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, pass_app
from goswitch.cli.auto_install import bound
from goswitch.cli.completing import runnable
from goswitch.errors import NotFound, NotInstalled, UsageError
from goswitch.model.settings import TOOLCHAIN
from goswitch.resolve.environment import applied, changes
from goswitch.resolve.rule import resolve, resolve_request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goswitch.resolve.binding import Binding

_HERE = ""
"""The request that stands for what this folder asks for."""


class _RunsTheRest(click.Command):
    """A command whose words after the request belong to another program, options and `--` included."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep a leading `--` from click: with it there is no request."""
        return super().parse_args(ctx, [_HERE, *args] if args[:1] == ["--"] else args)


@click.command(cls=_RunsTheRest, context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True})
@click.argument("request", shell_complete=runnable)
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
@pass_app
def verb(app: App, request: str, command: tuple[str, ...]) -> None:
    """Run COMMAND under the SDK that REQUEST names, or under this folder's.

    COMMAND gets that SDK first in PATH, its GOROOT, and GOSWITCH_VERSION, so that the go calls of a Makefile or a
    script below it are the same SDK's. With the setting auto_install an SDK that is missing is installed first.

    \b
    Examples:
      goswitch exec 1.21.6 -- make test
      goswitch exec stable go vet ./...
      goswitch exec -- ./build.sh
    """
    words = command[1:] if command[:1] == ("--",) else command
    if not words:
        raise UsageError("no command to run", help="goswitch exec 1.22.4 -- go version")
    here = request == _HERE

    def look() -> Binding:
        return resolve(app.world.cwd, app.world.env) if here else resolve_request(request, app.world.env)

    _replace_process(words, environment(app, bound(app, look), pinned=not here))


def environment(app: App, binding: Binding, *, pinned: bool) -> dict[str, str]:
    """Return the environment of the command; `pinned` makes the request hold for every shim below it."""
    changed = changes(binding, app.world.env, app.setting(TOOLCHAIN).text)
    if pinned:
        changed["GOSWITCH_VERSION"] = binding.name
    return applied(app.world.env, changed)


def _replace_process(words: Sequence[str], env: dict[str, str]) -> None:
    """Become the command: same pid, signals and exit status."""
    program = shutil.which(words[0], path=env.get("PATH", ""))
    if program is None:
        raise NotFound(f"{words[0]}: command not found", help=f"is it in PATH? {env.get('PATH', '')}")
    sys.stdout.flush()
    # Python ignores it, and what is ignored stays so: `goswitch exec … | head` would end in an error message.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    try:
        os.execve(program, list(words), env)  # noqa: S606 - becoming the named program is what exec is for
    except OSError as error:
        raise NotInstalled(f"{program} cannot be run: {error.strerror}", help=f"ls -l {program}") from None
