"""What cmd/go will make of cgo here: target, compiler, and whether it is on, by the rules of cmd/go/internal/cfg."""

from __future__ import annotations

import shlex
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.doctor.probes.pinned import bound, running_version
from goswitch.doctor.project_facts import CgoAsked, asked
from goswitch.errors import GoswitchError, UsageError
from goswitch.model.cgo_tables import default_cc, platforms
from goswitch.model.version import compare
from goswitch.sdk.goenv import GoEnv, GoSetting
from goswitch.system import look

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.model.version import Version

_CC_MUST_BE_THERE = "1.20"
"""From this version on cgo is off by itself where the default compiler is not on PATH."""


@dataclass(frozen=True)
class Cgo:
    """One target. `off` is "" while cgo is on, else why it is off: set, unsupported, cross, compiler."""

    asked: CgoAsked
    goroot: Path
    version: Version | None
    goos: str
    goarch: str
    known: bool
    setting: GoSetting | None
    cc: tuple[str, ...]
    cc_origin: str
    program: Path | None
    off: str

    @property
    def target(self) -> str:
        """GOOS/GOARCH."""
        return f"{self.goos}/{self.goarch}"

    def source(self, *names: str) -> str:
        """Return the first of these files under the SDK's src that is there; "" if none is."""
        for name in names:
            data = look.read_regular(self.goroot / "src" / name)
            if data is not None:
                return data.decode("utf-8", "replace")
        return ""


def cgo(facts: Facts) -> Cgo | None:
    """Return what will happen, or None where nobody asked for it; UsageError where no Go runs here."""
    question = asked(facts).cgo
    if question is None:
        return None
    binding = facts.ask(bound)
    if isinstance(binding, GoswitchError):
        raise UsageError(f"there is no Go here to ask about cgo: {binding.message}", help=binding.help)
    goroot = binding.sdk or (binding.program.resolve().parent.parent if binding.program is not None else facts.cwd)
    settings = GoEnv(facts.world, facts.layout)
    host = facts.world.platform
    goos = question.goos or _value(settings, "GOOS") or host.goos
    goarch = question.goarch or _value(settings, "GOARCH") or host.goarch
    partial = Cgo(question, goroot, facts.ask(running_version), goos, goarch, True, None, (), "", None, "")  # noqa: FBT003 - a row of fields
    table = platforms(partial.source("internal/platform/zosarch.go", "go/build/zcgo.go"))
    cc, origin = _compiler(settings, partial)
    found = shutil.which(cc[0], path=facts.env.get("PATH", "")) if cc else None
    setting = settings.get("CGO_ENABLED")
    off = ""
    if setting is not None and setting.value in {"0", "1"}:
        off = "set" if setting.value == "0" else ""
    elif (goos, goarch) != (host.goos, host.goarch):
        off = "cross"
    elif origin == _DEFAULT and found is None and not _is_old(partial.version):
        off = "compiler"
    if off != "set" and table and not table.get((goos, goarch), False):
        off = "unsupported"
    return Cgo(
        question,
        goroot,
        partial.version,
        goos,
        goarch,
        # The older table has only those with cgo.
        known=(goos, goarch) in table or not any(not supported for supported in table.values()),
        setting=setting,
        cc=cc,
        cc_origin=origin,
        program=facts.cwd / found if found is not None else None,
        off=off,
    )


_DEFAULT = "the default"


def _compiler(settings: GoEnv, partial: Cgo) -> tuple[tuple[str, ...], str]:
    setting = settings.get("CC")
    if setting is None:
        source = partial.source("cmd/go/internal/cfg/zdefaultcc.go")
        return (default_cc(source, partial.goos, partial.goarch),), _DEFAULT
    try:
        return tuple(shlex.split(setting.value)), setting.origin
    except ValueError:
        return tuple(setting.value.split()), setting.origin


def _value(settings: GoEnv, name: str) -> str:
    setting = settings.get(name)
    return setting.value if setting is not None else ""


def _is_old(version: Version | None) -> bool:
    return version is not None and compare(version.text, _CC_MUST_BE_THERE) < 0
