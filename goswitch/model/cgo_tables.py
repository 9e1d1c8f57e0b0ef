"""What an SDK's own source says about cgo: build modes by platform, the default C compiler, the flags it allows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.model.gosource import NotUnderstood, Value, call

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILD_MODES = ("archive", "c-archive", "c-shared", "default", "exe", "pie", "plugin", "shared")
"""All that `go help buildmode` names."""

NEED_CGO = frozenset({"c-archive", "c-shared", "plugin"})

_PLATFORM = re.compile(r'\{"(\w+)", "(\w+)"\}:\s*\{([^}]*)\}|"(\w+)/(\w+)":\s*(true|false)')
_REGEXP = re.compile(r"\bre\(`([^`]*)`\)")
_NEXT = re.compile(r'"([^"]*)"')


def mode_supported(source: str, mode: str, goos: str, goarch: str) -> bool | None:
    """Return what `BuildModeSupported` of internal/platform/supported.go says; None if it can't be told."""
    arguments: dict[str, Value] = {"compiler": "gc", "buildmode": mode, "goos": goos, "goarch": goarch}
    try:
        return bool(call(source, "BuildModeSupported", arguments))
    except (NotUnderstood, ValueError, IndexError):
        return None


def default_cc(source: str, goos: str, goarch: str) -> str:
    """Return what `DefaultCC` of zdefaultcc.go says, else what every official release says."""
    try:
        return str(call(source, "DefaultCC", {"goos": goos, "goarch": goarch}))
    except (NotUnderstood, ValueError, IndexError):
        return "clang" if goos in {"darwin", "ios", "freebsd", "openbsd"} else "gcc"


def platforms(source: str) -> dict[tuple[str, str], bool]:
    """Return the platforms that zosarch.go (zcgo.go before Go 1.21) lists, and whether cgo is supported there."""
    found: dict[tuple[str, str], bool] = {}
    for match in _PLATFORM.finditer(source):
        if match[1]:
            found[match[1], match[2]] = "CgoSupported: true" in match[3]
        else:
            found[match[4], match[5]] = match[6] == "true"
    return found


class AllowList:
    """The flags that `#cgo CFLAGS` and `#cgo LDFLAGS` may have, as security.go of an SDK lists them.

    `allow` and `disallow` are CGO_CFLAGS_ALLOW and _DISALLOW (or those for LDFLAGS), which are asked first.
    """

    def __init__(self, source: str, kind: str, allow: str = "", disallow: str = "") -> None:
        self._valid = _patterns(source, f"valid{kind}Flags")
        self._invalid = _patterns(source, f"invalid{kind}Flags")
        self._next = set(_NEXT.findall(_variable(source, f"valid{kind}FlagsWithNextArg")))
        self._allow = _own(allow)
        self._disallow = _own(disallow)

    @property
    def is_known(self) -> bool:
        """Whether this SDK has such a list; those before Go 1.9.4 have none."""
        return bool(self._valid)

    def refused(self, flags: Sequence[str]) -> str | None:
        """Return the first flag that is refused, as Go's message shows it, or None (`checkFlags`)."""
        place = 0
        while place < len(flags):
            flag = flags[place]
            following = flags[place + 1] if place + 1 < len(flags) else None
            place += 1
            if _whole(self._disallow, flag):
                return flag
            if _whole(self._allow, flag):
                continue
            if _whole(self._invalid, flag):
                return flag
            if _whole(self._valid, flag) or self._pushes(flag):
                continue
            if flag not in self._next:
                return flag
            if following is None:
                return f"{flag} without argument"
            if not _may_follow(flag, following):
                return f"{flag} {following}"
            place += 1
        return None

    def _pushes(self, flag: str) -> bool:
        """Tell whether it is `-Wl,--push-state,…` of flags that are allowed each by itself."""
        if not flag.startswith("-Wl,--push-state,"):
            return False
        return all(_whole(self._valid, f"-Wl,{part}") for part in flag.split(",")[1:])


def _may_follow(flag: str, following: str) -> bool:
    if _is_safe(following):
        return True
    if flag.startswith("-Wl,") and following.startswith("-Wl,"):
        return _is_safe(following[4:]) and "," not in following[4:]
    return flag == "-I" and following.startswith(("=", "$SYSROOT")) and _is_safe(following[1:])


def _is_safe(word: str) -> bool:
    """Tell whether a word may follow a flag (`load.SafeArg`)."""
    return re.match(r"[0-9A-Za-z_./]|[^\x00-\x7f]", word) is not None


def _whole(patterns: list[re.Pattern[str]], flag: str) -> bool:
    """Tell whether a pattern's first match is all of the flag, which is how Go asks (`FindString(arg) == arg`)."""
    return any((match := pattern.search(flag)) is not None and match.group() == flag for pattern in patterns)


def _patterns(source: str, name: str) -> list[re.Pattern[str]]:
    return [re.compile(text, re.ASCII) for text in _REGEXP.findall(_variable(source, name))]


def _own(text: str) -> list[re.Pattern[str]]:
    try:
        return [re.compile(text, re.ASCII)] if text else []
    except re.error:
        return []


def _variable(source: str, name: str) -> str:
    match = re.search(rf"^var {name} = [^\n]*{{\n(.*?)^}}", source, re.DOTALL | re.MULTILINE)
    return match[1] if match is not None else ""
