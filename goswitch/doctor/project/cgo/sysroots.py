"""`--sysroot` and `-isysroot` in CC and the CGO flags: that the folder is there, with headers and a C library."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.probes.cgo import cgo
from goswitch.model.finding import Kind, Severity
from goswitch.sdk.goenv import GoEnv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.doctor.probes.cgo import Cgo
    from goswitch.model.finding import Finding

MISSING = Kind(
    "sysroot-missing",
    Severity.ERROR,
    title="The sysroot is not there",
    cause="CC or CGO_CFLAGS names a folder that was moved, or that only another machine has",
    message='"fatal error: stdlib.h: No such file or directory"',
    cure="unset CGO_CFLAGS",
)

INCOMPLETE = Kind(
    "sysroot-incomplete",
    Severity.ERROR,
    title="The sysroot has no headers or no C library",
    cause="it holds a running system, without the packages for building (libc6-dev, glibc-headers)",
    message='"fatal error: stdlib.h: No such file or directory", or the linker: "cannot find -lc"',
    cure="install libc6-dev there",
)

_HEADERS = ("usr/include/stdlib.h", "include/stdlib.h", "usr/include/*/stdlib.h")
_LIBRARIES = tuple(
    f"{folder}{name}"
    for folder in ("", "*/")
    for name in ("lib/libc.*", "lib64/libc.*", "usr/lib/libc.*", "usr/lib64/libc.*", "usr/lib/*/libc.*", "lib/*/libc.*",
                 "usr/lib/libSystem.*")
)  # fmt: skip


@check(MISSING, INCOMPLETE)
def sysroots(facts: Facts) -> Iterator[Finding]:
    """Look into each sysroot that is named."""
    look = facts.ask(cgo)
    if look is None or look.off in {"set", "unsupported"}:
        return
    for path, origin in _named(facts, look).items():
        if not path.is_dir():
            yield MISSING.found(f"the sysroot {path} ({origin}) is not there", cure=f"mend {origin}")
            continue
        lacks = [
            what for what, patterns in (("headers", _HEADERS), ("C library", _LIBRARIES)) if not _any(path, patterns)
        ]
        if lacks:
            yield INCOMPLETE.found(
                f"the sysroot {path} ({origin}) has no {' and no '.join(lacks)}", cure=INCOMPLETE.cure
            )


def _named(facts: Facts, look: Cgo) -> dict[Path, str]:
    """Return the sysroots and the setting that names each."""
    settings = GoEnv(facts.world, facts.layout)
    words = {"CC": list(look.cc)}
    for name in ("CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_LDFLAGS"):
        setting = settings.get(name)
        try:
            words[name] = shlex.split(setting.value) if setting is not None else []
        except ValueError:
            words[name] = []
    found: dict[Path, str] = {}
    for name, flags in words.items():
        for place, flag in enumerate(flags):
            following = flags[place + 1] if place + 1 < len(flags) else ""
            path = flag.removeprefix("--sysroot=") if flag.startswith("--sysroot=") else ""
            path = path or (following if flag in {"--sysroot", "-isysroot"} else "")
            if path:
                found.setdefault(facts.cwd / path, name)
    return found


def _any(folder: Path, patterns: tuple[str, ...]) -> bool:
    return any(next(folder.glob(pattern), None) is not None for pattern in patterns)
