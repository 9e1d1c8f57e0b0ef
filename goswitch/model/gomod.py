"""Floors: what the `go` and `toolchain` lines of a go.mod or go.work ask for at least.

The scan is cmd/go's quick scanner (`GoModLookup` in `cmd/go/internal/gover/gomod.go`), which chooses the toolchain
before anything is parsed: the first line that begins with the key wins. Ours ends earlier, at the first directive below
the go line (DESIGN: most sh read a file byte by byte), as `shims/floor.sh` does. The strict parser is another matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from goswitch.model.version import compare, from_toolchain, is_valid, language

_BLANKS = b" \t\r\v\f"
_ENDS = frozenset({b"require", b"replace", b"exclude", b"retract", b"use", b"tool", b"ignore", b"godebug"})


@dataclass(frozen=True)
class Line:
    """The value of a line, as it stands there, and its number, counted from 1."""

    value: str
    line: int


@dataclass(frozen=True)
class Scan:
    """What the quick scanner sees in a file."""

    go: Line | None
    toolchain: Line | None


@dataclass(frozen=True)
class Floor:
    """A minimum. `keyword` is `go` or `toolchain`, `value` the line's own word, `version` what it means."""

    keyword: str
    value: str
    version: str
    line: int

    def __str__(self) -> str:
        return f"{self.keyword} {self.value}"

    @property
    def install_request(self) -> str:
        """What to install to satisfy it: the series for a go line, the exact version where the floor is so exact."""
        if self.keyword == "toolchain" or not language(self.version):
            return self.version
        prerelease = self.version.removeprefix(language(self.version)).lstrip(".0123456789")
        if prerelease:
            return self.version
        # `go 1` means 1.0, which is how a request spells it.
        return language(self.version) if "." in self.version else f"{self.version}.0"


def scan(data: bytes, *, whole: bool = False) -> Scan:
    """Return the go and toolchain lines of a go.mod or go.work as the quick scanner reads them.

    `whole` reads on to the end of the file, as cmd/go does.
    """
    go: Line | None = None
    toolchain: Line | None = None
    for number, raw in enumerate(data.split(b"\n"), start=1):
        line = raw.strip(_BLANKS)
        if go is None and (value := _value(line, b"go")) is not None:
            go = Line(value, number)
        elif toolchain is None and (value := _value(line, b"toolchain")) is not None:
            toolchain = Line(value, number)
        elif not whole and go is not None and _word(line) in _ENDS:
            break
        if go is not None and toolchain is not None:
            break
    return Scan(go, toolchain)


def floor_of(seen: Scan) -> Floor | None:
    """Return the larger of the two lines by Go's order (`toolchain` only if it is above `go`), or None.

    A value that is no version gives no floor: cmd/go says in its own words what is wrong with it.
    """
    floor: Floor | None = None
    if seen.go is not None and is_valid(seen.go.value):
        floor = Floor("go", seen.go.value, seen.go.value, seen.go.line)
    if seen.toolchain is not None and seen.toolchain.value.startswith("go"):
        version = from_toolchain(seen.toolchain.value)
        if version and (floor is None or compare(version, floor.version) > 0):
            return Floor("toolchain", seen.toolchain.value, version, seen.toolchain.line)
    return floor


def satisfies(version: str, floor: Floor) -> bool:
    """Tell whether cmd/go of this version runs where this floor holds (`gover.Compare`)."""
    return compare(version, floor.version) >= 0


def development_version(first_line: str) -> str:
    """Return the version that the first line of VERSION or VERSION.cache names, or "".

    A development build counts as its language version, as cmd/go counts itself (`gover.Local`): both spellings,
    `devel go1.24-abcdef DATE` and `go1.24-devel_abcdef`.
    """
    words = first_line.split()
    if words[:1] == ["devel"]:
        words = words[1:]
    return from_toolchain(words[0]) if words else ""


def _value(line: bytes, key: bytes) -> str | None:
    if not line.startswith(key) or line[len(key) : len(key) + 1] not in {b" ", b"\t"}:
        return None
    return line[len(key) :].split(b"//", 1)[0].strip(_BLANKS).decode("utf-8", "surrogateescape")


def _word(line: bytes) -> bytes:
    for end in (b" ", b"\t", b"("):
        line = line.split(end, 1)[0]
    return line
