"""What a Go distribution is made of: which files are programs, and which are in the module golang.org/toolchain.

A module zip is the official archive without `api doc misc test`, with each `go.mod` written `_go.mod` and no exec bits
(`cmd/distpack/pack.go`); cmd/go sets the bits after it unpacked one (`modfetch`/`toolchain`).
"""

from __future__ import annotations

LEFT_OUT = ("api", "doc", "misc", "test")
"""The folders of an official archive that the module does not have."""


def is_program(name: str) -> bool:
    """Tell whether the file `name` of a tree is one that Go itself runs."""
    if name.startswith("lib/"):
        # go_GOOS_GOARCH_exec: what `go run` and `go test` start the programs of another system with
        last = name.rpartition("/")[2]
        return last.startswith("go_") and last.endswith("_exec") and "_" in last[4:-6]
    return name.startswith("pkg/tool/") or name.rpartition("/")[0] == "bin"


def name_in_module(name: str) -> str | None:
    """Return the name that the file `name` of a tree has in the module, None if the module does not have it."""
    top = name.split("/", 1)[0]
    if top in LEFT_OUT and top != name:
        return None
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}_go.mod" if last == "go.mod" else name


def name_in_tree(name: str) -> str:
    """Return the name in the tree of the file `name` of the module."""
    if not name.endswith("_go.mod"):
        return name
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}go.mod" if last == "_go.mod" else name
