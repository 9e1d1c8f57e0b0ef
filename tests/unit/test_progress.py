from __future__ import annotations

import io

from goswitch.cli.console import Console
from goswitch.cli.progress import TerminalReporter


class Terminal(io.StringIO):
    """Stands in for a terminal: a stream that says it is one."""

    def isatty(self) -> bool:
        return True


def told(stream: io.StringIO, *, quiet: bool) -> str:
    reporter = TerminalReporter(Console(io.StringIO(), stream), quiet=quiet)
    reporter.start("go1.22.4", 100)
    reporter.advance(100)
    reporter.note("a sentence")
    reporter.note("a sentence")
    reporter.finish()
    return stream.getvalue()


def test_a_bar_on_a_terminal() -> None:
    text = told(Terminal(), quiet=False)
    assert "go1.22.4: 100%" in text
    assert text.count("a sentence\n") == 1


def test_only_sentences_in_a_log_and_nothing_when_quiet() -> None:
    assert told(io.StringIO(), quiet=False) == "a sentence\n"
    assert told(Terminal(), quiet=True) == ""
