"""`#cgo` lines of Go files that a target builds: which flags they give to compiler and linker (go/build: saveCgo)."""

from __future__ import annotations

import posixpath
import re
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_IMPORTS_C = re.compile(r'^\s*(?:import\s+)?"C"', re.MULTILINE)
_LINE = re.compile(
    r"\s*(?://)?\s*#cgo\s+(?P<conditions>[^:]*?)\b(?P<kind>CFLAGS|CPPFLAGS|CXXFLAGS|FFLAGS|LDFLAGS):(?P<flags>.*)"
)
_BUILD = re.compile(r"^//go:build\s+(.+)$", re.MULTILINE)
_WORD = re.compile(r"&&|\|\||!|\(|\)|[\w.]+")
_UNIX = frozenset(
    {"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "linux", "netbsd", "openbsd"}
) | {"solaris"}
_SYSTEMS = _UNIX | {"js", "nacl", "plan9", "wasip1", "windows", "zos"}
_MACHINES = frozenset({"386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle"}) | {
    "ppc64", "ppc64le", "riscv64", "s390x", "wasm"
}  # fmt: skip


@dataclass(frozen=True)
class CgoLine:
    """The flags of one line."""

    kind: str
    flags: tuple[str, ...]
    line: int


def cgo_lines(text: str, name: str, folder: str, goos: str, goarch: str) -> list[CgoLine]:
    """Return the `#cgo` lines of a file `folder/name` that count on a platform; none if it is not built there.

    Tags that are neither platform nor `cgo`, `gc` and `go1.x` count as not set.
    """
    if _IMPORTS_C.search(text) is None or not _is_built(text, name, goos, goarch):
        return []
    return list(_lines(text, folder, goos, goarch))


def _lines(text: str, folder: str, goos: str, goarch: str) -> Iterator[CgoLine]:
    for number, row in enumerate(text.splitlines(), start=1):
        match = _LINE.match(row)
        if match is None:
            continue
        options = match["conditions"].split()
        if options and not any(all(_holds(term, goos, goarch) for term in option.split(",")) for option in options):
            continue
        try:
            flags = shlex.split(match["flags"].replace("${SRCDIR}", folder))
        except ValueError:
            continue  # Go refuses the line itself: malformed #cgo argument
        yield CgoLine(match["kind"], tuple(_absolute(flags, folder)), number)


def _absolute(flags: list[str], folder: str) -> Iterator[str]:
    """Yield flags with the paths of -I and -L made absolute, as go/build does before they are looked at."""
    is_path = False
    for flag in flags:
        if is_path:
            yield posixpath.join(folder, flag)
            is_path = False
        elif flag in {"-I", "-L"}:
            yield flag
            is_path = True
        elif flag.startswith(("-I", "-L")):
            yield flag[:2] + posixpath.join(folder, flag[2:])
        else:
            yield flag


def _is_built(text: str, name: str, goos: str, goarch: str) -> bool:
    parts = name.removesuffix(".go").removesuffix("_test").split("_")[1:]
    if parts and parts[-1] in _MACHINES and parts.pop() != goarch:
        return False
    if parts and parts[-1] in _SYSTEMS and not _holds(parts[-1], goos, goarch):
        return False
    match = _BUILD.search(text.split("\npackage ", 1)[0])
    return match is None or _Constraint(match[1], goos, goarch).value()


def _holds(term: str, goos: str, goarch: str) -> bool:
    if term.startswith("!"):
        return not _holds(term[1:], goos, goarch)
    also = {"android": "linux", "ios": "darwin", "illumos": "solaris"}.get(goos, "")
    true = {goos, goarch, also, "cgo", "gc"} | ({"unix"} if goos in _UNIX else set())
    return term in true or re.fullmatch(r"go1\.\d+", term) is not None


class _Constraint:
    """A `//go:build` expression."""

    def __init__(self, text: str, goos: str, goarch: str) -> None:
        self._words = [*_WORD.findall(text), ""]
        self._place = 0
        self._platform = (goos, goarch)

    def value(self) -> bool:
        """Return what `a || b` comes to."""
        result = self._all()
        while self._words[self._place] == "||":
            self._place += 1
            result = self._all() or result
        return result

    def _all(self) -> bool:
        result = self._one()
        while self._words[self._place] == "&&":
            self._place += 1
            result = self._one() and result
        return result

    def _one(self) -> bool:
        word = self._words[self._place]
        if not word:
            return False
        self._place += 1
        if word == "!":
            return not self._one()
        if word == "(":
            result = self.value()
            self._place = min(self._place + 1, len(self._words) - 1)
            return result
        return _holds(word, *self._platform)
