"""`goswitch doctor`: which go it is that runs here, what is wrong with it, and what to type."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.findings import all_lines, finding_data, summary_line
from goswitch.doctor.check import load_topic, run, topic_names
from goswitch.errors import UsageError

if TYPE_CHECKING:
    from goswitch.doctor.check import Check


@click.command()
@click.argument("topic", nargs=-1, metavar="[TOPIC]...")
@click.option("--deep", is_flag=True, help="Read again what is unchanged since its receipt.")
@json_option
@pass_app
def verb(app: App, topic: tuple[str, ...], *, deep: bool, as_json: bool) -> int:
    """Show what is wrong with the Go that runs here, why it matters, and what to type.

    Nothing is changed, and the network is not asked. Exit code 0 if all is well, 1 with findings, 2 if something could
    not be looked at.

    \b
    Examples:
      goswitch doctor
      goswitch doctor environment
      goswitch doctor --json
    """
    report = run(_checks(topic), app.facts(deep=deep))
    if as_json:
        unseen = [{"check": it.check, "reason": it.reason, "help": list(it.help)} for it in report.unseen]
        app.console.json("doctor", {"findings": [finding_data(it) for it in report.findings], "unseen": unseen})
        return report.exit_code
    screen = app.console.screen(app.world.env)
    for line in all_lines(report.findings, screen, app.shown):
        app.console.data(line)
    for it in report.unseen:
        app.console.error(f"{it.check} could not look: {it.reason}", it.help)
    app.console.talk(summary_line(report.findings) or "nothing is wrong here")
    return report.exit_code


def _checks(asked: tuple[str, ...]) -> list[Check]:
    names = topic_names()
    for name in asked:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            help_line = f"goswitch doctor {near[0]}" if near else f"one of: {', '.join(names)}"
            raise UsageError(f"doctor has no topic {name!r}", help=help_line)
    return [check for name in (asked or names) for check in load_topic(name).checks]
