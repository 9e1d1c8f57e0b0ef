"""Findings as SARIF 2.1.0, which code scanning services read (OASIS, sarif-v2.1.0)."""

from __future__ import annotations

import os
import urllib.parse
from typing import TYPE_CHECKING, Any

from goswitch import __version__
from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from goswitch.doctor.check import Report
    from goswitch.model.finding import Finding, Kind, Place

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
"""Where editors find the schema; nothing here asks for it."""

_ROOT = "SRCROOT"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def sarif_log(report: Report, kinds: Iterable[Kind], root: Path) -> dict[str, Any]:
    """Return a report as a SARIF log. Files under `root` (the repository's) are named relative to it."""
    rules = list({kind.id: kind for kind in kinds}.values())
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "goswitch", "version": __version__, "rules": [_rule(it) for it in rules]}},
                "originalUriBaseIds": {_ROOT: {"uri": f"file://{_quoted(root)}/"}},
                "invocations": [_invocation(report)],
                "results": [_result(finding, rules, root) for finding in report.findings],
                "columnKind": "unicodeCodePoints",
            }
        ],
    }


def _rule(kind: Kind) -> dict[str, Any]:
    return {
        "id": kind.id,
        "shortDescription": {"text": kind.title},
        "fullDescription": {"text": f"{kind.title}. {kind.cause}."},
        "help": {"text": f"{kind.message}. Type: {kind.cure}"},
        "defaultConfiguration": {"level": _LEVELS[kind.severity]},
    }


def _result(finding: Finding, rules: Sequence[Kind], root: Path) -> dict[str, Any]:
    text = "\n".join([f"{finding.fact}. {finding.why}.", *(f"help: {line}" for line in finding.cure)])
    result: dict[str, Any] = {
        "ruleId": finding.id,
        "level": _LEVELS[finding.severity],
        "message": {"text": printable(text)},
    }
    index = next((index for index, kind in enumerate(rules) if kind.id == finding.id), None)
    if index is not None:
        result["ruleIndex"] = index
    if finding.place is not None:
        result["locations"] = [{"physicalLocation": _location(finding.place, root)}]
    return result


def _location(place: Place, root: Path) -> dict[str, Any]:
    if place.file.is_relative_to(root):
        artifact = {"uri": _quoted(place.file.relative_to(root)), "uriBaseId": _ROOT}
    else:
        artifact = {"uri": f"file://{_quoted(place.file)}"}
    location: dict[str, Any] = {"artifactLocation": artifact}
    if place.line:
        location["region"] = {"startLine": place.line}
    return location


def _invocation(report: Report) -> dict[str, Any]:
    notes = [
        {"level": "error", "message": {"text": printable(f"{it.check} could not look: {it.reason}")}}
        for it in report.unseen
    ]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _quoted(path: Path) -> str:
    return urllib.parse.quote(os.fsencode(path))


def printable(text: str) -> str:
    """Return text that is UTF-8: bytes of paths that are none become the replacement character."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
