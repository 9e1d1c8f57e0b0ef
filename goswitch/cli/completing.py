"""What TAB offers for the words of verbs: from the disk and the lists kept last, never from the network.

Each function is a `shell_complete` of click's. Whoever presses TAB gets words or nothing: no error, no traceback.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.errors import GoswitchError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click

    from goswitch.cli.app import App

    Completer = Callable[[click.Context, click.Parameter, str], list[str]]

_ALIASES = ("stable", "oldstable", "latest")
_IN_A_SERIES = re.compile(r"[0-9]+\.[0-9]+[.a-z].*|[0-9]+\.[0-9]{2}")


def _offered(words: Callable[[App, str], Iterable[str]]) -> Completer:
    """Make a completer of what there is: it offers the words that begin as what is typed, each once.

    A version may be typed as `go1.22.4`, and is then offered so.
    """

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        typed = ctx.params.get(param.name or "")
        said = {*typed} if isinstance(typed, (tuple, list)) else set()
        prefix = "go" if re.match("go[0-9]", incomplete) else ""
        try:
            found = list(dict.fromkeys(words(ctx.obj, incomplete.removeprefix(prefix))))
        except (GoswitchError, OSError):
            return []
        offered = [f"{prefix}{word}" if word[:1].isdigit() else word for word in found]
        return [word for word in offered if word.startswith(incomplete) and word not in said]

    return complete


@_offered
def there(app: App, _typed: str) -> Iterable[str]:
    """Offer all that lies in the SDK root, also what is incomplete or foreign: for what mends or removes."""
    from goswitch.sdk.inventory import inventory  # noqa: PLC0415 - only TAB asks

    return [sdk.version.text if sdk.version is not None else sdk.name for sdk in inventory(app.layout.sdk_root)]


def _usable(app: App) -> list[str]:
    from goswitch.sdk.inventory import inventory  # noqa: PLC0415 - as above

    usable = [sdk for sdk in inventory(app.layout.sdk_root) if sdk.usable]
    return [sdk.version.text if sdk.version is not None else sdk.name for sdk in usable]


@_offered
def runnable(app: App, _typed: str) -> Iterable[str]:
    """Offer what can run now: installed releases, linked names, the aliases, `system`."""
    return [*_usable(app), *_ALIASES, "system"]


@_offered
def obtainable(app: App, typed: str) -> Iterable[str]:
    """Offer what can be installed, by the lists kept last: series first, within a series its releases."""
    from goswitch.sdk.sources.kept_list import kept_versions  # noqa: PLC0415 - as above

    known = kept_versions(app.layout)
    if _IN_A_SERIES.fullmatch(typed):
        releases = [version for version in known if not version.is_prerelease]
        return [version.text for version in (*releases, *known)]
    return [*_ALIASES, *(version.series for version in known if not version.is_prerelease)]


@_offered
def setting_names(_app: App, _typed: str) -> Iterable[str]:
    """Offer the settings."""
    from goswitch.model.settings import SETTINGS  # noqa: PLC0415 - as above

    return [setting.name for setting in SETTINGS]


def setting_values(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the values that the setting of the word before can have."""
    from goswitch.model.settings import SETTINGS  # noqa: PLC0415 - as above

    choices = [choice for setting in SETTINGS if setting.name == ctx.params.get("name") for choice in setting.choices]
    return [choice.removesuffix("path") for choice in choices if choice.startswith(incomplete)]


def tools(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Offer the tools of an SDK."""
    return [tool for tool in ("go", "gofmt") if tool.startswith(incomplete)]
