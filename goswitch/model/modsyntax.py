"""go.mod and go.work as statements: the grammar that Go's strict parser has for both.

The rules are those of `golang.org/x/mod/modfile` (read.go), which cmd/go uses once the toolchain is chosen: words,
quoted strings, `//` comments, and blocks in parentheses. What the words mean is `model/modfile.py`'s matter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.model.goquote import quote_character

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUNCTUATION = "\n()[]{},"
_BLANKS = " \t\r"
_END = frozenset({"", "\n", "//"})
_STRING = re.compile(r'"(?:[^"\\\n]|\\(?s:.))*"|`[^`\n]*`')
_UNESCAPED = re.compile(r'(?:[^"\\\n]|\\(?s:.))*')


class SyntaxFault(ValueError):
    """A text that is no go.mod at all. `line` and `column` count from 1, as Go's message has them."""

    def __init__(self, line: int, column: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.column = column
        self.text = text


@dataclass(frozen=True)
class Statement:
    """The words of one line, quotes still on; of a line in a block, the block's words come first.

    `block` tells how many words were the block's. A block itself is a Statement with `opens`, before its lines.
    """

    words: tuple[str, ...]
    line: int
    column: int
    block: int = 0
    opens: bool = False


@dataclass(frozen=True)
class _Token:
    text: str
    line: int
    column: int

    @property
    def ends_line(self) -> bool:
        return self.text in _END


def statements(data: bytes) -> list[Statement]:
    """Return the statements of a go.mod or go.work; raise SyntaxFault with Go's words for the first fault."""
    tokens = _Tokens(data.decode("utf-8", "surrogateescape"))
    found: list[Statement] = []
    while tokens.peek().text:
        if tokens.peek().ends_line:
            tokens.take()
        else:
            found += _statement(tokens)
    return found


def _statement(tokens: _Tokens) -> Iterator[Statement]:
    first = tokens.take()
    words = [first.text]
    while not (token := tokens.take()).ends_line:
        if token.text != "(":
            words.append(token.text)
        elif tokens.peek().ends_line:
            yield Statement(tuple(words), first.line, first.column, opens=True)
            yield from _block(tokens, first, words)
            return
        elif tokens.peek().text == ")":
            closing = tokens.take()
            if tokens.peek().ends_line:
                tokens.take()
                yield Statement(tuple(words), first.line, first.column, opens=True)
                return
            words += [token.text, closing.text]
        else:
            words.append(token.text)
    yield Statement(tuple(words), first.line, first.column)


def _block(tokens: _Tokens, first: _Token, words: list[str]) -> Iterator[Statement]:
    while True:
        token = tokens.peek()
        if not token.text:
            started = f"{first.line}:{first.column}"
            raise tokens.fault(f"syntax error (unterminated block started at {{file}}:{started})")
        if token.ends_line:
            tokens.take()
        elif token.text == ")":
            tokens.take()
            if not tokens.peek().ends_line:
                raise tokens.fault("syntax error (expected newline after closing paren)")
            tokens.take()
            return
        else:
            start = tokens.take()
            inner = [start.text]
            while not (token := tokens.take()).ends_line:
                inner.append(token.text)
            yield Statement((*words, *inner), start.line, start.column, block=len(words))


class _Tokens:
    """The words of a text, one ahead: Go's parser reads so too, and a fault's place is where its reader stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1
        self._line_start = 0
        self._following = self._next()

    def peek(self) -> _Token:
        """Return the next token without taking it."""
        return self._following

    def take(self) -> _Token:
        """Return the next token and read on."""
        token = self._following
        self._following = self._next()
        return token

    def fault(self, text: str) -> SyntaxFault:
        """Return a fault where the reader stands."""
        return SyntaxFault(self._line, self._place - self._line_start + 1, text)

    def _next(self) -> _Token:
        text = self._text
        while self._place < len(text) and text[self._place] in _BLANKS:
            self._place += 1
        start = _Token("", self._line, self._place - self._line_start + 1)
        if self._place >= len(text):
            return start
        if text.startswith("//", self._place):
            end = text.find("\n", self._place)
            self._advance(len(text) if end < 0 else end + 1)
            return _Token("//", start.line, start.column)
        self._refuse_block_comment()
        character = text[self._place]
        if character in _PUNCTUATION:
            self._advance(self._place + 1)
            return _Token(character, start.line, start.column)
        if character in {'"', "`"}:
            return _Token(self._string(character, start), start.line, start.column)
        if not _is_word(character):
            raise self.fault(f"unexpected input character {quote_character(character)}")
        begin = self._place
        while self._place < len(text) and _is_word(text[self._place]) and not text.startswith("//", self._place):
            self._refuse_block_comment()
            self._place += 1
        return _Token(text[begin : self._place], start.line, start.column)

    def _string(self, quote: str, start: _Token) -> str:
        match = _STRING.match(self._text, self._place)
        if match is not None:
            self._advance(match.end())
            return match.group()
        inside = _UNESCAPED if quote == '"' else re.compile(r"[^`\n]*")
        match = inside.match(self._text, self._place + 1)
        end = match.end() if match is not None else self._place + 1
        if self._text[end : end + 1] == "\n":
            self._advance(end)
            raise self.fault("unexpected newline in string")
        raise SyntaxFault(start.line, start.column, "unexpected EOF in string")

    def _refuse_block_comment(self) -> None:
        if self._text.startswith("/*", self._place):
            raise self.fault("mod files must use // comments (not /* */ comments)")

    def _advance(self, place: int) -> None:
        passed = self._text.count("\n", self._place, place)
        if passed:
            self._line += passed
            self._line_start = self._text.rindex("\n", 0, place) + 1
        self._place = place


def _is_word(character: str) -> bool:
    """Tell whether a character may stand in a bare word: what Go's `unicode.IsPrint` prints, bytes of no UTF-8 too."""
    if "\udc80" <= character <= "\udcff":
        return True  # Go reads such a byte as U+FFFD, which prints
    return character not in " ()[]{}," and character.isprintable()
