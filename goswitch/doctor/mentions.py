"""What files of other tools say about Go, held against the pin, or without one against the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.probes.modfiles import modfiles
from goswitch.doctor.probes.pinned import Pinned, pinned
from goswitch.doctor.probes.project import project_files
from goswitch.errors import DiskError
from goswitch.integrate.jsonc import NotJsonc
from goswitch.model.agreement import Agreement, agreement, is_below
from goswitch.model.finding import Kind, Place, Severity
from goswitch.model.marked import Unreadable
from goswitch.model.pin import go_version_word
from goswitch.model.request import Alias, Exact, Malformed, parse_pin
from goswitch.model.version import is_valid
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.integrate.mention import Mention
    from goswitch.model.finding import Finding
    from goswitch.model.request import Remote

MOVES = Kind(
    "go-that-moves",
    Severity.NOTE,
    title="An image or a CI file asks for a Go that moves with each release",
    cause="a tag or a word without a patch, such as `golang:1.22`, `latest` or `stable`, beside an exact pin",
    message="it means the pin's version until the next release; from then on it builds with another",
    cure="write the exact version there",
)

BELOW_FLOOR = Kind(
    "go-below-floor",
    Severity.ERROR,
    title="An image or a CI file brings a Go below the go line",
    cause="the go line was raised, by hand or by `go get`, and the file was left",
    message='Go refuses there: "go: go.mod requires go >= 1.23 (running go 1.22.4; GOTOOLCHAIN=local)"',
    cure="write a version there that satisfies the go line",
)

SHRINKS = Kind(
    "yaml-shortens-version",
    Severity.ERROR,
    title="A version without quotes is a number, and YAML shortens it",
    cause="1.20 without quotes is the number 1.2",
    message="Go 1.2 is asked for, which no tool can install, or another than was meant",
    cure="put quotes around it: '1.20'",
)

UNREADABLE = Kind(
    "file-unreadable",
    Severity.WARNING,
    title="A file of another tool is not of its format",
    cause="a typing mistake, or a template that is not filled in",
    message="its tool will refuse it; what it says about Go is not known",
    cure="mend the file",
)

SHARED = (MOVES, BELOW_FLOOR, SHRINKS, UNREADABLE)
"""What each check of such files may find beside its own."""


def compare_files(
    facts: Facts, kind: Kind, files: Iterable[Path], read: Callable[[str], Iterable[Mention]]
) -> Iterator[Finding]:
    """Read files and hold what they say against the project; `kind` is for a Go that is not the pin's."""
    for path in files:
        try:
            for mention in read(text_of(path)):
                yield from compare_mention(facts, kind, path, mention)
        except (Unreadable, NotJsonc) as bad:
            yield UNREADABLE.found(
                f"{path.name} can't be read: {bad.reason}",
                place=Place(path, bad.line),
                cure=f"mend {path.name}" + (f", line {bad.line}" if bad.line else ""),
            )


def compare_mention(facts: Facts, kind: Kind, path: Path, mention: Mention) -> Iterator[Finding]:
    """Hold one place against the pin, or without one against the floor."""
    place = Place(path, mention.line)
    if mention.shrinks:
        word = mention.what.partition(":")[2].strip()
        yield SHRINKS.found(
            f"{mention.what} is the number {float(word)} to YAML", place=place, cure=f"put quotes around it: '{word}'"
        )
        return
    if mention.asks is None:
        return
    pin = facts.ask(pinned)
    if pin is None:
        yield from _against_floor(facts, place, mention)
        return
    verdicts = [agreement(pin.request, pin.version, asks) for asks in mention.choices or (mention.asks,)]
    if all(verdict is Agreement.OTHER for verdict in verdicts):
        if _is_of_a_folder_below(facts, mention.asks):
            return
        yield kind.found(
            f"{mention.what} is another Go than the pin {pin}",
            place=place,
            cure=f"write {_meant(pin)} there, or goswitch pin {mention.asks}",
        )
    elif verdicts == [Agreement.MOVES] and isinstance(pin.request, Exact):
        yield MOVES.found(
            f"{mention.what} moves with each release, the pin is {pin}",
            place=place,
            cure=f"write {_meant(pin)} there",
            severity=Severity.WARNING if isinstance(mention.asks, Alias) else None,
        )


def text_of(path: Path) -> str:
    """Return a file's text; DiskError if it can't be read."""
    data = look.read_regular(path)
    if data is None:
        raise DiskError(f"{path}: cannot be read", help=f"ls -l {path}")
    return data.decode("utf-8", "surrogateescape")


def _against_floor(facts: Facts, place: Place, mention: Mention) -> Iterator[Finding]:
    file = facts.ask(modfiles).deciding
    go = file.go if file is not None else None
    if file is None or go is None or not is_valid(go.value) or mention.asks is None:
        return
    if all(is_below(asks, go.value) for asks in mention.choices or (mention.asks,)):
        version = str(mention.asks)
        yield BELOW_FLOOR.found(
            f"{mention.what} is below `go {go.value}` of {file.path.name}",
            why=f'with GOTOOLCHAIN=local, as official images have it, Go refuses: "go: {file.path.name} requires'
            f' go >= {go.value} (running go {version}; GOTOOLCHAIN=local)"',
            place=place,
            cure=f"write {go.value} there",
        )


def _is_of_a_folder_below(facts: Facts, asks: Remote) -> bool:
    """Tell whether a folder below, with a pin of its own, is meant."""
    for path in facts.ask(project_files).pins:
        word = go_version_word(look.read_regular(path) or b"")
        try:
            request = parse_pin(word.word) if word is not None else None
        except Malformed:
            continue
        version = request.version if isinstance(request, Exact) else None
        if request is not None and agreement(request, version, asks) in {Agreement.SAME, Agreement.MOVES}:
            return True
    return False


def _meant(pin: Pinned) -> str:
    return str(pin.version or pin.request)
