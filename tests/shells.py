"""Which shells are on the machine: a missing one skips a test by name, and fails it in CI."""

from __future__ import annotations

import os
import shutil

import pytest


def require_shell(name: str) -> str:
    """Return the path of a shell; without it skip the test, or fail it where CI is set."""
    path = shutil.which(name)
    if path is None:
        reason = f"the shell {name} is not on this machine"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path
