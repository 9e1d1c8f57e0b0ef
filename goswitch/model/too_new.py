"""What a Go does with a go line above itself. From 1.21 on it refuses; older ones mostly try, and say why only after.

`cmd/go` of each release: `gover.TooNewError` since 1.21; "cannot compile" since 1.19.13 and 1.20.8 for 1.22 and later;
before that the strict parser alone, which knows no patch.
"""

from __future__ import annotations

from dataclasses import dataclass

from goswitch.model.version import compare, language

STRICT = "1.21"
"""The first language version whose go lines are a requirement; lower ones are never held against each other."""

_CAN_NOT_COMPILE = "1.22"
_WARNS_SINCE = ("1.19.13", "1.20.8")


@dataclass(frozen=True)
class TooNew:
    """Whether it refuses, and its words."""

    refuses: bool
    words: str


def too_new(version: str, needs: str, *, shown: str, dependency: bool = False, toolchain: str = "local") -> TooNew:
    """Return what Go `version` does where `needs`, a higher go line, stands in `shown` (go.mod, or a module's name)."""
    if compare(version, STRICT) >= 0:
        what = f"module {shown}" if dependency else shown
        return TooNew(
            refuses=True, words=f'"go: {what} requires go >= {needs} (running go {version}; GOTOOLCHAIN={toolchain})"'
        )
    if not dependency and needs != language(needs):
        return TooNew(refuses=True, words=f"\"invalid go version '{needs}': must match format 1.23\"")
    if compare(language(needs), _CAN_NOT_COMPILE) >= 0 and _warns(version):
        return TooNew(refuses=True, words=f'"cannot compile Go {language(needs)} code"')
    return TooNew(
        refuses=False, words=f'it tries, and where the code is too new adds "note: module requires Go {needs}"'
    )


def _warns(version: str) -> bool:
    return any(language(first) == language(version) and compare(version, first) >= 0 for first in _WARNS_SINCE)
