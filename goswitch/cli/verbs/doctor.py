"""`goswitch doctor`: which go it is that runs here, what is wrong with it, and what to type."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.explained import binding_data
from goswitch.cli.findings import all_lines, finding_data, summary_line
from goswitch.cli.mending import mend_all
from goswitch.cli.tables import bindings_lines, on_path_data, path_lines, row_data
from goswitch.doctor.check import load_topic, run, topic_names
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.path_gos import path_gos
from goswitch.doctor.probes.table import bindings
from goswitch.errors import GoswitchError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from goswitch.cli.screen import Screen
    from goswitch.doctor.check import Check, Report
    from goswitch.doctor.facts import Facts

_TABLE = "bindings"
_PATH = "path"
_BLIND = 2
"""The exit code where it could not look."""


@click.command()
@click.argument("topic", nargs=-1, metavar="[TOPIC]...")
@click.option("--fix", is_flag=True, help="Mend what can be mended safely: show it, and ask.")
@click.option("--yes", "-y", is_flag=True, help="With --fix: don't ask.")
@click.option("--all-projects", "tree", metavar="DIR", help="Look at each project in DIR and below it instead.")
@click.option("--deep", is_flag=True, help="Read again what is unchanged since its receipt.")
@json_option
@pass_app
def verb(app: App, topic: tuple[str, ...], *, fix: bool, yes: bool, tree: str | None, deep: bool, as_json: bool) -> int:
    """Show which go runs here for whom, what is wrong with it, why it matters, and what to type.

    First a table: for this shell, sh, make, cmd/go itself, editors, containers and CI which go, which GOROOT, which
    version, and the file and line that decides; a `!` marks who disagrees. Then findings, of all topics or of those
    that are named. Nothing is changed without --fix, and the network is never asked.

    Exit code 0 if nothing is found, 1 with findings, 2 if something could not be looked at.

    \b
    Examples:
      goswitch doctor
      goswitch doctor environment path
      goswitch doctor --fix
      goswitch doctor --all-projects ~/src
      goswitch doctor --json
    """
    if fix and as_json:
        raise UsageError("--fix shows and asks, so it has no --json", help="goswitch doctor --fix --yes")
    if tree is not None and (topic or fix):
        raise UsageError("--all-projects takes neither topics nor --fix", help=f"goswitch doctor --all-projects {tree}")
    try:
        if tree is not None:
            from goswitch.cli.all_projects import show_all  # noqa: PLC0415 - one project does without

            return show_all(app, tree, deep=deep, as_json=as_json)
        report = _show(app, _checks(topic), app.facts(deep=deep), set(topic), as_json=as_json)
    except UsageError:
        raise
    except GoswitchError as error:
        app.console.error(error.message, error.help)
        return _BLIND
    return mend_all(app, report, sure=yes) if fix else report.exit_code


def _show(app: App, checks: list[Check], facts: Facts, topics: set[str], *, as_json: bool) -> Report:
    report = run(checks, facts)
    shows_table, shows_path = (not topics or name in topics for name in (_TABLE, _PATH))
    if as_json:
        unseen = [{"check": it.check, "reason": it.reason, "help": list(it.help)} for it in report.unseen]
        answer = {
            "bound": binding_data(at.binding) if (at := facts.ask(here)).binding is not None else None,
            "bindings": [row_data(row) for row in facts.ask(bindings)] if shows_table else None,
            "path": [on_path_data(go) for go in facts.ask(path_gos)] if shows_path else None,
            "findings": [finding_data(it) for it in report.findings],
            "unseen": unseen,
        }
        app.console.json("doctor", answer)
        return report
    screen = app.console.screen(app.world.env)
    parts = [
        _bindings(app, facts, screen) if shows_table else [],
        _path(facts, screen, app.near) if shows_path else [],
        all_lines(report.findings, screen, app.near, app.said),
    ]
    if any(parts):
        app.console.data("\n\n".join("\n".join(lines) for lines in parts if lines))
    _close(app, report)
    return report


def _bindings(app: App, facts: Facts, screen: Screen) -> list[str]:
    at = facts.ask(here)
    said = f"bound here: {at.binding.describe()}" if at.binding is not None else "nothing can run here"
    lines = screen.wrap(app.said(said), "  ", first="")
    return [*(screen.style(line, "heading") for line in lines), *bindings_lines(facts.ask(bindings), screen, app.near)]


def _path(facts: Facts, screen: Screen, shown: Callable[[Path], str]) -> list[str]:
    gos = facts.ask(path_gos)
    if len(gos) <= 1:
        return []
    return [screen.style("go on PATH, in the order in which they win:", "heading"), *path_lines(gos, screen, shown)]


def _close(app: App, report: Report) -> None:
    for it in report.unseen:
        app.console.error(f"{it.check} could not look: {it.reason}", it.help)
    said = summary_line(report.findings)
    if said or not report.unseen:
        app.console.talk(said or "nothing is wrong here")


def _checks(asked: tuple[str, ...]) -> list[Check]:
    names = topic_names()
    for name in asked:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            help_line = f"goswitch doctor {near[0]}" if near else f"one of: {', '.join(names)}"
            raise UsageError(f"doctor has no topic {name!r}", help=help_line)
    return [check for name in (asked or names) for check in load_topic(name).checks]
