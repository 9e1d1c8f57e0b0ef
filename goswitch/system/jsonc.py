"""JSON with comments and last commas, as VS Code and devcontainers have it, with line numbers. json-five's home."""

from __future__ import annotations

import re
from typing import Any

from json5 import model
from json5.loader import ModelLoader, loads
from json5.utils import JSON5DecodeError

from goswitch.model.marked import Marked, Unreadable


def read_jsonc(text: str) -> Marked:
    """Return the value of a JSONC text; raise Unreadable. Of a key that stands twice the last counts, as in VS Code."""
    try:
        document = loads(text.removeprefix("\ufeff"), loader=ModelLoader())
    except JSON5DecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = getattr(error, "lineno", None) or (int(place[1]) if place is not None else 0)
        raise Unreadable(line, str(error).splitlines()[0]) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(0, str(error).splitlines()[0]) from None
    return _marked(document.value)


def _marked(node: Any) -> Marked:  # noqa: ANN401 - json-five's nodes
    line = node.lineno or 0
    if isinstance(node, model.JSONObject):
        pairs = [(_key(pair.key), pair) for pair in node.key_value_pairs]
        return Marked(
            {key: _marked(pair.value) for key, pair in pairs},
            line,
            key_lines={key: pair.key.lineno or 0 for key, pair in pairs},
        )
    if isinstance(node, model.JSONArray):
        return Marked([_marked(entry) for entry in node.values], line)
    if isinstance(node, (model.DoubleQuotedString, model.SingleQuotedString)):
        return Marked(_joined(node.characters), line)
    if isinstance(node, model.UnaryOp):
        return Marked(f"{node.op}{_marked(node.value).text}", line, plain=True)
    if isinstance(node, (model.BooleanLiteral, model.NullLiteral)):
        return Marked({True: "true", False: "false", None: "null"}[node.value], line, plain=True)
    return Marked(str(getattr(node, "raw_value", "")), line, plain=True)


def _key(node: Any) -> str:  # noqa: ANN401 - as above
    return _joined(node.characters if hasattr(node, "characters") else node.name)


def _joined(text: str) -> str:
    """Return a text in which two escapes that are one character (beyond the first plane) are one."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
