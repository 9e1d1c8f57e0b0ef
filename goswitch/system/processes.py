"""Running a program for its answer: without a terminal, within a time, its output as text."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_LONGEST = 10.0


@dataclass(frozen=True)
class Answer:
    """What a program said. `status` is None where it could not be started or took too long; `err` says which."""

    status: int | None
    out: str = ""
    err: str = ""


def ask(words: Sequence[str], *, cwd: Path, env: Mapping[str, str], stdin: str = "", limit: float = _LONGEST) -> Answer:
    """Run a program to its end, `limit` seconds at most. Nothing is raised: an answer says what went wrong."""
    try:
        done = subprocess.run(
            words,
            cwd=cwd,
            env=dict(env),
            input=stdin.encode("utf-8", "surrogateescape"),
            capture_output=True,
            check=False,
            timeout=limit,
        )
    except subprocess.TimeoutExpired:
        return Answer(None, err=f"{words[0]} gave no answer in {limit:.0f} s")
    except (OSError, ValueError) as error:
        return Answer(None, err=f"{words[0]}: {error.strerror if isinstance(error, OSError) else error}")
    return Answer(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
