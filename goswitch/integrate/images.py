"""Container images that bring a Go, and the version that their tag names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.integrate.mention import Mention, exactly
from goswitch.model.request import Alias
from goswitch.model.version import is_valid

if TYPE_CHECKING:
    from goswitch.model.request import Remote

_IMAGES = re.compile(r"(?:.*/)?(?:golang|cimg/go|devcontainers/go|go-toolset)", re.ASCII)
"""The official image under any registry, CircleCI's two, the devcontainers' and Red Hat's."""

_TAG = re.compile(r"v?(\d+(?:\.\d+)*(?:(?:rc|beta)\d+)?)(?:-(?!rc\b).*)?", re.ASCII)
_DEVCONTAINER_TAG = re.compile(r"(?:dev-|\d+(?:\.\d+)*-)?(1\.\d+(?:\.\d+)?)(?:-.*)?", re.ASCII)
_REFERENCE = re.compile(r"(?P<name>[^@]*?)(?::(?P<tag>[^:/@]*))?(?P<digest>@.*)?")


def go_image(reference: str, line: int) -> Mention | None:
    """Return what an image reference says about Go, or None if it is not an image of Go."""
    match = _REFERENCE.fullmatch(reference)
    if match is None or _IMAGES.fullmatch(match["name"]) is None:
        return None
    if match["tag"] is None and match["digest"]:
        return Mention(line, reference, None)
    return Mention(line, reference.partition("@")[0], _asked(match["name"], match["tag"] or "latest"))


def brings_go_local(reference: str) -> bool:
    """Tell whether an image sets GOTOOLCHAIN=local, as the official ones do: Go refuses there instead of switching."""
    match = _REFERENCE.fullmatch(reference)
    return match is not None and re.fullmatch(r"(?:.*/)?golang", match["name"]) is not None


def _asked(name: str, tag: str) -> Remote | None:
    if name.endswith("devcontainers/go"):
        match = _DEVCONTAINER_TAG.fullmatch(tag)
        if match is None:
            return Alias("stable") if re.match(r"\d+(-|$)|latest|dev|bookworm|bullseye|trixie", tag) else None
        return _version(match[1])
    match = _TAG.fullmatch(tag)
    if match is not None:
        return _version(match[1])
    # A tag without a number is a variant (alpine, bookworm, latest) of the newest release; tip and rc are none.
    return None if re.search(r"tip|rc|\d", tag) and not re.match(r"alpine\d", tag) else Alias("stable")


def _version(text: str) -> Remote | None:
    if text.count(".") == 0:
        return Alias("stable") if text == "1" else None
    return exactly(text) if is_valid(text) else None
