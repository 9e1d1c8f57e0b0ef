"""The place of a test of shell files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from shell.made import Made, make

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Return a place with SDKs, and a project that is pinned to 1.22.4."""
    return make(tmp_path)
