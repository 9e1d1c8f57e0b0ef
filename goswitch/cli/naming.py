"""From the words on a command line to the SDKs in the SDK root that they mean, for verbs that look after SDKs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import NotInstalled, UsageError
from goswitch.model.request import Exact, Linked, System, choose, parse_request
from goswitch.sdk.inventory import usable_releases

if TYPE_CHECKING:
    from pathlib import Path


def sdk_name(root: Path, text: str) -> str:
    """Return the name, in the SDK root, of what `text` asks for: of several releases the newest that is installed.

    An exact version or a linked name need not be there. Raise UsageError, NotInstalled.
    """
    request = parse_request(text)
    match request:
        case Exact(version=version):
            return version.released.name
        case Linked(name=name):
            return name
        case System():
            raise UsageError("system is the go on PATH: goswitch did not install it", help="goswitch list")
        case _:
            newest = choose(request, usable_releases(root))
            if newest is None:
                raise NotInstalled(f"nothing installed is {request}", help=f"goswitch install '{request}'")
            return newest.name


def folder_at(cwd: Path, text: Path | str) -> Path:
    """Return the folder that a word on the command line means, without `..`: what lies above it is looked at, too."""
    path = cwd / text
    return path.resolve() if ".." in path.parts else path
