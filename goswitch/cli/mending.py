"""`doctor --fix`: what can be mended safely is shown, asked for, and done."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from goswitch.cli.asking import confirm
from goswitch.doctor.mend import mend
from goswitch.model.finding import ClearStaging, Edit, Rehash, Remove, SetMode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.cli.app import App
    from goswitch.doctor.check import Report
    from goswitch.model.finding import Step

_CLEAN = 0


def mend_all(app: App, report: Report, *, sure: bool) -> int:
    """Mend what has a fix; return doctor's exit code: that of the report, or 0 if all findings are mended."""
    mendable = [finding for finding in report.findings if finding.fix is not None]
    if not mendable:
        app.console.talk("nothing here is mended by --fix" if report.findings else "there is nothing to mend")
        return report.exit_code
    for finding in mendable:
        if finding.fix is not None:
            app.console.talk(f"{finding.id}: {finding.fix.summary}")
            for step in finding.fix.steps:
                for line in _shown(app, step):
                    app.console.talk(f"  {line}")
    confirm("mend this?", sure=sure, nothing="nothing is mended", command="goswitch doctor --fix --yes")
    for finding in mendable:
        if finding.fix is not None:
            mend(finding.fix, rehash=app.rehash)
            app.console.talk(f"mended: {finding.id}")
    is_all = len(mendable) == len(report.findings) and not report.unseen
    return _CLEAN if is_all else report.exit_code


def _shown(app: App, step: Step) -> Iterator[str]:
    match step:
        case Edit(path, before, after):
            name = app.shown(path)
            old, new = before.splitlines(), (after or "").splitlines()
            yield from difflib.unified_diff(
                old, new, name, name if after is not None else "(no file)", lineterm="", n=1
            )
        case SetMode(path, before, after):
            yield f"chmod {after:04o} {app.shown(path)} (now {before:04o})"
        case Rehash():
            yield f"write {app.shown(app.layout.shims)} anew"
        case Remove(path, size):
            yield f"rm {app.shown(path)} ({size / 1e6:.1f} MB)"
        case ClearStaging():
            yield f"rm {app.shown(app.layout.staging)}/*, but for what is being worked on"
