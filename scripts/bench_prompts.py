"""Rows of what a prompt costs, timed by the shells themselves: an empty function, the hook, the start-up line."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import TYPE_CHECKING

from bench_rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CALLS = 300
AT_REST, AFTER_CD, STARTING = 0.03, 0.25, 5.0
"""Milliseconds, in bash and zsh."""

FISH = 3.0
"""Times an empty function of its own."""


def prompt_rows(env: dict[str, str], near: Path, series: Path, deep: Path) -> list[Row]:
    """Return the rows for the shells that are there. `near` and `series` are pinned folders, `deep` is below one."""
    rows = []
    for shell, options in (("bash", ["--norc"]), ("zsh", ["-f"])):
        if shutil.which(shell) is None:
            continue
        turn = f"case $PWD in {near}) cd {series} ;; *) cd {near} ;; esac"
        hook = f"{_hooks(env)}/hook.{shell}"
        for what, start, step, limit in (
            ("empty function", near, "empty", None),
            ("hook, nothing changed", near, "_gs_hook", AT_REST),
            ("hook, nothing changed, pin 10 folders up", deep, "_gs_hook", None),
            ("hook, nothing changed, series pin", series, "_gs_hook", None),
            ("cd to another pin, alone", near, turn, None),
            ("cd to another pin, and the hook", near, f"{turn}; _gs_hook", AFTER_CD),
            ("start-up line", near, f". {hook}", STARTING),
        ):
            empty = "" if step == "empty" else f"{shell} empty function"
            run = _timed(shell, options, env, start, step, hook)
            rows.append(Row(f"{shell} {what}", run, empty, limit=limit))
    if fish := shutil.which("fish"):
        hook = f"{_hooks(env)}/hook.fish"
        for what, empty, called, limit in (
            ("fish", "empty", "__gs_hook", FISH),
            ("fish prompt", "emit empty", "emit fish_prompt", None),
        ):
            rows.append(Row(f"{what}: empty function", _fish(fish, env, near, empty, hook)))
            run = _fish(fish, env, near, called, hook)
            rows.append(Row(f"{what}: hook, nothing changed", run, f"{what}: empty function", limit))
        rows.append(Row("fish start-up line", _fish(fish, env, near, f"source {hook}", hook), "fish: empty function"))
    return rows


def _hooks(env: dict[str, str]) -> str:
    return f"{env['HOME']}/.local/share/goswitch/hooks"


def _timed(
    shell: str, options: list[str], env: dict[str, str], start: Path, step: str, hook: str
) -> Callable[[], float]:
    script = f"""
{"zmodload zsh/datetime" if shell == "zsh" else ":"}
. {hook}
empty() {{ :; }}
cd {start}
_gs_hook
start=$EPOCHREALTIME
for i in {{1..{CALLS}}}; do {step}; done
end=$EPOCHREALTIME
printf '%s %s\\n' "$start" "$end"
"""

    def run() -> float:
        done = subprocess.run(
            [shell, *options, "-c", script], env=env, cwd=start, capture_output=True, text=True, check=True
        )
        begin, end = (float(word.replace(",", ".")) for word in done.stdout.split())
        return (end - begin) * 1000 / CALLS

    return run


def _fish(fish: str, env: dict[str, str], start: Path, step: str, hook: str) -> Callable[[], float]:
    """Return the time between two lines that fish prints around its calls, as it has no clock of its own."""
    calls = CALLS * 10
    loop = f"for i in (seq {calls}); {step}; end"
    lines = [f"source {hook}", "function empty --on-event empty; end", f"cd {start}", step, "echo", loop, "echo"]

    def run() -> float:
        words = [fish, "--no-config", "-c", "\n".join(lines)]
        with subprocess.Popen(words, env=env, cwd=start, stdout=subprocess.PIPE) as process:
            if process.stdout is None:
                raise AssertionError
            process.stdout.readline()
            begin = time.perf_counter()
            process.stdout.readline()
            took = time.perf_counter() - begin
        if process.returncode != 0:
            raise SystemExit(f"bench: fish ended with {process.returncode}")
        return took * 1000 / calls

    return run
