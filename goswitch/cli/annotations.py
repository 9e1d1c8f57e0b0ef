"""Findings as GitHub's workflow commands, which put them beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.finding import Finding

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def annotation(finding: Finding, root: Path) -> str:
    """Return one finding as a command; a file under `root` (the repository's) is named relative to it."""
    properties = {"title": finding.id}
    place = finding.place
    if place is not None:
        file = place.file.relative_to(root) if place.file.is_relative_to(root) else place.file
        properties = {"file": str(file)} | ({"line": str(place.line)} if place.line else {}) | properties
    written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = "\n".join([f"{finding.fact}. {finding.why}.", *(f"help: {line}" for line in finding.cure)])
    return f"::{_COMMANDS[finding.severity]} {written}::{_data(text)}"


def failure(text: str) -> str:
    """Return an error that belongs to no line."""
    return f"::error title=goswitch check::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
