"""`goswitch current`: which SDK runs here and what says so. The plain form is answered first by the front, in sh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.console import table
from goswitch.model.settings import TOOLCHAIN
from goswitch.resolve.explain import explain
from goswitch.resolve.rule import resolve

if TYPE_CHECKING:
    from goswitch.resolve.binding import Binding
    from goswitch.resolve.explain import Explanation


@click.command()
@click.option(
    "--explain", "explained", is_flag=True, help="Show each file looked at, the rule, and what was passed over."
)
@json_option
@pass_app
def verb(app: App, *, explained: bool, as_json: bool) -> int:
    """Print the SDK that runs in this folder, and what says so.

    \b
    Examples:
      goswitch current
      goswitch current --explain
      goswitch current --json
    """
    if not explained:
        binding = resolve(app.world.cwd, app.world.env)
        if as_json:
            app.console.json("current", binding_data(binding))
        else:
            app.console.data(binding.describe())
        return 0
    result = explain(app.world.cwd, app.world.env, app.setting(TOOLCHAIN).text)
    if as_json:
        app.console.json("current", explanation_data(result))
    else:
        for line in explanation_lines(result):
            app.console.data(line)
    for warning in result.warnings:
        app.console.warn(warning, ["goswitch install && goswitch pin with a version that satisfies it"])
    if result.error is None:
        return 0
    app.console.error(result.error.message, result.error.help)
    return result.error.exit_code


def binding_data(binding: Binding) -> dict[str, Any]:
    """Return a binding as JSON has it."""
    return {
        "name": binding.name,
        "version": binding.version.text if binding.version is not None else None,
        "root": str(binding.sdk) if binding.sdk is not None else None,
        "program": str(binding.program) if binding.program is not None else str(binding.sdk) + "/bin/go",
        "by": binding.by.value,
        "origin": {"place": binding.origin.place, "line": binding.origin.line} if binding.origin is not None else None,
        "floor": str(binding.floor) if binding.floor is not None else None,
        "reason": binding.reason,
    }


def explanation_data(result: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON has it."""
    return {
        "binding": binding_data(result.binding) if result.binding is not None else None,
        "error": result.error.message if result.error is not None else None,
        "rule": result.rule,
        "looked_at": [{"place": look.place, "found": look.found} for look in result.looks],
        "passed_over": [{"place": look.place, "why": look.found} for look in result.passed_over],
        "warnings": result.warnings,
        "goroot": result.goroot,
        "gotoolchain": result.gotoolchain,
    }


def explanation_lines(result: Explanation) -> list[str]:
    """Return an explanation as a person reads it, the answer first."""
    lines = [result.binding.describe()] if result.binding is not None else []
    lines += ["", "looked at:", *(f"  {line}" for line in table((look.place, look.found) for look in result.looks))]
    lines += ["", f"decided by {result.rule}"]
    if result.passed_over:
        rows = table((look.place, look.found) for look in result.passed_over)
        lines += ["", "passed over:", *(f"  {line}" for line in rows)]
    if result.binding is not None:
        lines += ["", "the shim sets:", f"  GOROOT       {result.goroot}", f"  GOTOOLCHAIN  {result.gotoolchain}"]
    return lines
