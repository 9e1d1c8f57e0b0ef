"""The command line: its verbs, found by name and imported when called, and the error boundary."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from goswitch import __version__
from goswitch.cli.app import App
from goswitch.cli.console import Console
from goswitch.cli.overview import OVERVIEW, VERBS
from goswitch.cli.world import read_world
from goswitch.errors import INTERRUPTED, TERMINATED, DiskError, GoswitchError, UsageError
from goswitch.system import interrupts
from goswitch.system.checkpoint import arm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

DEBUG = "GOSWITCH_DEBUG"
"""The variable that lets a traceback through."""

ALIASES = {
    "local": "pin",
    "global": "default",
    "prefix": "root",
    "ls": "list",
    "versions": "list",
    "version": "current",
    "ls-remote": "available",
}
"""The names that users of other managers type."""


MEANT = {
    "use": "goswitch pin 1.22.4 (this folder), goswitch shell 1.22.4 (this shell) or goswitch default 1.22.4",
    "remove": "goswitch uninstall 1.22.4",
    "update": "goswitch install stable",
    "upgrade": "goswitch install stable",
    "run": "goswitch exec 1.22.4 -- go version",
}
"""What to type instead of words that other managers have, where no alias would mean the same."""


COMPLETE = "_GOSWITCH_COMPLETE"
"""The variable by which a shell asks for completions (`click.shell_completion`)."""


class Verbs(click.Group):
    """A group that imports a verb when it is called, so that none pays for the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the verbs' names."""
        return list(VERBS)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the verbs that fit, with what they are for, and without importing any; an alias where no verb does."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        from click.shell_completion import CompletionItem  # noqa: PLC0415 - only TAB needs it

        told = {name: text for verbs in OVERVIEW.values() for name, text in verbs.items()}
        fitting = [name for name in VERBS if name.startswith(incomplete)]
        aliases = [] if fitting else [name for name in ALIASES if name.startswith(incomplete)]
        return [CompletionItem(name, help=told[ALIASES.get(name, name)]) for name in fitting or aliases]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """Write the overview of the verbs."""
        for what, verbs in OVERVIEW.items():
            with formatter.section(what):
                formatter.write_dl([(name.ljust(11), text) for name, text in verbs.items()])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Return a verb by its name or an alias."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in VERBS:
            import difflib  # noqa: PLC0415 - only a mistake needs it

            near = difflib.get_close_matches(cmd_name, [*VERBS, *ALIASES], n=1)
            advice = MEANT.get(cmd_name) or (f"goswitch {near[0]}" if near else "goswitch --help")
            raise UsageError(f"there is no command {cmd_name!r}", help=advice)
        command: click.Command = importlib.import_module(f"goswitch.cli.verbs.{name}").verb
        return command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="goswitch")
def goswitch() -> None:
    """Keep several Go SDKs side by side and run the right one in every folder.

    \b
    goswitch install 1.22.4      put an SDK under ~/sdk, proven to be Go's
    goswitch pin 1.22.4          bind this folder to it
    goswitch current             which one runs here, and why
    goswitch setup               put the shims and the hook into your shell
    """


def run(arguments: Sequence[str], console: Console) -> int:
    """Run one command and return its exit code; every error ends here as words on stderr."""
    try:
        world = read_world()
        arm(world.env)
        result = goswitch.main(list(arguments), prog_name="goswitch", standalone_mode=False, obj=App(world, console))
    except GoswitchError as error:
        console.error(error.message, error.help)
        return error.exit_code
    except click.ClickException as error:
        console.error(error.format_message(), _usage_help(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = TERMINATED if interrupts.ended_by_sigterm() else INTERRUPTED
        console.talk("goswitch: interrupted")
        return status
    except OSError as error:
        console.error(_os_fact(error), ["check permissions and space there"])
        return DiskError.exit_code
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        console.error(f"this is a bug in goswitch: {type(error).__name__}: {error}", [f"{DEBUG}=1 shows where"])
        return GoswitchError.exit_code
    return result if isinstance(result, int) else 0


def complete(console: Console) -> int:
    """Answer a shell that asks for completions: words, or nothing and 1.

    What is wrong is said when the command is run, not in the middle of a line that is typed.
    """
    with suppress(GoswitchError, click.ClickException, click.Abort, OSError):
        goswitch.main(prog_name="goswitch", standalone_mode=False, obj=App(read_world(), console))
    return 1


def _usage_help(error: click.ClickException) -> list[str]:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return [f"{context.command_path} --help"] if context is not None else []


def _os_fact(error: OSError) -> str:
    reason = error.strerror or str(error)
    return f"{error.filename}: {reason}" if error.filename is not None else reason


def main() -> None:
    """Run `goswitch-py`. Paths that are no UTF-8 pass through both streams unchanged."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr] # both are text files
    console = Console(sys.stdout, sys.stderr)
    interrupts.obey()
    status = complete(console) if os.environ.get(COMPLETE) else run(sys.argv[1:], console)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()  # the console has done so with all that matters; a stream that is full was reported then
    # Taking the interpreter apart costs 30 ms, and after Ctrl-C it would wait for threads that wait for a silent host.
    os._exit(status)
