"""auto_install = "ask": of the calls that miss the same at one terminal at the same time, one asks for all.

The others wait for its lock. What came of it (the SDK is there now, or not) holds for those that were waiting then, and
is not remembered: they know by a count of the answers, which they had read before they waited.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from goswitch.errors import GoswitchError
from goswitch.system.files import writing
from goswitch.system.locks import held
from goswitch.system.look import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from goswitch.cli.app import App


def can_ask(app: App) -> bool:
    """Tell whether somebody could answer: stdin and stderr are a terminal."""
    return sys.stdin.isatty() and app.console.talks_to_a_terminal


def ask_once(app: App, fact: str, lacks: str, *, is_there: Callable[[], bool], install: Callable[[], None]) -> bool:
    """Say `fact`, ask whether to install `lacks`, do it by `install`; return whether it is there now.

    Where another call at this terminal asks already, wait for what comes of it, and neither ask nor install. `is_there`
    looks again, as it may be by then. Raise what `install` raises.
    """
    folder, terminal = app.layout.asking, f"terminal-{os.fstat(sys.stdin.fileno()).st_rdev}"
    file = folder / f"{terminal}.json"
    before = _answers(file).get(lacks)
    does = f"asks at this terminal whether to install {lacks}"
    with held(folder, terminal, timeout=None, does=does, waiting=app.console.talk):
        answers = _answers(file)
        after = answers.get(lacks)
        if isinstance(after, dict) and after != before:
            return bool(after.get("there"))
        if is_there():
            return True
        there = False
        try:
            if _says_yes(app, fact, lacks):
                install()
                there = True
        except GoswitchError:
            _keep(file, answers, lacks, there=False)
            raise
        _keep(file, answers, lacks, there=there)
        return there


def _says_yes(app: App, fact: str, lacks: str) -> bool:
    app.console.talk(f"goswitch: {fact}")
    app.console.talk(f"install it now, by `goswitch install {lacks}`? [Y/n]")
    line = sys.stdin.readline()
    return line.endswith("\n") and line.strip().lower() in {"", "y", "yes"}


def _answers(file: Path) -> dict[str, Any]:
    """Return by request how often it was answered, and what came of it the last time."""
    try:
        answers = json.loads(read_regular(file) or b"{}")
    except ValueError:
        return {}
    return answers if isinstance(answers, dict) else {}


def _keep(file: Path, answers: dict[str, Any], lacks: str, *, there: bool) -> None:
    kept = answers.get(lacks)
    count = kept["count"] if isinstance(kept, dict) and isinstance(kept.get("count"), int) else 0
    with writing(file) as out:
        out.write(json.dumps({**answers, lacks: {"count": count + 1, "there": there}}).encode())
