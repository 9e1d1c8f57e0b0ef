"""The environment of a command that runs under a binding: what a shim sets, as values. For `exec` and `env`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.resolve.binding import By
from goswitch.resolve.path_search import HOOK_BIN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goswitch.resolve.binding import Binding


def changes(binding: Binding, env: Mapping[str, str], pin_toolchain: str) -> dict[str, str | None]:
    """Return what to set, and with None what to unset, so that `go` and all that it starts are the bound SDK's.

    The SDK's `bin` goes first in PATH (the hook's entry makes room for it), GOROOT is that SDK's, and a pin sets
    GOTOOLCHAIN where the user has none.
    """
    if binding.sdk is None:
        return {"GOROOT": None}
    bin_folder = f"{binding.sdk}/bin"
    entries = [entry for entry in env.get("PATH", "").split(":") if entry not in {bin_folder, env.get(HOOK_BIN)}]
    result: dict[str, str | None] = {"GOROOT": str(binding.sdk), "PATH": ":".join([bin_folder, *entries])}
    if binding.by is By.PIN and not env.get("GOTOOLCHAIN"):
        result["GOTOOLCHAIN"] = pin_toolchain
    return result


def applied(env: Mapping[str, str], changed: Mapping[str, str | None]) -> dict[str, str]:
    """Return the environment with the changes made."""
    kept = {name: value for name, value in env.items() if name not in changed}
    return kept | {name: value for name, value in changed.items() if value is not None}
