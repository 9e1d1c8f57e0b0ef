"""Where the SDKs are: the environment says it alone, so that sh and Python can't disagree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.errors import NotInstalled

if TYPE_CHECKING:
    from collections.abc import Mapping


def sdk_root(env: Mapping[str, str]) -> Path:
    """Return the SDK root that the environment names: GOSWITCH_SDK_ROOT, else ~/sdk. Errors exit with 126, as in sh."""
    text = env.get("GOSWITCH_SDK_ROOT", "")
    if not text:
        if not env.get("HOME"):
            raise NotInstalled(
                "HOME is not set, so ~/sdk cannot be found",
                help="export HOME, or name the SDK root: export GOSWITCH_SDK_ROOT=/path/to/sdk",
            )
        text = f"{env['HOME']}/sdk"
    if not text.startswith("/"):
        raise NotInstalled(
            f"GOSWITCH_SDK_ROOT is not an absolute path: {text}", help='export GOSWITCH_SDK_ROOT="$HOME/sdk"'
        )
    return Path("/" + text.strip("/"))
