"""Our block in a user's rc file: put in, found again and taken out, so that the rest stays byte for byte as it was.

Pure functions over text. What must be known for taking it out again stands in the block itself, as a remark: whether
the file ended without a newline before, and whether it was there at all.
"""

from __future__ import annotations

import re

BEGIN = "# >>> goswitch >>>"
END = "# <<< goswitch <<<"
UNENDED = "# (The line above has no newline of its own.)"
NEW = "# (The file was made for this block.)"

_BLOCK = re.compile(
    rf"(?P<joint>\n?)^{re.escape(BEGIN)}\n(?P<body>(?:(?!{re.escape(BEGIN)}$|{re.escape(END)}$).*\n)*){re.escape(END)}(?:\n|\Z)",
    re.MULTILINE,
)


def has_block(text: str) -> bool:
    """Tell whether the text of a rc file has a whole block of ours."""
    return _BLOCK.search(text) is not None


def add_block(text: str | None, lines: str) -> str:
    """Return the text with a block of these lines: in the place of an older one, else at the end.

    None is a file that is not there yet.
    """
    if text is not None and (found := _BLOCK.search(text)) is not None:
        remarks = [remark for remark in (UNENDED, NEW) if f"{remark}\n" in found.group("body")]
        return text[: found.start()] + found.group("joint") + _block(remarks, lines) + text[found.end() :]
    if text is None:
        return _block([NEW], lines)
    if text and not text.endswith("\n"):
        return f"{text}\n{_block([UNENDED], lines)}"
    return text + _block([], lines)


def remove_block(text: str) -> str | None:
    """Return the text without our blocks, as it was; None if there was no file before, and nothing came since."""
    was_made = any(f"{NEW}\n" in found.group("body") for found in _BLOCK.finditer(text))
    rest = _BLOCK.sub(_what_stays, text)
    return None if was_made and not rest else rest


def _what_stays(found: re.Match[str]) -> str:
    is_last = found.end() == len(found.string)
    return "" if is_last and f"{UNENDED}\n" in found.group("body") else found.group("joint")


def _block(remarks: list[str], lines: str) -> str:
    return "\n".join([BEGIN, *remarks, lines.rstrip("\n"), END, ""])
