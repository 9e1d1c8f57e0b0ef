"""URLs as this program may use and show them: which are allowed, how they are shown, which proxy serves them.

Pure text. Credentials in a URL are used and never shown; `https` is the only scheme for other machines. `http` is
allowed to this machine alone, where a cache in front of the network may listen.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit, urlunsplit

from goswitch.errors import NetworkError, SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PORTS = {"http": 80, "https": 443}


def redacted(url: str) -> str:
    """Return `url` without user name, password, query and fragment: all of them may carry a secret."""
    try:
        parts = urlsplit(url)
        host = _bracketed(parts.hostname or "") + (f":{parts.port}" if parts.port else "")
    except ValueError:
        return "(a malformed URL)"
    return urlunsplit((parts.scheme, host, parts.path, "", ""))


def host_of(url: str) -> str:
    """Return the host of `url` for messages, or the whole where it has none."""
    try:
        return urlsplit(url).hostname or redacted(url)
    except ValueError:
        return "(a malformed URL)"


def is_loopback(host: str) -> bool:
    """Tell whether a host name or address means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_allowed(url: str) -> None:
    """Raise NetworkError unless `url` may be asked: https, or http on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise NetworkError("not a URL: (a malformed URL)") from None
    if host and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))):
        return
    raise NetworkError(f"refused to ask {redacted(url)}", help="only https is used; http is for this machine alone")


def proxy_for(url: str, env: Mapping[str, str]) -> str | None:
    """Return the HTTP proxy that the environment names for `url`, or None: HTTPS_PROXY, HTTP_PROXY, NO_PROXY.

    The meaning is that of Go's `http.ProxyFromEnvironment`: this machine is never asked through a proxy. SettingError
    for a value that is no URL.
    """
    parts = urlsplit(url)
    name = f"{parts.scheme}_proxy"
    value = (env.get(name.upper()) or env.get(name) or "").strip()
    if (
        not value
        or is_loopback(parts.hostname or "")
        or _bypassed(parts, env.get("NO_PROXY") or env.get("no_proxy") or "")
    ):
        return None
    proxy = value if "://" in value else f"http://{value}"
    try:
        scheme, host = urlsplit(proxy).scheme, urlsplit(proxy).hostname
    except ValueError:
        scheme, host = "", None
    if scheme not in {"http", "https"} or not host:
        raise SettingError(f"{name.upper()} is not the URL of a proxy: {redacted(proxy)}")
    return proxy


def _bypassed(parts: SplitResult, no_proxy: str) -> bool:
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme)
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        address = None
    for entry in filter(None, (word.strip().lower() for word in no_proxy.split(","))):
        if entry == "*":
            return True
        if address is not None and "/" in entry:
            try:
                if address in ipaddress.ip_network(entry, strict=False):
                    return True
            except ValueError:
                pass
        pattern, wanted = entry, port
        if entry.count(":") == 1:
            pattern, _, text = entry.partition(":")
            wanted = int(text) if text.isdigit() else -1
        pattern = pattern.removeprefix("*")
        suffix = pattern if pattern.startswith(".") else f".{pattern}"
        if wanted == port and (host == pattern or (address is None and host.endswith(suffix))):
            return True
    return False


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
