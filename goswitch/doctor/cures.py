"""What to type about an SDK that is not as it should be."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from goswitch.sdk.inventory import GOTIP

if TYPE_CHECKING:
    from goswitch.sdk.examination import Examined


def renewed(sdk: Examined) -> str:
    """Return the command that puts a whole SDK in the place of this one."""
    if sdk.name == GOTIP:
        return "gotip download"
    if sdk.release:
        return f"goswitch repair {sdk.name}"
    return f"cd {shlex.quote(f'{sdk.real}/src')} && ./make.bash"
