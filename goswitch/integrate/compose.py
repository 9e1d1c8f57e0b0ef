"""Compose files: which Go their images, inline Dockerfiles and build arguments bring."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.integrate import dockerfile
from goswitch.integrate.dockerfile import expand
from goswitch.integrate.images import go_image
from goswitch.integrate.mention import Mention, scalar_mention
from goswitch.model.marked import Marked
from goswitch.system.yaml_marks import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

GO_ARGUMENT = re.compile(r"(?:GO|GOLANG)_?(?:LANG)?_?VERSION", re.IGNORECASE)
"""Build arguments and variables that by their name hold a Go version."""


def mentions(text: str) -> list[Mention]:
    """Return what a compose file says about Go; raise Unreadable. Variables count with their defaults only."""
    found: list[Mention] = []
    for document in read_yaml(text):
        for service in document.at("services").items.values():
            found += _service(service)
    return found


def _service(service: Marked) -> Iterator[Mention]:
    image = service.at("image")
    reference = expand(image.text, {})
    if reference and (mention := go_image(reference, image.line)):
        yield mention
    build = service.at("build")
    inline = build.at("dockerfile_inline")
    if inline.text:
        for mention in dockerfile.mentions(inline.text):
            # A block scalar's text begins on the line below its mark.
            yield Mention(inline.line + mention.line, mention.what, mention.asks)
    for name, value in pairs(build.at("args")):
        if GO_ARGUMENT.fullmatch(name) and value.text and "$" not in value.text:
            yield scalar_mention(value, name)


def pairs(node: Marked) -> Iterator[tuple[str, Marked]]:
    """Yield names and values of a mapping, or of a list of NAME=VALUE."""
    yield from node.items.items()
    for entry in node.each:
        name, equals, value = entry.text.partition("=")
        if equals:
            yield name, Marked(value, entry.line)
