"""What `verify` found, as lines for a person and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.errors import GoswitchError
    from goswitch.sdk.digests import Differences
    from goswitch.sdk.logcheck import LogCheck
    from goswitch.sdk.verify import Verified


def as_lines(name: str, result: Verified) -> Iterator[str]:
    """Yield what was found, one fact a line, each behind the SDK's name."""
    if result.recorded and not result.differences:
        yield f"{name}: {result.files} files are as they were installed"
    shown: set[str] = set()
    log = result.log
    for differences in (result.differences, log.differences if log is not None else None):
        for line in _rows(differences) if differences is not None else ():
            if line not in shown:
                shown.add(line)
                yield f"{name}: {line}"
    if log is not None:
        for line in _log_lines(log):
            yield f"{name}: {line}"


def _rows(differences: Differences) -> Iterator[str]:
    for file in differences.changed:
        yield f"changed: {file}"
    for file in differences.missing:
        yield f"missing: {file}"
    for file in differences.extra:
        yield f"extra: {file}" + (" (under src/: Go compiles it, which breaks builds)" if _breaks_builds(file) else "")
    for file, mode, why in differences.wrong_mode:
        yield f"wrong mode: {file} is {mode:04o}: {why}"


def _breaks_builds(file: str) -> bool:
    return file.startswith("src/")


def _log_lines(log: LogCheck) -> Iterator[str]:
    by = f"{log.stated.by} (record {log.stated.record})"
    if log.holds:
        yield f"its hash {log.found} is the one that {by} states for {log.module}"
    elif log.setting is not None:
        yield f"it is what {by} states for {log.module}, but for {log.setting} in go.env"
    else:
        yield f"its hash is {log.found}, but {by} states {log.stated.value} for {log.module}"
    if log.unknown is not None:
        yield f"in which files it differs is not known: {log.unknown}"
    if log.unproven:
        yield f"not in the module, so not proven: {', '.join(log.unproven)}"


def summary(name: str, result: Verified) -> str:
    """Return the one fact about an SDK that differs."""
    found = result.differences
    log = result.log
    if log is not None and log.setting is not None and not (result.recorded and found):
        return f"{name} differs from what Go published in one setting: {log.setting} in go.env"
    if log is not None and not log.holds:
        found = log.differences or found
        whose = "what Go published"
    else:
        whose = "what was installed" if result.recorded else "what an SDK needs"
    counts = (
        (len(found.changed), "changed"),
        (len(found.missing), "missing"),
        (len(found.extra), "extra"),
        (len(found.wrong_mode), "with a wrong mode"),
    )
    said = ", ".join(f"{count} {what}" for count, what in counts if count)
    return f"{name} differs from {whose}" + (f": {said}" if said else "")


def as_data(name: str, path: Path, result: Verified | None, error: GoswitchError | None) -> dict[str, Any]:
    """Return what was found as JSON has it. `status` is `holds`, `differs` or `not verified`."""
    row: dict[str, Any] = {"name": name, "path": str(path)}
    if result is None:
        return row | {"status": "not verified", "error": error.message if error is not None else None}
    row |= {"status": "holds" if result.holds else "differs", "files": result.files}
    row |= {"installed": _differences(result.differences) if result.recorded else None}
    if not result.recorded:
        row |= {"wrong_mode": _differences(result.differences)["wrong_mode"]}
    log = result.log
    if log is not None:
        row["log"] = {
            "holds": log.holds,
            "module": log.module,
            "by": log.stated.by,
            "record": log.stated.record,
            "stated": log.stated.value,
            "found": log.found,
            "only": f"{log.setting} in go.env" if log.setting is not None else None,
            "differences": _differences(log.differences) if log.differences is not None else None,
            "unknown": log.unknown,
            "not_proven": list(log.unproven),
        }
    return row


def _differences(found: Differences) -> dict[str, Any]:
    return {
        "changed": list(found.changed),
        "missing": list(found.missing),
        "extra": list(found.extra),
        "breaks_builds": [name for name in found.extra if _breaks_builds(name)],
        "wrong_mode": [
            {"name": wrong.name, "mode": f"{wrong.mode:04o}", "why": wrong.why} for wrong in found.wrong_mode
        ],
    }
