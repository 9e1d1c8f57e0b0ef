"""Where SDKs come from. `build_sources` makes the sources that a command may use, in order.

Each source is imported when it is among them: what is loaded before the first byte is asked for is waited for.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch import __version__
from goswitch.errors import SettingError
from goswitch.sdk.goenv import GoEnv
from goswitch.sdk.goproxy import is_local
from goswitch.sdk.sources.kept_list import KeptList
from goswitch.system.http import Client, offline_error
from goswitch.system.netrc import Credentials
from goswitch.system.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from goswitch.model.layout import Layout
    from goswitch.sdk.sources.base import Source
    from goswitch.sdk.sources.proxy import ProxySource
    from goswitch.system.world import World

NAMES = ("official", "proxy", "directory:/path")
_DIRECTORY = "directory:"


@contextmanager
def build_sources(
    world: World,
    layout: Layout,
    *,
    names: Sequence[str],
    official_url: str,
    workers: Workers,
    mirrors: Sequence[str] = (),
    offline: str | None = None,
) -> Iterator[list[Source]]:
    """Give the sources `names`, in that order, for the world's platform; nothing is asked yet.

    `official_url` is where the official list is, `mirrors` serve its archives instead of its own host; `workers` unpack
    what comes. `offline` says who forbids the network; then only those are given that do without: directories, and a
    GOPROXY of files. Raise SettingError for a name that is no source, NetworkError if none is left.
    """
    goenv = GoEnv(world, layout)
    credentials = Credentials(world.env, world.home, allowed=lambda: _uses_netrc(goenv))
    with Client(world.env, agent=f"goswitch/{__version__}", credentials=credentials, offline=offline) as client:
        sources: list[Source] = []
        for name in names:
            kept = KeptList(layout, name.partition(":")[0], world.platform)
            if name.startswith(f"{_DIRECTORY}/"):
                from goswitch.sdk.sources.directory import DirectorySource  # noqa: PLC0415 - as said above

                sources.append(
                    DirectorySource(Path(name.removeprefix(_DIRECTORY)), world.platform, kept=kept, workers=workers)
                )
            elif name == "official":
                from goswitch.sdk.sources.official import OfficialSource  # noqa: PLC0415 - as said above

                official = OfficialSource(
                    client, layout, world.platform, kept=kept, workers=workers, url=official_url, mirrors=mirrors
                )
                sources += [] if offline else [official]
            elif name == "proxy":
                from goswitch.sdk.sources.proxy import ProxySource  # noqa: PLC0415 - as said above

                proxy = ProxySource(client, goenv, layout, world.platform, kept=kept, workers=workers)
                sources += [] if offline and not is_local(goenv.get("GOPROXY")) else [proxy]
            else:
                raise SettingError(f"no source is called {name!r}", help=f"the sources are {', '.join(NAMES)}")
        if not sources and offline:
            raise offline_error(offline)
        yield sources


@contextmanager
def proxy_source(world: World, layout: Layout, *, offline: str | None = None) -> Iterator[ProxySource]:
    """Give the source `proxy` alone, for what only the checksum database knows.

    `offline` says who forbids the network; what was proven before is proven again without it.
    """
    from goswitch.sdk.sources.proxy import ProxySource  # noqa: PLC0415 - as said above

    goenv = GoEnv(world, layout)
    credentials = Credentials(world.env, world.home, allowed=lambda: _uses_netrc(goenv))
    with Client(world.env, agent=f"goswitch/{__version__}", credentials=credentials, offline=offline) as client:
        kept = KeptList(layout, "proxy", world.platform)
        yield ProxySource(client, goenv, layout, world.platform, kept=kept, workers=Workers(0))


def _uses_netrc(goenv: GoEnv) -> bool:
    """Tell whether GOAUTH, whose default is netrc, names it; its other ways run programs, which we don't."""
    setting = goenv.get("GOAUTH")
    return setting is None or "netrc" in {word.strip() for word in setting.value.split(";")}
