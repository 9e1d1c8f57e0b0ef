"""What `current --explain` shows, as lines for a person and as JSON: the rule, then what cmd/go does itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from goswitch.cli.console import table
from goswitch.model.switching import SETTING
from goswitch.resolve.next_go import DOWNLOAD, IN_CACHE, ITSELF, NOWHERE, ON_PATH

if TYPE_CHECKING:
    from goswitch.doctor.probes.here import Real
    from goswitch.resolve.binding import Binding
    from goswitch.resolve.explain import Explanation
    from goswitch.resolve.next_go import NextGo


def binding_data(binding: Binding) -> dict[str, Any]:
    """Return a binding as JSON has it."""
    return {
        "name": binding.name,
        "version": binding.version.text if binding.version is not None else None,
        "root": str(binding.sdk) if binding.sdk is not None else None,
        "program": str(binding.program) if binding.program is not None else str(binding.sdk) + "/bin/go",
        "by": binding.by.value,
        "origin": {"place": binding.origin.place, "line": binding.origin.line} if binding.origin is not None else None,
        "floor": str(binding.floor) if binding.floor is not None else None,
        "reason": binding.reason,
    }


def explanation_data(result: Explanation, real: Real | None) -> dict[str, Any]:
    """Return an explanation as JSON has it."""
    return {
        "binding": binding_data(result.binding) if result.binding is not None else None,
        "error": result.error.message if result.error is not None else None,
        "rule": result.rule,
        "looked_at": [{"place": look.place, "found": look.found} for look in result.looks],
        "passed_over": [{"place": look.place, "why": look.found} for look in result.passed_over],
        "warnings": result.warnings,
        "goroot": result.goroot,
        "gotoolchain": result.gotoolchain,
        "cmd_go": _next_data(result.next) if result.next is not None else None,
        "go_version": real.toolchain or None if real is not None else None,
    }


def explanation_lines(result: Explanation, real: Real | None) -> list[str]:
    """Return an explanation as a person reads it, the answer first and what compiles last."""
    lines = [result.binding.describe()] if result.binding is not None else []
    lines += ["", "looked at:", *(f"  {line}" for line in table((look.place, look.found) for look in result.looks))]
    lines += ["", f"decided by {result.rule}"]
    if result.passed_over:
        rows = table((look.place, look.found) for look in result.passed_over)
        lines += ["", "passed over:", *(f"  {line}" for line in rows)]
    if result.binding is None:
        return lines
    lines += ["", "the shim sets:", f"  GOROOT       {result.goroot}", f"  GOTOOLCHAIN  {result.gotoolchain}"]
    if result.next is not None:
        lines += ["", "cmd/go itself then:", *(f"  {line}" for line in table(_steps(result.next)))]
    lines += ["", _ending(result.next, real)]
    return lines


def _steps(then: NextGo) -> list[tuple[str, str]]:
    setting = then.setting
    said = f"{setting.value}, from {setting.origin}" if setting is not None else "not set anywhere"
    rows = [("is", f"go{then.local}"), ("GOTOOLCHAIN", said)]
    seen = [f"{name} {line.value} (line {line.line})" for name, line in _lines(then) if line is not None]
    if then.file is not None:
        rows.append(("reads", f"{then.file}: {', '.join(seen) or 'no go line'}"))
    rows.append(("decides", _decision(then)))
    match then.where:
        case w if w == ON_PATH:
            rows.append(("finds it", f"on PATH: {then.place}"))
        case w if w == IN_CACHE:
            rows.append(("finds it", f"in the module cache: {then.place}"))
        case w if w == DOWNLOAD:
            rows.append(("finds it", "nowhere here: it would download it"))
        case w if w == NOWHERE:
            rows.append(("finds it", "nowhere: GOTOOLCHAIN lets it look on PATH only"))
        case _:
            pass
    if then.refusal:
        rows.append(("refuses", then.refusal))
    return rows


def _lines(then: NextGo) -> tuple[tuple[str, Any], ...]:
    return (("go", then.go), ("toolchain", then.toolchain))


def _decision(then: NextGo) -> str:
    chosen = then.selection
    if then.where == ITSELF:
        return "to stay what it is"
    by = f"GOTOOLCHAIN, {then.origin}" if chosen.by == SETTING else f"the {chosen.by}, {then.origin}"
    return f"to become {chosen.toolchain} ({by})"


def _ending(then: NextGo | None, real: Real | None) -> str:
    if real is not None and real.toolchain:
        agrees = then is None or then.version == "" or real.toolchain == f"go{then.version}"
        if then is not None and then.refusal and agrees:
            return f"nothing compiles here; go version is {real.toolchain}"
        return f"compiles with {real.toolchain}" + (": go version, run here, says so" if agrees else "")
    if then is None:
        return "what compiles is not known: the go that runs here names no version"
    return f"compiles with go{then.version}" if then.version else "nothing compiles here"


def _next_data(then: NextGo) -> dict[str, Any]:
    setting = then.setting
    lines = {
        name: {"value": line.value, "line": line.line} if line is not None else None for name, line in _lines(then)
    }
    return {
        "local": then.local,
        "gotoolchain": {
            "value": setting.value,
            "file": str(setting.file) if setting.file is not None else None,
            "line": setting.line or None,
        }
        if setting is not None
        else None,
        "file": str(then.file) if then.file is not None else None,
        **lines,
        "toolchain_chosen": then.selection.toolchain,
        "chosen_by": then.selection.by or None,
        "found": then.where,
        "program": str(then.place) if then.place is not None else None,
        "compiles_with": then.version or None,
        "refusal": then.refusal or None,
    }
