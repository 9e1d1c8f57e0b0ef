"""`doctor --all-projects`: a line a project, then what is found in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.cli.console import table
from goswitch.cli.explained import binding_data
from goswitch.cli.findings import all_lines, finding_data, summary_line
from goswitch.cli.tables import row_data
from goswitch.doctor.tree import look_at_all
from goswitch.errors import NotFound, UsageError
from goswitch.resolve.binding import By

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.cli.app import App
    from goswitch.doctor.tree import Project

_FINDINGS, _BLIND = 1, 2


def show_all(app: App, text: str, *, deep: bool, as_json: bool) -> int:
    """Look at the projects in a folder, show them, and return doctor's exit code over all of them."""
    top = app.world.cwd / text
    if not top.is_dir():
        raise UsageError(f"{top} is no folder", help="goswitch doctor --all-projects ~/src")
    found = [project for project in look_at_all(app.facts(deep=deep), top) if _asks(project, top)]
    if as_json:
        app.console.json("doctor", {"projects": [_data(project) for project in found]})
    else:
        _show(app, top, found)
    codes = {project.report.exit_code for project in found}
    return _BLIND if _BLIND in codes else _FINDINGS if _FINDINGS in codes else 0


def _asks(project: Project, top: Path) -> bool:
    """Tell whether it is a project: the folder that was named need not be one itself."""
    binding = project.here.binding
    if project.folder != top:
        return True
    return not isinstance(project.here.error, NotFound) if binding is None else binding.by in {By.PIN, By.FLOOR}


def _show(app: App, top: Path, found: list[Project]) -> None:
    screen = app.console.screen(app.world.env)
    rows = []
    for project in found:
        folder = str(project.folder.relative_to(top)) if project.folder != top else "."
        compiles = project.here.next.version if project.here.next is not None else ""
        bound = project.here.binding.name if project.here.binding is not None else "nothing"
        said = summary_line(project.report.findings) or "-"
        others = ", ".join(project.disagreeing) or "-"
        rows.append((folder, bound, f"go{compiles}" if compiles else "?", others, said))
    if not rows:
        app.console.talk(f"no project is in {app.shown(top)}")
        return
    lines = table([("project", "bound", "compiles", "who disagrees", "findings"), *rows])
    app.console.data(screen.style(lines[0], "heading"))
    for line, project in zip(lines[1:], found, strict=True):
        app.console.data(line if project.report.exit_code == 0 else screen.style(line, "warning"))
    for project in found:
        if project.report.findings:
            app.console.data("")
            app.console.data(screen.style(f"{app.shown(project.folder)}:", "heading"))
            for line in all_lines(project.report.findings, screen, app.near, app.said):
                app.console.data(line)
        for it in project.report.unseen:
            app.console.error(f"{app.shown(project.folder)}: {it.check} could not look: {it.reason}", it.help)
    ill = sum(bool(project.report.findings) for project in found)
    app.console.talk(
        f"{len(found)} projects, {ill} with findings" if len(found) != 1 else f"1 project, {ill} with findings"
    )


def _data(project: Project) -> dict[str, object]:
    binding = project.here.binding
    then = project.here.next
    return {
        "folder": str(project.folder),
        "bound": binding_data(binding) if binding is not None else None,
        "compiles_with": then.version or None if then is not None else None,
        "disagreeing": list(project.disagreeing),
        "bindings": [row_data(row) for row in project.rows],
        "findings": [finding_data(it) for it in project.report.findings],
        "unseen": [{"check": it.check, "reason": it.reason, "help": list(it.help)} for it in project.report.unseen],
    }
