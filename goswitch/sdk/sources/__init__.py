"""Where SDKs come from. `build_sources` makes the sources that a command may use, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import SettingError
from goswitch.sdk.goenv import GoEnv
from goswitch.sdk.sources.proxy import ProxySource
from goswitch.system.http import Client

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform
    from goswitch.sdk.sources.base import Source
    from goswitch.system.world import World

NAMES = ("official", "proxy")


def build_sources(
    world: World, layout: Layout, platform: Platform, names: Sequence[str], official_url: str, mirrors: Sequence[str]
) -> list[Source]:
    """Return the sources `names`, in that order; nothing is asked yet. Raise SettingError for a name that is none."""
    client = Client(world.env)
    sources: list[Source] = []
    for name in names:
        if name == "proxy":
            sources.append(ProxySource(client, GoEnv(world, layout), layout, platform))
        elif name != "official":
            raise SettingError(f"no source is called {name!r}", help=f"the sources are {', '.join(NAMES)}")
    return sources
