"""Credentials in a .netrc file, read as cmd/go reads them (`cmd/go/internal/auth`), which is not quite as others do.

`$NETRC`, else `~/.netrc`; a file that can't be read has none. They are used where a request goes over https or stays
on this machine, which is all that is ever asked (`urls.require_allowed`), and are never shown or kept.
"""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def basic(login: str, password: str) -> str:
    """Return the Authorization header for a name and a password (RFC 7617)."""
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()


def parse_netrc(text: str) -> dict[str, str]:
    """Return the Authorization header of each machine in a .netrc; of two lines for one machine the first counts.

    As cmd/go has it: a machine without a login or a password is none, macros are skipped up to an empty line, and
    nothing behind `default` counts, which itself names no machine.
    """
    found: dict[str, str] = {}
    machine = login = password = ""
    in_macro = False
    for line in text.split("\n"):
        if in_macro:
            in_macro = line != ""
            continue
        words = line.split()
        for key, value in zip(words[::2], words[1::2], strict=False):
            match key:
                case "machine":
                    machine, login, password = value, "", ""
                case "login":
                    login = value
                case "password":
                    password = value
                case "macdef":
                    in_macro = True
                case _:
                    pass
            if machine and login and password:
                found.setdefault(machine, basic(login, password))
                machine = login = password = ""
        if len(words) % 2 and words[-1] == "default":
            break
    return found


class Credentials:
    """Who we are to whom, in one world. The file is read with the first question; `allowed` tells if it may be."""

    def __init__(
        self, env: Mapping[str, str], home: Path | None, *, allowed: Callable[[], bool] = lambda: True
    ) -> None:
        named = env.get("NETRC")
        self._path = Path(named) if named else home and home / ".netrc"
        self._allowed = allowed
        self._machines: dict[str, str] | None = None

    def header(self, url: str) -> str | None:
        """Return the Authorization header for `url`: by the name and password in it, else by the file."""
        parts = urlsplit(url)
        if parts.username is not None:
            return basic(unquote(parts.username), unquote(parts.password or ""))
        if self._machines is None:
            self._machines = self._read()
        # A machine may be a host, a host with a port, or those with the beginning of a path.
        place = f"{parts.netloc}{parts.path}"
        while place:
            if (found := self._machines.get(place)) is not None:
                return found
            place = place.rpartition("/")[0]
        return None

    def _read(self) -> dict[str, str]:
        if self._path is None or not self._allowed():
            return {}
        try:
            return parse_netrc(self._path.read_text("utf-8", "surrogateescape"))
        except (OSError, ValueError):
            return {}
