"""A box to be looked at: what one check finds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sighted import Looker

if TYPE_CHECKING:
    from box import Box


@pytest.fixture
def looker(box: Box) -> Looker:
    """A box that checks look at."""
    return Looker(box)
