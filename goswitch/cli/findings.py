"""Findings as a person reads them and as JSON has them; for `doctor` and `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from goswitch.cli.screen import Screen
    from goswitch.model.finding import Finding, Place

_INDENT = "  "


def finding_lines(
    finding: Finding, screen: Screen, shown: Callable[[Path], str], said: Callable[[str], str] = str
) -> list[str]:
    """Return one finding as lines: the fact, where it stands, why it matters, what to type.

    `shown` gives a path as a person writes it, `said` a sentence with such paths. A line to type is never wrapped or
    changed, so that it can be copied.
    """
    head = f"{finding.severity}: "
    lines = screen.wrap(f"{said(finding.fact)} [{finding.id}]", _INDENT, first=head)
    lines[0] = screen.style(head.rstrip(), finding.severity.value) + lines[0].removeprefix(head.rstrip())
    if finding.place is not None:
        lines.append(screen.style(f"{_INDENT}at {place_text(finding.place, shown)}", "dim"))
    lines += screen.wrap(said(finding.why), _INDENT)
    lines += [f"{_INDENT}help: {line}" for line in finding.cure]
    if finding.fix is not None:
        lines.append(f"{_INDENT}--fix: {said(finding.fix.summary)}")
    return lines


def place_text(place: Place, shown: Callable[[Path], str]) -> str:
    """Return a place with its file as a person writes it."""
    return f"{shown(place.file)}:{place.line}" if place.line else shown(place.file)


def summary_line(findings: Sequence[Finding]) -> str:
    """Return how many of each severity there are: `1 error, 2 warnings`; "" for none."""
    counts = [(severity, sum(f.severity is severity for f in findings)) for severity in Severity]
    return ", ".join(f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count)


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return one finding as JSON has it."""
    place = finding.place
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "fact": finding.fact,
        "why": finding.why,
        "help": list(finding.cure),
        "place": {"file": str(place.file), "line": place.line or None} if place is not None else None,
        "fix": finding.fix.summary if finding.fix is not None else None,
    }


def all_lines(
    findings: Iterable[Finding], screen: Screen, shown: Callable[[Path], str], said: Callable[[str], str] = str
) -> list[str]:
    """Return findings with an empty line between two; the arguments are those of `finding_lines`."""
    lines: list[str] = []
    for finding in findings:
        lines += [""] if lines else []
        lines += finding_lines(finding, screen, shown, said)
    return lines
