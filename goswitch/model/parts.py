"""What every SDK must have, and what Go says where it is missing. Programs are in the same table as the rest.

The texts are Go's own, cut down to what stays the same from release to release; `…` stands for the SDK's path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.model.version import compare

if TYPE_CHECKING:
    from goswitch.model.platform import Platform


@dataclass(frozen=True)
class Part:
    """A file or folder of an SDK: where, what happens without it, since which version, whether Go fails without it."""

    path: str
    without: str
    since: str = "1"
    fails: bool = True


@dataclass(frozen=True)
class Tool:
    """A program of an SDK: where, and when it is needed; `always` if nothing can be built without it."""

    path: str
    needed: str
    always: bool = True


PARTS = (
    Part("src/runtime", "`package runtime is not in std`"),
    Part("src/unsafe", "`package unsafe is not in std`"),
    Part("src/fmt", "`package fmt is not in std`"),
    Part("src/internal", "packages of the standard library are not found: `package internal/… is not in std`"),
    Part("src/syscall", "`package syscall is not in std`"),
    Part("src/net/http", "`package net/http is not in std`"),
    Part("src/testing", "`go test` says `package testing is not in std`"),
    Part("src/vendor", "`no required module provides package golang.org/x/…`, out of the standard library", "1.13"),
    Part("src/builtin", "editors find no declaration of `len`, `append` and `error`", fails=False),
    Part("pkg/include/textflag.h", "`#include: open …/pkg/include/textflag.h: no such file or directory`"),
    Part(
        "go.env",
        "GOPROXY, GOSUMDB and GOTOOLCHAIN have no defaults: `GOPROXY list is not the empty string, but contains no"
        " entries`",
        "1.21",
    ),
    Part("lib/time/zoneinfo.zip", "`time.LoadLocation` fails on machines without time zones of their own", fails=False),
)


def parts_of(version: str) -> list[Part]:
    """Return what an SDK of this version (without `go`) must have, its programs aside."""
    return [part for part in PARTS if compare(version, part.since) >= 0]


def tools_of(platform: Platform) -> list[Tool]:
    """Return the programs that every SDK for a platform must have."""
    suffix = ".exe" if platform.goos == "windows" else ""
    folder = f"pkg/tool/{platform.tool_directory}"
    return [
        Tool(f"bin/go{suffix}", "to run anything"),
        Tool(f"bin/gofmt{suffix}", "to format code", always=False),
        Tool(f"{folder}/compile{suffix}", "to build"),
        Tool(f"{folder}/link{suffix}", "to build programs and tests"),
        Tool(f"{folder}/asm{suffix}", "to build packages with assembly, as runtime is"),
        Tool(f"{folder}/cgo{suffix}", "to build packages that call C", always=False),
        Tool(f"{folder}/vet{suffix}", "for `go vet` and `go test`", always=False),
    ]
