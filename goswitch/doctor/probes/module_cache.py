"""Where Go keeps the go.mod files of modules that it has downloaded: GOMODCACHE, read as Go reads it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.sdk.goenv import GoEnv

if TYPE_CHECKING:
    from goswitch.doctor.facts import Facts


def module_cache(facts: Facts) -> Path | None:
    """Return GOMODCACHE, else `pkg/mod` in the first folder of GOPATH, else in ~/go; None where no home is known."""
    settings = GoEnv(facts.world, facts.layout)
    if (cache := settings.get("GOMODCACHE")) is not None:
        return Path(cache.value)
    path = settings.get("GOPATH")
    first = path.value.split(":")[0] if path is not None else ""
    if first:
        return Path(first, "pkg/mod")
    return facts.world.home / "go/pkg/mod" if facts.world.home is not None else None


def cached_go_mod(cache: Path, path: str, version: str) -> Path:
    """Return where the go.mod of a module's version lies: capitals are written `!c` (`module.EscapePath`)."""
    return cache / "cache/download" / _escaped(path) / "@v" / f"{_escaped(version)}.mod"


def _escaped(text: str) -> str:
    return "".join(f"!{letter.lower()}" if "A" <= letter <= "Z" else letter for letter in text)
