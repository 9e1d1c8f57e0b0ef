"""Writing a pin: the word is replaced where it stands, so that comments and line ends of the file survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.model.pin import go_version_word
from goswitch.system import look
from goswitch.system.files import writing

if TYPE_CHECKING:
    from pathlib import Path


def write_pin(path: Path, word: str) -> bool:
    """Write `word` into a pin file and tell whether anything changed; DiskError where something else stands there."""
    if look.kind(path) in {look.Kind.DIRECTORY, look.Kind.OTHER}:
        raise DiskError(f"{path}: not a regular file", help=f"move it away: mv {path} {path}.old")
    before = look.read_regular(path)
    if before is None and look.kind(path) is look.Kind.FILE:
        raise DiskError(f"{path}: cannot be read", help=f"ls -l {path}")
    after = replaced(before or b"", word)
    if before == after:
        return False
    with writing(path.resolve()) as file:
        file.write(after)
    return True


def replaced(data: bytes, word: str) -> bytes:
    """Return a pin file's bytes with the word that pins replaced; a file without one becomes that word alone."""
    found = go_version_word(data)
    if found is None or "\x00" in found.word:
        return f"{word}\n".encode()
    lines = data.split(b"\n")
    old = found.word.encode("utf-8", "surrogateescape")
    lines[found.line - 1] = lines[found.line - 1].replace(old, word.encode(), 1)
    return b"\n".join(lines)
