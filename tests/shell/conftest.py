"""The place of a test of shell files, and what installs there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shell.installer import Installer
from shell.made import Made, make

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a place with SDKs, and a project that is pinned to 1.22.4."""
    return make(tmp_path)


@pytest.fixture
def installer(made: Made) -> Installer:
    """Let an SDK wait to be installed, in a place where PATH leads to the system's programs."""
    made.env["PATH"] = "/usr/bin:/bin"
    return Installer(made)
