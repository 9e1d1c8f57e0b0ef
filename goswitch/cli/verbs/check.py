"""`goswitch check`: whether everything in a project means the same Go, for people and for CI."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from goswitch.cli.app import App, pass_app
from goswitch.cli.findings import all_lines, finding_data, summary_line
from goswitch.cli.naming import folder_at
from goswitch.doctor.check import load_topic, run, topic_names
from goswitch.doctor.project_facts import Asked, CgoAsked, ProjectFacts
from goswitch.errors import UsageError
from goswitch.model.cgo_tables import BUILD_MODES
from goswitch.model.finding import Severity
from goswitch.model.settings import TOOLCHAIN

if TYPE_CHECKING:
    from goswitch.doctor.check import Check, Report

PACKAGE = "goswitch.doctor.project"
FORMATS = ("text", "json", "sarif", "github")


class CgoWords(TypedDict):
    """The options about cgo; any of them asks about it."""

    with_cgo: bool
    buildmode: str | None
    goos: str
    goarch: str
    trial: bool


@click.command()
@click.argument("directory", required=False, metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("-C", "changed", metavar="DIR", type=click.Path(path_type=Path), help="Look there, as `go -C` does.")
@click.option("--strict", is_flag=True, help="Warnings fail, too.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to print what is found.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--binary", "binaries", multiple=True, metavar="FILE", help="A program that this project's Go should have built."
)
@click.option("--cgo", "with_cgo", is_flag=True, help="Look at cgo, too: compiler, sysroot, flags, build mode.")
@click.option("--buildmode", type=click.Choice(BUILD_MODES), help="The build mode to ask about; asks about cgo.")
@click.option("--goos", default="", metavar="OS", help="Ask about cgo for this GOOS.")
@click.option("--goarch", default="", metavar="ARCH", help="Ask about cgo for this GOARCH.")
@click.option("--try", "trial", is_flag=True, help="Really compile ten lines with cgo, in a folder of its own.")
@pass_app
def verb(
    app: App,
    *,
    directory: Path | None,
    changed: Path | None,
    strict: bool,
    form: str,
    as_json: bool,
    binaries: tuple[str, ...],
    **about_cgo: Unpack[CgoWords],
) -> int:
    """Find what disagrees about Go in this project: pins, go.mod, containers, CI, dependencies, programs.

    go.mod and go.work are read as both of Go's readers do. The network is not asked and nothing is changed; nothing is
    run, but with --cgo the C compiler, for its target. Exit code 0 if all is well, 1 with errors (with --strict,
    warnings too), 2 if something could not be looked at.

    \b
    Examples:
      goswitch check
      goswitch check --strict --format github
      goswitch check services/api --format sarif > goswitch.sarif
      goswitch check --binary bin/server
      goswitch check --cgo --buildmode c-shared --goarch arm64 --try
    """
    base = folder_at(app.world.cwd, changed) if changed is not None else app.world.cwd
    place = folder_at(base, directory) if directory is not None else base
    if not place.is_dir():
        raise UsageError(f"{app.shown(place)} is no folder", help="goswitch check DIR")
    asked = Asked(binaries=tuple(base / name for name in binaries), cgo=_cgo(about_cgo))
    world = app.world._replace(cwd=place)
    facts = ProjectFacts(world, app.layout, toolchain=app.setting(TOOLCHAIN).text, asked=asked)
    checks = [check for name in topic_names(PACKAGE) for check in load_topic(name, PACKAGE).checks]
    report = run(checks, facts)
    _print(app, report, checks, place, "json" if as_json else form)
    return exit_code(report, strict=strict)


def _cgo(words: CgoWords) -> CgoAsked | None:
    if not any(words.values()):
        return None
    return CgoAsked(words["buildmode"] or "default", words["goos"], words["goarch"], trial=words["trial"])


def exit_code(report: Report, *, strict: bool) -> int:
    """Return 0, 1 for errors (warnings too if strict), or 2 where something could not be looked at."""
    if report.unseen:
        return 2
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return 1 if any(finding.severity in failing for finding in report.findings) else 0


def _print(app: App, report: Report, checks: list[Check], place: Path, form: str) -> None:
    if form == "sarif":
        import json  # noqa: PLC0415 - one of four formats

        from goswitch.cli.sarif import sarif_log  # noqa: PLC0415 - as above

        kinds = [kind for check in checks for kind in check.kinds]
        app.console.data(json.dumps(sarif_log(report, kinds, _repository(place)), indent=2))
    elif form == "github":
        from goswitch.cli.annotations import annotation, failure  # noqa: PLC0415 - one of four formats

        for finding in report.findings:
            app.console.data(annotation(finding, _repository(place)))
        for text, _ in _not_seen(report):
            app.console.data(failure(text))
    elif form == "json":
        unseen = [{"check": it.check, "reason": it.reason, "help": list(it.help)} for it in report.unseen]
        findings = [finding_data(it) for it in report.findings]
        app.console.json("check", {"directory": str(place), "findings": findings, "unseen": unseen})
    else:
        for line in all_lines(report.findings, app.console.screen(app.world.env), app.shown):
            app.console.data(line)
        for text, help_lines in _not_seen(report):
            app.console.error(text, help_lines)
        app.console.talk(summary_line(report.findings) or ("" if report.unseen else "nothing disagrees here"))


def _not_seen(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    """Return what could not be looked at, each reason once, whoever met it, and what to type."""
    names: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for it in report.unseen:
        names.setdefault((it.reason, it.help), []).append(it.check)
    return [(f"{', '.join(checks)} could not look: {key[0]}", key[1]) for key, checks in names.items()]


def _repository(place: Path) -> Path:
    """Return the folder of the repository that a folder lies in, or itself: services name files relative to it."""
    return next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), place)
