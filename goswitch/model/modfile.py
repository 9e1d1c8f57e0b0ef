"""go.mod and go.work as Go's strict parser reads them, and the words with which it refuses one.

cmd/go reads the file twice: the quick scanner (`model/gomod.py`) chooses the toolchain, later `modfile.Parse` or
`modfile.ParseWork` (golang.org/x/mod/modfile, rule.go and work.go) reads it whole. Two things that the real one refuses
are let pass here: versions of modules in any form (in a main module cmd/go looks a branch's name up) and a major
version that does not fit its path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goswitch.model.gomod import Line
from goswitch.model.goquote import quote, unquote
from goswitch.model.modsyntax import Statement, SyntaxFault, statements

if TYPE_CHECKING:
    from collections.abc import Callable

GO_LINE = re.compile(r"[1-9][0-9]*\.(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))?(?:[a-z]+[0-9]+)?", re.ASCII)
TOOLCHAIN_LINE = re.compile(r"default|go1|go1\..*", re.DOTALL)

_BLOCKS = {
    "go.mod": frozenset({"module", "godebug", "require", "exclude", "replace", "retract", "tool", "ignore"}),
    "go.work": frozenset({"godebug", "use", "replace"}),
}
_LINES = {
    "go.mod": _BLOCKS["go.mod"] | {"go", "toolchain"},
    "go.work": _BLOCKS["go.work"] | {"go", "toolchain"},
}

FIRST_READ_BY = {"toolchain": "1.21", "godebug": "1.23", "tool": "1.24", "ignore": "1.25"}
"""The series from which on cmd/go knows a directive; older ones say `unknown directive`."""


@dataclass(frozen=True)
class Refusal:
    """A fault with Go's own words. Go shows the column only where it is not 1."""

    line: int
    column: int
    text: str


@dataclass(frozen=True)
class Require:
    """A dependency that a go.mod names."""

    path: str
    version: str
    line: int


@dataclass(frozen=True)
class Replace:
    """A replacement: `old_version` is "" for every version, `new_version` "" for a directory."""

    path: str
    old_version: str
    new_path: str
    new_version: str
    line: int


@dataclass
class Modfile:
    """What the strict parser reads. With refusals the whole file is refused, and the rest is only what is clear."""

    go: Line | None = None
    toolchain: Line | None = None
    module: Line | None = None
    requires: list[Require] = field(default_factory=list)
    replaces: list[Replace] = field(default_factory=list)
    uses: list[Line] = field(default_factory=list)
    directives: list[tuple[str, int, int]] = field(default_factory=list)
    """Each line's verb, line and column."""
    refusals: list[Refusal] = field(default_factory=list)


class _Refused(ValueError):
    """One line is refused, with Go's words."""


def parse(data: bytes, name: str) -> Modfile:
    """Read a file as the strict parser does. `name` is `go.mod` or `go.work`, which have different directives."""
    result = Modfile()
    try:
        found = statements(data)
    except SyntaxFault as fault:
        result.refusals.append(Refusal(fault.line, fault.column, fault.text.replace("{file}", name)))
        return result
    for statement in found:
        try:
            _add(result, statement, name)
        except _Refused as refused:
            result.refusals.append(Refusal(statement.line, statement.column, str(refused)))
    return result


def _add(result: Modfile, statement: Statement, name: str) -> None:
    block = statement.words[: statement.block]
    if statement.opens:
        if len(statement.words) > 1 or statement.words[0] not in _BLOCKS[name]:
            raise _Refused(f"unknown block type: {' '.join(statement.words)}")
        return
    if block and (len(block) > 1 or block[0] not in _BLOCKS[name]):
        return  # the block itself is refused already
    verb, arguments = statement.words[0], list(statement.words[1:])
    if verb not in _LINES[name]:
        raise _Refused(f"unknown directive: {verb}")
    result.directives.append((verb, statement.line, statement.column))
    _DIRECTIVES[verb](result, arguments, statement.line)


def _go(result: Modfile, arguments: list[str], line: int) -> None:
    if result.go is not None:
        raise _Refused("repeated go statement")
    if len(arguments) != 1:
        raise _Refused("go directive expects exactly one argument")
    if GO_LINE.fullmatch(arguments[0]) is None:
        raise _Refused(f"invalid go version '{arguments[0]}': must match format 1.23.0")
    result.go = Line(arguments[0], line)


def _toolchain(result: Modfile, arguments: list[str], line: int) -> None:
    if result.toolchain is not None:
        raise _Refused("repeated toolchain statement")
    if len(arguments) != 1:
        raise _Refused("toolchain directive expects exactly one argument")
    if TOOLCHAIN_LINE.fullmatch(arguments[0]) is None:
        raise _Refused(f"invalid toolchain version '{arguments[0]}': must match format go1.23.0 or default")
    result.toolchain = Line(arguments[0], line)


def _module(result: Modfile, arguments: list[str], line: int) -> None:
    if result.module is not None:
        raise _Refused("repeated module statement")
    result.module = Line("", line)
    if len(arguments) != 1:
        raise _Refused("usage: module module/path")
    result.module = Line(_string(arguments[0]), line)


def _require(result: Modfile, arguments: list[str], line: int) -> None:
    path, version = _path_and_version("require", arguments)
    result.requires.append(Require(path, version, line))


def _exclude(_result: Modfile, arguments: list[str], _line: int) -> None:
    _path_and_version("exclude", arguments)


def _path_and_version(verb: str, arguments: list[str]) -> tuple[str, str]:
    if len(arguments) != 2:  # noqa: PLR2004 - a path and a version
        raise _Refused(f"usage: {verb} module/path v1.2.3")
    path = _string(arguments[0])
    return path, _version(verb, path, arguments[1])


def _replace(result: Modfile, arguments: list[str], line: int) -> None:
    arrow = 1 if arguments[1:2] == ["=>"] else 2
    if not arrow + 2 <= len(arguments) <= arrow + 3 or arguments[arrow] != "=>":
        raise _Refused(
            "usage: replace module/path [v1.2.3] => other/module v1.4\n"
            "\t or replace module/path [v1.2.3] => ../local/directory"
        )
    path = _string(arguments[0])
    old = _version("replace", path, arguments[1]) if arrow == 2 else ""  # noqa: PLR2004 - path, version, arrow
    target = _string(arguments[arrow + 1])
    new = ""
    if len(arguments) == arrow + 2:
        if not is_directory(target):
            if "@" in target:
                raise _Refused("replacement module must match format 'path version', not 'path@version'")
            raise _Refused(
                "replacement module without version must be directory path (rooted or starting with . or ..)"
            )
        if "\\" in target:
            raise _Refused("replacement directory appears to be Windows path (on a non-windows system)")
    else:
        new = _version("replace", target, arguments[arrow + 2])
        if is_directory(target):
            raise _Refused(f"replacement module directory path {quote(target)} cannot have version")
    result.replaces.append(Replace(path, old, target, new, line))


def _retract(_result: Modfile, arguments: list[str], _line: int) -> None:
    rest = list(arguments)
    if not rest or rest[0] == "(":
        raise _Refused("expected '[' or version")
    if rest[0] != "[":
        _version("retract", "", rest.pop(0))
    else:
        rest.pop(0)
        for closing, before in ((",", "'['"), ("]", "','")):
            if not rest:
                raise _Refused(f"expected version after {before}")
            _version("retract", "", rest.pop(0))
            if rest[:1] != [closing]:
                raise _Refused(f"expected '{closing}' after version")
            rest.pop(0)
    if rest:
        raise _Refused(f"unexpected token after version: {quote(rest[0])}")


def _godebug(_result: Modfile, arguments: list[str], _line: int) -> None:
    if len(arguments) != 1 or re.search("[\"`',]", arguments[0]) or "=" not in arguments[0]:
        raise _Refused("usage: godebug key=value")


def _tool(_result: Modfile, arguments: list[str], _line: int) -> None:
    if len(arguments) != 1:
        raise _Refused("tool directive expects exactly one argument")
    _string(arguments[0])


def _ignore(_result: Modfile, arguments: list[str], _line: int) -> None:
    if len(arguments) != 1:
        raise _Refused("ignore directive expects exactly one argument")
    _string(arguments[0])


def _use(result: Modfile, arguments: list[str], line: int) -> None:
    if len(arguments) != 1:
        raise _Refused("usage: use local/dir")
    result.uses.append(Line(_string(arguments[0]), line))


_DIRECTIVES: dict[str, Callable[[Modfile, list[str], int], None]] = {
    "go": _go, "toolchain": _toolchain, "module": _module, "require": _require, "exclude": _exclude,
    "replace": _replace, "retract": _retract, "godebug": _godebug, "tool": _tool, "ignore": _ignore, "use": _use,
}  # fmt: skip


def is_directory(path: str) -> bool:
    """Tell whether a replacement or a `use` names a directory (`modfile.IsDirectoryPath`)."""
    return re.match(r"\.{1,2}(?:[/\\]|$)|[/\\]|[A-Za-z]:", path) is not None


def _string(word: str) -> str:
    try:
        return unquote(word)
    except ValueError as error:
        raise _Refused(f"invalid quoted string: {error}") from None


def _version(verb: str, path: str, word: str) -> str:
    try:
        return unquote(word)
    except ValueError as error:
        prefix = f"{verb} {path}: " if path else f"{verb}: "
        raise _Refused(f"{prefix}version {quote(word)} invalid: {error}") from None
