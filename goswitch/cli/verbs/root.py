"""`goswitch root`: the GOROOT of the SDK that is bound here, for Makefiles. The front answers it first, in sh."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.errors import NotFound
from goswitch.resolve.rule import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goswitch.resolve.binding import Binding


@click.command()
@json_option
@pass_app
def verb(app: App, *, as_json: bool) -> None:
    """Print the GOROOT of the SDK that runs in this folder, one line and nothing else.

    On failure stdout stays empty and the exit code is not zero, so that make stops.

    \b
    Examples:
      goswitch root
      GOROOT := $(shell goswitch root)     in a Makefile
    """
    binding = resolve(app.world.cwd, app.world.env)
    path = goroot(binding, app.world.env)
    if as_json:
        app.console.json("root", {"root": str(path), "name": binding.name})
    else:
        app.console.data(str(path))


def goroot(binding: Binding, env: Mapping[str, str]) -> Path:
    """Return a binding's GOROOT; that of a system go is asked of itself where its folder doesn't show it."""
    if binding.sdk is not None:
        return binding.sdk
    program = binding.program
    if program is None:
        raise NotFound("no go on PATH", help="goswitch install stable")
    above = program.parent.parent
    if program.parent.name == "bin" and (above / "VERSION").exists() and (above / "pkg" / "tool").is_dir():
        return above
    asked = {key: value for key, value in env.items() if key != "GOROOT"}
    answer = subprocess.run(
        [program, "env", "GOROOT"],
        env={**asked, "GOTOOLCHAIN": "local", "GOWORK": "off"},
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0 or not answer.stdout.strip():
        raise NotFound(f"{program} does not say its GOROOT: {answer.stderr.strip()}", help="goswitch default stable")
    return Path(answer.stdout.strip())
