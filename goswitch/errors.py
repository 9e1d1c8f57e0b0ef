"""Every error that goswitch raises on purpose, and the exit code of each.

They are declared in one place so that no two share a code by accident; `docs/exit-codes.md` lists them. An error states
the fact (one sentence, no full stop) and carries the command that mends it as `help`; the command line prints both.
"""

from __future__ import annotations

TYPE_CHECKING = False  # not typing's: worker processes start without it
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import ClassVar


class GoswitchError(Exception):
    """A fact that stops the command, with what to type next.

    `help` is one line or several, each shown behind `help: `.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, *, help: str | Sequence[str] = ()) -> None:  # noqa: A002 - the word on screen
        super().__init__(message)
        self.message = message
        self.help: tuple[str, ...] = (help,) if isinstance(help, str) else tuple(help)


class UsageError(GoswitchError):
    """The command line asks for something that has no meaning (click's own errors use the same code)."""

    exit_code = 2


class NoSuchVersion(GoswitchError):
    """No source has a release that matches the request."""

    exit_code = 4


class NetworkError(GoswitchError):
    """A source could not be reached or answered with a fault. `status` is the HTTP status where there was one."""

    exit_code = 5

    def __init__(self, message: str, *, help: str | Sequence[str] = (), status: int | None = None) -> None:  # noqa: A002
        super().__init__(message, help=help)
        self.status = status


class ProofError(GoswitchError):
    """Bytes are not what Go published: a hash, a signature or a proof does not hold. Never retried."""

    exit_code = 6


class ArchiveError(ProofError):
    """An archive holds something that no Go release holds, or is damaged."""


class DiskError(GoswitchError):
    """The file system refused: full, read-only, not permitted, or something else stands in the place."""

    exit_code = 7


class LockError(GoswitchError):
    """Another process holds a lock for longer than we were told to wait."""

    exit_code = 8


class SettingError(GoswitchError):
    """A setting, an environment variable or a configuration file has a value that can't be used."""

    exit_code = 9


class NotInstalled(GoswitchError):
    """The SDK that was asked for is not installed, not complete or can't be run (the shell's 126).

    `lacks` is the request whose install would mend it, where one would.
    """

    exit_code = 126

    def __init__(self, message: str, *, help: str | Sequence[str] = (), lacks: str | None = None) -> None:  # noqa: A002
        super().__init__(message, help=help)
        self.lacks = lacks


class NotFound(GoswitchError):
    """Nothing was found to run (the shell's 127)."""

    exit_code = 127


INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it: 128 + SIGINT."""

TERMINATED = 143
"""The exit code after SIGTERM."""
