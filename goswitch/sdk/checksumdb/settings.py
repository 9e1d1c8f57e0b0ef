"""Which log proves modules: what GOSUMDB means (`cmd/go/internal/modfetch/sumdb.go`, dbDial)."""

from __future__ import annotations

import re
from typing import NamedTuple

from goswitch.errors import SettingError
from goswitch.sdk.checksumdb.note import Key

_KNOWN = {"sum.golang.org": "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"}
_ALIASES = {"sum.golang.google.cn": "sum.golang.org https://sum.golang.google.cn"}
_NAME = re.compile(r"[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~-]+)*")

DEFAULT = "sum.golang.org"
"""What counts where no Go is installed whose go.env could say it."""


class Log(NamedTuple):
    """A log: its key, and the URL that is asked instead of any proxy, where GOSUMDB names one."""

    key: Key
    url: str | None


def parse_gosumdb(value: str) -> Log:
    """Return the log that a value of GOSUMDB means; raise SettingError for `off` and for what is malformed."""
    value = _ALIASES.get(value, value)
    if value == "off":
        raise SettingError(
            "GOSUMDB=off: without the checksum database nothing proves a download from a module proxy",
            help=["unset GOSUMDB", "or install from the official list: goswitch install --source official"],
        )
    fields = value.split()
    if not 1 <= len(fields) <= 2:  # noqa: PLR2004 - a key and a URL
        raise SettingError(f"GOSUMDB has {len(fields)} words instead of a key and perhaps a URL: {value!r}")
    key = Key.parse(_KNOWN.get(fields[0], fields[0]))
    if _NAME.fullmatch(key.name) is None:
        raise SettingError(f"GOSUMDB names a checksum database whose name is no host: {key.name!r}")
    return Log(key, fields[1].rstrip("/") if len(fields) > 1 else None)
