"""h1, the hash of a module that Go's checksum database records (`golang.org/x/mod/sumdb/dirhash`, Hash1).

The sha256 of one line for each file, in byte order of the names: the sha256 of its content in hex, two spaces, its
name. It depends on names and contents alone, so it can be computed while unpacking, and again from an unpacked SDK.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def h1(files: Iterable[tuple[str, str]]) -> str:
    """Return `h1:…` of `files`: pairs of the whole name in the module zip and the sha256 of the content in hex."""
    summary = hashlib.sha256()
    for name, digest in sorted(files, key=lambda pair: pair[0].encode()):
        summary.update(f"{digest}  {name}\n".encode())
    return "h1:" + base64.b64encode(summary.digest()).decode()
