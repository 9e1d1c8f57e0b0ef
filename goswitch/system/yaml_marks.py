"""YAML with line numbers. PyYAML lives here alone; nothing is built from a tag, so a file can't run anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.model.marked import Marked, Unreadable

if TYPE_CHECKING:
    import yaml

_MERGE = "tag:yaml.org,2002:merge"


def read_yaml(text: str) -> list[Marked]:
    """Return the documents of a YAML text, merge keys and aliases followed; raise Unreadable."""
    import yaml  # noqa: PLC0415 - most projects have a file or two of it, and many have none

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return [_marked(node, {}) for node in yaml.compose_all(text, Loader=loader)]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise Unreadable(mark.line + 1 if mark is not None else 0, error.problem or "not YAML") from None
    except UnicodeEncodeError as error:
        raise Unreadable(text.count("\n", 0, error.start) + 1, "not UTF-8") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Unreadable(0, str(error).splitlines()[0]) from None


def _marked(node: yaml.Node, known: dict[int, Marked]) -> Marked:
    """Convert a node. One that an alias names a second time, or from within itself, is converted once."""
    import yaml  # noqa: PLC0415 - as above

    if id(node) in known:
        return known[id(node)]
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        value: dict[str, Marked] = {}
        key_lines: dict[str, int] = {}
        known[id(node)] = result = Marked(value, line, key_lines=key_lines)
        for key, entry in node.value:
            if key.tag == _MERGE or not isinstance(key, yaml.ScalarNode):
                continue
            value[key.value] = _marked(entry, known)
            key_lines[key.value] = key.start_mark.line + 1
        for key, entry in node.value:
            if key.tag == _MERGE:
                for merged in entry.value if isinstance(entry, yaml.SequenceNode) else [entry]:
                    value |= {name: there for name, there in _marked(merged, known).items.items() if name not in value}
        return result
    if isinstance(node, yaml.SequenceNode):
        entries: list[Marked] = []
        known[id(node)] = result = Marked(entries, line)
        entries += [_marked(entry, known) for entry in node.value]
        return result
    return Marked(str(node.value), line, plain=isinstance(node, yaml.ScalarNode) and not node.style)
