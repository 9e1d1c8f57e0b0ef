"""devcontainer.json: which Go its image, its build arguments and the Go feature bring (containers.dev)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.integrate.compose import GO_ARGUMENT
from goswitch.integrate.images import go_image
from goswitch.integrate.jsonc import read_jsonc
from goswitch.integrate.mention import Mention, asked_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.integrate.jsonc import Document

_GO_FEATURE = re.compile(r".*/features/go(?::.*)?")


def mentions(text: str) -> list[Mention]:
    """Return what a devcontainer.json says about Go; raise NotJsonc."""
    return list(_mentions(read_jsonc(text)))


def _mentions(document: Document) -> Iterator[Mention]:
    image = document.get("image")
    if isinstance(image, str) and (mention := go_image(image, document.line("image"))):
        yield mention
    features = document.get("features")
    for name, options in features.items() if isinstance(features, dict) else ():
        if _GO_FEATURE.fullmatch(name) is None:
            continue
        version = options.get("version", "latest") if isinstance(options, dict) else options
        line = document.line("features", name, "version") or document.line("features", name)
        if isinstance(version, str) and version not in {"none", "os-provided"}:
            yield Mention(line, f"feature go: {version}", asked_by(version))
    arguments = document.get("build", "args")
    for name, value in arguments.items() if isinstance(arguments, dict) else ():
        if GO_ARGUMENT.fullmatch(name) and isinstance(value, str) and "$" not in value:
            yield Mention(document.line("build", "args", name), f"{name}: {value}", asked_by(value))
