"""Putting a file in its place in one step: written beside it, given its mode, renamed over it.

Who reads or runs the file at the same moment finds the old one or the new one, whole.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from goswitch.system.files import doing


def place(path: Path, content: bytes, mode: int) -> None:
    """Write `content` as the file `path` with these permission bits; DiskError. The parent must be there."""
    with doing("write", path):
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                os.fchmod(file.fileno(), mode)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
