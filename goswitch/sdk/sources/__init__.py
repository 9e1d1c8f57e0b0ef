"""Where SDKs come from. `build_sources` makes the sources that a command may use, in order."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from goswitch import __version__
from goswitch.errors import SettingError
from goswitch.sdk.goenv import GoEnv
from goswitch.sdk.sources.kept_list import KeptList
from goswitch.sdk.sources.official import OfficialSource
from goswitch.sdk.sources.proxy import ProxySource
from goswitch.system.http import Client

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goswitch.model.layout import Layout
    from goswitch.sdk.sources.base import Source
    from goswitch.system.world import World

NAMES = ("official", "proxy")


@contextmanager
def build_sources(
    world: World, layout: Layout, *, names: Sequence[str], official_url: str, mirrors: Sequence[str] = ()
) -> Iterator[list[Source]]:
    """Give the sources `names`, in that order, for the world's platform; nothing is asked yet.

    `official_url` is where the official list is, `mirrors` serve its archives instead of its own host. Raise
    SettingError for a name that is no source.
    """
    with Client(world.env, agent=f"goswitch/{__version__}") as client:
        sources: list[Source] = []
        for name in names:
            kept = KeptList(layout, name, world.platform)
            if name == "official":
                sources.append(
                    OfficialSource(client, layout, world.platform, kept=kept, url=official_url, mirrors=mirrors)
                )
            elif name == "proxy":
                sources.append(ProxySource(client, GoEnv(world, layout), layout, world.platform, kept=kept))
            else:
                raise SettingError(f"no source is called {name!r}", help=f"the sources are {', '.join(NAMES)}")
        yield sources
