"""Doctor's tables as a person reads them: one line a row where they fit, else a few lines a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goswitch.cli.console import table
from goswitch.cli.findings import place_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from goswitch.cli.screen import Screen
    from goswitch.doctor.bindings import Row
    from goswitch.doctor.probes.path_gos import OnPath

_MARK = "! "
_SAME = "the same"


def bindings_lines(rows: Sequence[Row], screen: Screen, shown: Callable[[Path], str]) -> list[str]:
    """Return the table of bindings. A `!` marks what disagrees; a row that is the first one again says so."""
    cells = [_cells(row, rows[0], shown) for row in rows]
    head = ("", "version", "go", "GOROOT", "decided by")
    lines = table([tuple(f"{_blank()}{word}" if not i else word for i, word in enumerate(head)), *cells])
    if max(len(line) for line in lines) > screen.width:
        return _stacked(rows, cells, screen)
    return [screen.style(lines[0], "heading")] + [
        _marked(line, row, screen) for line, row in zip(lines[1:], rows, strict=True)
    ]


def _stacked(rows: Sequence[Row], cells: Sequence[tuple[str, ...]], screen: Screen) -> list[str]:
    """Return a few lines a row: who and version and what decided; go; its GOROOT if it is another's."""
    who = max(len(cell[0]) for cell in cells)
    version = max(len(cell[1]) for cell in cells)
    indent = " " * (who + 2)
    lines: list[str] = []
    for row, (name, number, program, goroot, why) in zip(rows, cells, strict=True):
        first = f"{name.ljust(who)}  {number.ljust(version)}  "
        wrapped = screen.wrap(why, " " * len(first), first=first)
        lines.append(_marked(wrapped[0], row, screen))
        lines += [_marked(line, row, screen) for line in wrapped[1:]]
        if program not in {"", _SAME}:
            lines.append(f"{indent}{program}")
        if goroot not in {"", _SAME} and program != f"{goroot}/bin/go":
            lines.append(f"{indent}GOROOT {goroot}")
    return lines


def _cells(row: Row, first: Row, shown: Callable[[Path], str]) -> tuple[str, str, str, str, str]:
    who = f"{_blank() if row.agrees else _MARK}{row.who}"
    if row is not first and (row.program, row.goroot, row.version, row.why) == (
        first.program,
        first.goroot,
        first.version,
        first.why,
    ):
        return who, row.version or "?", _SAME, _SAME, _SAME
    why = row.why if row.place is None else f"{place_text(row.place, shown)} ({row.why})"
    return (
        who,
        row.version or "?",
        shown(row.program) if row.program is not None else "",
        shown(row.goroot) if row.goroot is not None else "",
        why,
    )


def _blank() -> str:
    return " " * len(_MARK)


def _marked(line: str, row: Row, screen: Screen) -> str:
    return line if row.agrees else screen.style(line, "warning")


def path_lines(gos: Sequence[OnPath], screen: Screen, shown: Callable[[Path], str]) -> list[str]:
    """Return every go on PATH in the order in which they win, with what each is."""
    ours = next((i for i, go in enumerate(gos) if go.is_ours), None)
    rows = []
    for number, go in enumerate(gos):
        shadows = ours is not None and number < ours
        what = "shim of goswitch" if go.is_ours else go.owner or "owner unknown"
        rows.append((f"{_MARK if shadows else _blank()}{number + 1}.", go.version or "?", shown(go.program), what))
    lines = table(rows)
    return [screen.style(f"{line}: before the shims", "warning") if line.startswith(_MARK) else line for line in lines]


def row_data(row: Row) -> dict[str, Any]:
    """Return a row of bindings as JSON has it."""
    place = row.place
    return {
        "who": row.who,
        "program": str(row.program) if row.program is not None else None,
        "goroot": str(row.goroot) if row.goroot is not None else None,
        "version": row.version or None,
        "decided_by": row.why,
        "place": {"file": str(place.file), "line": place.line or None} if place is not None else None,
        "agrees": row.agrees,
    }


def on_path_data(go: OnPath) -> dict[str, Any]:
    """Return a go on PATH as JSON has it."""
    return {
        "program": str(go.program),
        "kind": go.what.value,
        "version": go.version or None,
        "owner": go.owner or None,
        "goroot": str(go.goroot) if go.goroot is not None else None,
    }
