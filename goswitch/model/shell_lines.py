"""What lines of a shell's files say about Go: variables that they export, other managers' hooks that they run.

Lines are read as they stand, for what people write in rc files; nothing is run, and what a condition around a line
says is not known. sh, bash, zsh, fish, csh and plain `NAME=value` files (/etc/environment, environment.d) are read.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_SET = re.compile(
    r"""^\s*(?:
        (?:export\s+|declare\s+-\S*x\S*\s+|typeset\s+-\S*x\S*\s+)?(?P<name>[A-Z_][A-Z0-9_]*)=(?P<value>.*)
      | set\s+(?:-\S+\s+)*-?\S*x\S*\s+(?:-\S+\s+)*(?P<fish>[A-Z_][A-Z0-9_]*)\s+(?P<fish_value>.*)
      | setenv\s+(?P<csh>[A-Z_][A-Z0-9_]*)\s+(?P<csh_value>.*)
    )$""",
    re.VERBOSE,
)
_PATH_ADD = re.compile(r"^\s*(?:export\s+)?PATH=|^\s*fish_add_path\b|^\s*path\+?=\(|^\s*set\s+.*\bPATH\b")

_MANAGERS = (
    ("goenv", re.compile(r"\bgoenv\s+init\b|\.goenv/")),
    ("gvm", re.compile(r"\.gvm/scripts/gvm|\bgvm\s+use\b")),
    ("asdf", re.compile(r"\basdf\.(?:sh|fish)\b|\.asdf/shims|ASDF_DATA_DIR.*shims|asdf/plugins/golang/set-env")),
    ("mise", re.compile(r"\bmise\s+activate\b|\bmise/shims\b|\brtx\s+activate\b")),
    ("g", re.compile(r"\.g/env\b|\bg-install\b")),
    ("gobrew", re.compile(r"\.gobrew/")),
)


class Exported(NamedTuple):
    """A variable that a line sets, with the text of its value, and its line, counted from 1."""

    name: str
    value: str
    line: int


class ManagerLine(NamedTuple):
    """A line that starts another manager."""

    manager: str
    text: str
    line: int


class PathLine(NamedTuple):
    """A line that puts folders on PATH."""

    text: str
    line: int


class ShellLines(NamedTuple):
    """What a file says, in its order."""

    exported: tuple[Exported, ...]
    managers: tuple[ManagerLine, ...]
    paths: tuple[PathLine, ...]


def read_shell_lines(text: str) -> ShellLines:
    """Read a shell's file, without our own block and remarks. Where a line has several commands, the first counts."""
    exported: list[Exported] = []
    managers: list[ManagerLine] = []
    paths: list[PathLine] = []
    ours = False
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped == "# >>> goswitch >>>":
            ours = True
        elif stripped == "# <<< goswitch <<<":
            ours = False
        if ours or not stripped or stripped.startswith("#"):
            continue
        if (found := _SET.match(line)) is not None:
            name = found["name"] or found["fish"] or found["csh"]
            value = found["value"] or found["fish_value"] or found["csh_value"] or ""
            exported.append(Exported(name, _unquoted(value), number))
        if _PATH_ADD.search(line):
            paths.append(PathLine(stripped, number))
        managers += [ManagerLine(name, stripped, number) for name, pattern in _MANAGERS if pattern.search(line)]
    return ShellLines(tuple(exported), tuple(managers), tuple(paths))


def _unquoted(value: str) -> str:
    """Return a value without its quotes, what follows it on the line, and a remark behind it."""
    value = value.strip()
    if value[:1] in {'"', "'"} and value.find(value[0], 1) > 0:
        return value[1 : value.find(value[0], 1)]
    return re.split(r"[\s;]", value, maxsplit=1)[0] if value else ""


def expanded(value: str, home: str) -> str | None:
    """Return a value with ~ and $HOME put in; None where more than that would have to be run or known."""
    for spelling in ("${HOME}", "$HOME"):
        value = value.replace(spelling, home)
    if value == "~" or value.startswith("~/"):
        value = home + value[1:]
    return None if re.search(r"[$`*?]|\\", value) else value
