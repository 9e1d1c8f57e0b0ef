"""Asking before something is changed or removed: at a terminal, or not at all."""

from __future__ import annotations

import sys

import click

from goswitch.errors import UsageError


def confirm(question: str, *, sure: bool, nothing: str, command: str) -> None:
    """Go on if `sure`, or if the person at the terminal says yes; else click.Abort.

    Without a terminal raise UsageError, which says that `nothing` happens unasked and which `command` would do it.
    """
    if sure:
        return
    if not sys.stdin.isatty():
        raise UsageError(f"{nothing} unasked, and there is no terminal to ask at", help=command)
    click.confirm(question, abort=True, err=True)
