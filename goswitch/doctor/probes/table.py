"""The table of bindings: for each who starts Go here, which go, which GOROOT, which version, decided by what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.bindings import Row, compared
from goswitch.doctor.probes.editors import goland_project, vscode_project
from goswitch.doctor.probes.here import go_settings, here
from goswitch.doctor.probes.mentioned import mentioned
from goswitch.doctor.probes.path_gos import What, path_gos
from goswitch.integrate import makefile
from goswitch.model.finding import Place
from goswitch.model.switching import SETTING
from goswitch.resolve.next_go import ITSELF, version_in
from goswitch.system import look
from goswitch.system.processes import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.editors import EditorSdk
from goswitch.doctor.probes.path_gos import OnPath

SHELL, SH, MAKE, CMD_GO, GOLAND, VSCODE = "this shell", "sh -c", "make", "cmd/go", "GoLand", "VS Code"


def bindings(facts: Facts) -> tuple[Row, ...]:
    """Return the rows, those that name another version than is bound here marked."""
    rows = [_shell(facts), _sh(facts), *_make(facts), *_cmd_go(facts)]
    rows += [row for row in (_editor(GOLAND, facts, goland_project), _editor(VSCODE, facts, vscode_project)) if row]
    rows += facts.ask(mentioned)
    at = facts.ask(here)
    return compared(rows, at.name or rows[0].version)


def _shell(facts: Facts) -> Row:
    gos = facts.ask(path_gos)
    return _row_of(SHELL, gos[0], facts) if gos else _nothing(SHELL, facts)


def _nothing(who: str, facts: Facts) -> Row:
    error = facts.ask(here).error
    return Row(who, None, None, "", error.message if error is not None else "no go on PATH", agrees=False)


def _row_of(who: str, go: OnPath, facts: Facts) -> Row:
    at = facts.ask(here)
    if go.is_ours:
        if at.binding is None:
            return Row(who, go.program, None, "", at.error.message if at.error is not None else "", agrees=False)
        origin = at.binding.origin
        place = Place(Path(origin.place), origin.line) if origin is not None and origin.line else None
        why = at.binding.by.value if place is not None else at.binding.reason
        return Row(who, go.program, at.goroot, go.version, why, place)
    goroot, why = go.goroot, f"first on PATH{f', {go.owner}' if go.owner else ''}"
    found = facts.ask(go_settings).get("GOROOT")
    if found is not None and go.what is What.PROGRAM:
        goroot = Path(found.value)
    return Row(who, go.program, goroot, go.version, why)


def _sh(facts: Facts) -> Row:
    answer = ask(["/bin/sh", "-c", "command -v go"], cwd=facts.cwd, env=facts.env)
    said = answer.out.strip()
    for go in facts.ask(path_gos):
        if said == str(go.program):
            return _row_of(SH, go, facts)
    if said.startswith("/"):
        return Row(SH, Path(said), None, "", "PATH, as sh reads it")
    return _nothing(SH, facts)


def _make(facts: Facts) -> Iterator[Row]:
    path = next((facts.cwd / name for name in makefile.NAMES if (facts.cwd / name).is_file()), None)
    if path is None:
        return
    data = look.read_regular(path) or b""
    assigned = makefile.read_makefile(data.decode("utf-8", "surrogateescape"))
    shell = _known_answers(facts)
    for name in ("GO", "GOROOT"):
        found = assigned.get(name)
        if found is None or (name == "GO" and found.text in {"go", "$(shell which go)", "$(shell command -v go)"}):
            continue
        value = makefile.value_of(name, assigned, facts.env, shell)
        yield _make_row(name, value, Place(path, found.line), found.text, facts)
        return
    yield Row(MAKE, *_tail(_sh(facts)))


def _make_row(name: str, value: str | None, place: Place, text: str, facts: Facts) -> Row:
    why = f"{name} = {text}"
    if not value or not value.startswith("/"):
        return Row(MAKE, None, None, "", why if value is None else f"{why}: {value or 'nothing'}", place)
    program = Path(value) if name == "GO" else Path(value) / "bin/go"
    for go in facts.ask(path_gos):
        if go.program == program:
            return Row(MAKE, program, go.goroot, go.version, why, place)
    goroot = program.resolve().parent.parent
    version = version_in(goroot)
    missing = "" if look.is_program(program) else ": no go there"
    return Row(MAKE, program, goroot, f"go{version}" if version else "", why + missing, place, agrees=not missing)


def _known_answers(facts: Facts) -> dict[str, str]:
    root = facts.ask(here).goroot
    answers = {"goswitch root": str(root) if root is not None else ""}
    for name in (".go-version",):
        data = look.read_regular(facts.cwd / name)
        if data is not None:
            answers |= dict.fromkeys((f"cat {name}", f"cat ./{name}"), data.decode("utf-8", "replace").strip())
    return answers


def _tail(row: Row) -> tuple[Path | None, Path | None, str, str, Place | None, bool]:
    return row.program, row.goroot, row.version, row.why, row.place, row.agrees


def _cmd_go(facts: Facts) -> Iterator[Row]:
    then = facts.ask(here).next
    if then is None:
        return
    program, goroot = facts.ask(here).program, facts.ask(here).goroot
    chosen = then.selection
    version = chosen.toolchain
    setting = then.setting
    said = f"GOTOOLCHAIN={setting.value}" if setting is not None else "GOTOOLCHAIN not set"
    place = Place(setting.file, setting.line) if setting is not None and setting.file is not None else None
    line = then.go if then.go is not None else then.toolchain
    if then.where == ITSELF:
        why = f"stays: {said}"
    else:
        why = f"switches: {said}" if chosen.by == SETTING else f"switches: the {chosen.by}, {said}"
        program, goroot = then.place, then.place.parent.parent if then.place is not None else None
        if then.place is None:
            why += f"; found: {then.where}"
        if chosen.by != SETTING and then.file is not None and line is not None:
            decided = then.toolchain if chosen.by.startswith("toolchain") and then.toolchain is not None else line
            place = Place(then.file, decided.line)
    if then.refusal:
        why = then.refusal
    yield Row(CMD_GO, program, goroot, version, why, place, agrees=not then.refusal)


def _editor(who: str, facts: Facts, probe: Callable[[Facts], EditorSdk | None]) -> Row | None:
    sdk = facts.ask(probe)
    if sdk is None:
        return None
    if sdk.error:
        return Row(who, None, None, "", f"can't be read: {sdk.error}", sdk.place, agrees=False)
    if sdk.folder is None:
        return Row(who, None, None, "", f"{sdk.setting}: {sdk.text or 'empty'}", sdk.place, agrees=False)
    version = version_in(sdk.folder)
    return Row(
        who,
        sdk.program or sdk.folder / "bin/go",
        sdk.folder,
        f"go{version}" if version else "",
        sdk.setting if version else f"{sdk.setting}: no SDK there",
        sdk.place,
        agrees=bool(version),
    )
