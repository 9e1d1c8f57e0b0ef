"""GOPROXY: the list of module proxies, and how to go through it (`cmd/go/internal/modfetch/proxy.go`).

After `,` the next one is asked when the last one does not have it (404, 410); after `|` at any error. `off` ends the
list; `direct` is the origin, which for golang.org/toolchain is go.dev itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from goswitch.errors import NetworkError, SettingError
from goswitch.system.http import GONE, NOT_FOUND
from goswitch.system.urls import redacted

if TYPE_CHECKING:
    from collections.abc import Callable

    from goswitch.sdk.goenv import GoSetting

T = TypeVar("T")

ORIGIN = "https://go.dev/dl/mod"
"""Where golang.org/toolchain itself lives (`go.dev/dl`, the `go-import` tag of golang.org/toolchain)."""


class Proxy(NamedTuple):
    """One entry: its URL (without a final slash), and whether any error leads on. `direct` marks the origin."""

    url: str
    falls_back: bool
    direct: bool = False


def parse_goproxy(value: str, *, origin: str = ORIGIN) -> tuple[Proxy, ...]:
    """Return the proxies of a GOPROXY; an empty tuple means `off`. Raise SettingError for one that can't be used."""
    proxies: list[Proxy] = []
    words = re.split(r"([,|])", value)
    for word, separator in zip(words[::2], [*words[1::2], ""], strict=True):
        entry = word.strip()
        if not entry:
            continue
        if entry == "off":
            return tuple(proxies)
        if entry == "direct":
            proxies.append(Proxy(origin, falls_back=False, direct=True))
            return tuple(proxies)
        if re.search(r"[.:/]", entry) and ":/" not in entry and not entry.startswith("/"):
            entry = f"https://{entry}"
        if not re.match(r"(https?|file)://", entry):
            raise SettingError(f"GOPROXY names a proxy that can't be asked: {redacted(entry)}")
        proxies.append(Proxy(entry.rstrip("/"), falls_back=separator == "|"))
    if not proxies:
        raise SettingError(f"GOPROXY has no entry: {value!r}")
    return tuple(proxies)


def is_local(setting: GoSetting | None) -> bool:
    """Tell whether a GOPROXY begins with files of this machine, so that it may do without the network."""
    return setting is not None and setting.value.lstrip(" ,|").startswith("file://")


def missing(error: NetworkError) -> bool:
    """Tell whether an answer means that the proxy does not have it: what `,` leads on for."""
    return error.status in {NOT_FOUND, GONE}


def through(proxies: tuple[Proxy, ...], ask: Callable[[Proxy], T]) -> T:
    """Return what `ask` gives for the first proxy that answers; raise the most telling NetworkError.

    A ProofError of `ask` ends it at once: no other proxy heals what one falsifies.
    """
    best: NetworkError | None = None
    for proxy in proxies:
        try:
            return ask(proxy)
        except NetworkError as error:
            if best is None or proxy.direct or missing(best) or not missing(error):
                best = error
            if not proxy.falls_back and not missing(error):
                break
    if best is None:
        raise NetworkError("GOPROXY is off", help="unset GOPROXY, or use another source")
    raise best
