"""Dependencies whose go line is above the Go of this project, by replacements, vendor folder and module cache."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.doctor.probes.module_cache import cached_go_mod, module_cache
from goswitch.doctor.probes.pinned import pinned, running_version
from goswitch.model.finding import Kind, Severity
from goswitch.model.gomod import scan
from goswitch.model.modfile import GO_LINE
from goswitch.model.too_new import STRICT, too_new
from goswitch.model.vendored import vendored_go_lines
from goswitch.model.version import compare
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.modfiles import ReadFile
    from goswitch.model.finding import Finding
    from goswitch.model.modfile import Replace, Require

ABOVE_PIN = Kind(
    "dependency-above-pin",
    Severity.ERROR,
    title="A dependency needs a newer Go than the pin",
    cause="a dependency was updated, and it asks for a newer Go in its own go.mod",
    message='Go refuses: "go: module ./dep requires go >= 1.22.5 (running go 1.22.4; GOTOOLCHAIN=local)"',
    cure="goswitch pin 1.22.5",
)

ABOVE_GO_LINE = Kind(
    "dependency-above-go-line",
    Severity.ERROR,
    title="A dependency needs a newer Go than this module's go line says",
    cause="go.mod was edited by hand, or merged: Go's own commands raise the go line with the dependency",
    message='Go stops, or switches to a newer version: "go: updates to go.mod needed; to update it: go mod tidy"',
    cure="go mod tidy",
)

_LAX = re.compile(r"v?((?:[1-9][0-9]*)\.(?:0|[1-9][0-9]*))(?:[^0-9].*)?", re.ASCII)


@dataclass(frozen=True)
class _Needs:
    """A dependency, where go.mod requires it, and what it asks for."""

    name: str
    shown: str
    line: int
    go: str


@check(ABOVE_PIN, ABOVE_GO_LINE)
def newer_go(facts: Facts) -> Iterator[Finding]:
    """Compare each required module's go line. What is not on this machine can't be compared, and is passed over."""
    pin, files = facts.ask(pinned), facts.ask(modfiles)
    version = pin.version if pin is not None else None
    running = facts.ask(running_version)
    is_strict = running is None or compare(running.text, STRICT) >= 0
    for module in files.modules:
        go = module.go.value if module.go is not None else ""
        for needs in _dependencies(module, files.deciding or module, facts):
            if version is not None and compare(needs.go, version.text) > 0:
                then = too_new(version.text, needs.go, shown=needs.shown, dependency=True)
                yield ABOVE_PIN.found(
                    f"{needs.name} needs Go {needs.go}, the pin is {version}",
                    why=f"Go {version} says: {then.words}",
                    place=module.at(needs.line),
                    cure=f"goswitch pin {needs.go}",
                    severity=None if then.refuses else Severity.WARNING,
                )
            elif is_strict and go and compare(needs.go, go) > 0 and compare(needs.go, STRICT) >= 0:
                yield ABOVE_GO_LINE.found(
                    f"{needs.name} needs Go {needs.go}, the go line says {go}",
                    place=module.at(needs.line),
                    cure="go mod tidy",
                )


def _dependencies(module: ReadFile, deciding: ReadFile, facts: Facts) -> Iterator[_Needs]:
    lines = {require.path: require.line for require in module.strict.requires}
    vendored = look.read_regular(deciding.path.parent / "vendor/modules.txt")
    if vendored is not None:
        for path, version, go in vendored_go_lines(vendored.decode("utf-8", "surrogateescape")):
            if path in lines and GO_LINE.fullmatch(go.value):
                yield _Needs(path, f"{path}@{version}" if version else path, lines[path], go.value)
        return
    cache = facts.ask(module_cache)
    of_work = deciding.strict.replaces if deciding.is_work else []
    for require in module.strict.requires:
        # A go.work's replacement beats those of its modules.
        works = _replacement(require, of_work)
        replace = works or _replacement(require, module.strict.replaces)
        file = _go_mod(require, replace, deciding.path.parent if works else module.path.parent, cache)
        data = look.read_regular(file) if file is not None else None
        go_line = _lax_go(data) if data is not None else ""
        if go_line:
            yield _Needs(require.path, _shown(require, replace), require.line, go_line)


def _replacement(require: Require, replaces: list[Replace]) -> Replace | None:
    fitting = [it for it in replaces if it.path == require.path and it.old_version in {"", require.version}]
    return max(fitting, key=lambda it: bool(it.old_version), default=None)


def _go_mod(require: Require, replace: Replace | None, folder: Path, cache: Path | None) -> Path | None:
    if replace is not None and not replace.new_version:
        return Path(folder, replace.new_path, "go.mod")
    path, version = (replace.new_path, replace.new_version) if replace is not None else (require.path, require.version)
    return cached_go_mod(cache, path, version) if cache is not None else None


def _shown(require: Require, replace: Replace | None) -> str:
    if replace is None:
        return f"{require.path}@{require.version}"
    return f"{replace.new_path}@{replace.new_version}" if replace.new_version else replace.new_path


def _lax_go(data: bytes) -> str:
    """Return the go line of a dependency as cmd/go reads it there: `1.22.x` counts as 1.22."""
    seen = scan(data, whole=True).go
    if seen is None or GO_LINE.fullmatch(seen.value):
        return seen.value if seen is not None else ""
    match = _LAX.fullmatch(seen.value)
    return match[1] if match is not None else ""
