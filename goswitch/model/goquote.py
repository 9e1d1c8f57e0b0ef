"""Go's quoted strings: strconv.Quote and strconv.Unquote, as far as Go's messages and go.mod files have them.

Bytes of no UTF-8 are surrogates here (`surrogateescape`), as everywhere in this package.
"""

from __future__ import annotations

import re

_SHORT = {"\a": r"\a", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v", "\\": r"\\"}
_LONG = {escape[1]: character for character, escape in _SHORT.items()}
_ESCAPE = re.compile(
    r"\\(?:([abfnrtv\\\"])|([0-3][0-7]{2})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|[^\\]", re.DOTALL
)
_ASCII = 0x80
_FIRST_PLANE = 0x10000
_SURROGATES = range(0xD800, 0xE000)
_LAST = 0x10FFFF


def quote(text: str) -> str:
    """Return a text in double quotes (`strconv.Quote`)."""
    return '"' + "".join('\\"' if character == '"' else _escaped(character) for character in text) + '"'


def quote_character(character: str) -> str:
    """Return one character in single quotes (`strconv.QuoteRune`)."""
    return "'\\''" if character == "'" else f"'{_escaped(character)}'"


def unquote(word: str) -> str:
    """Return the value of a word of a go.mod, quoted or bare; ValueError with Go's words (`modfile.parseString`)."""
    if not word.startswith('"'):
        if re.search("[\"'`]", word):
            raise ValueError("unquoted string cannot contain quote")
        return word
    if len(word) < 2 or not word.endswith('"'):  # noqa: PLR2004 - two quotes
        raise ValueError("invalid syntax")
    inside, place = word[1:-1], 0
    value = bytearray()
    while place < len(inside):
        match = _ESCAPE.match(inside, place)
        if match is None or match.group() in {'"', "\n"}:
            raise ValueError("invalid syntax")
        value += _value(match)
        place = match.end()
    return value.decode("utf-8", "surrogateescape")


def _value(match: re.Match[str]) -> bytes:
    short, octal, byte, *long = match.groups()
    if short is not None:
        return _LONG.get(short, short).encode()
    if octal is not None or byte is not None:
        return bytes([int(octal, 8) if octal is not None else int(byte, 16)])
    digits = long[0] or long[1]
    if digits is None:
        return match.group().encode("utf-8", "surrogateescape")
    code = int(digits, 16)
    if code > _LAST or code in _SURROGATES:
        raise ValueError("invalid syntax")
    return chr(code).encode()


def _escaped(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    if character.isprintable():
        return character
    code = ord(character)
    if "\udc80" <= character <= "\udcff":
        return rf"\x{code - 0xDC00:02x}"
    if code < _ASCII:
        return rf"\x{code:02x}"
    return rf"\u{code:04x}" if code < _FIRST_PLANE else rf"\U{code:08x}"
