"""A place for one engine test: an SDK root and a cache of its own, and sources that ask a server on the loopback."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goswitch.model.layout import Layout
from goswitch.model.platform import Platform
from goswitch.model.version import Version
from goswitch.sdk.goenv import GoEnv
from goswitch.sdk.install import Installed, install
from goswitch.sdk.sources.kept_list import KeptList
from goswitch.sdk.sources.official import OfficialSource
from goswitch.sdk.sources.proxy import ProxySource
from goswitch.system.http import Client
from goswitch.system.retry import Retry
from goswitch.system.workers import Workers
from goswitch.system.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from goswitch.sdk.sources.base import Source

LINUX = Platform("linux", "amd64")


@dataclass
class Told:
    """A reporter that keeps what it is told."""

    notes: list[str] = field(default_factory=list)
    done: int = 0
    totals: list[int | None] = field(default_factory=list)
    open: bool = False
    unpacked: list[tuple[int, int | None]] = field(default_factory=list)
    read: list[tuple[str, int]] = field(default_factory=list)

    def start(self, label: str, total: int | None) -> None:
        """Keep the total."""
        assert label.startswith("go")
        self.totals.append(total)
        self.open = True

    def start_files(self, label: str, total: int) -> None:
        """Keep the total."""
        self.read.append((label, total))
        self.open = True

    def advance(self, count: int) -> None:
        """Count."""
        self.done += count

    def files(self, done: int, total: int | None) -> None:
        """Keep the count."""
        self.unpacked.append((done, total))

    def finish(self) -> None:
        """Close."""
        self.open = False

    def note(self, text: str) -> None:
        """Keep the note."""
        self.notes.append(text)


@dataclass
class Engine:
    """The engine in a folder. `env` is the whole environment; `slept` are the waits it asked for, none of them real."""

    base: Path
    env: dict[str, str] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    slept: list[float] = field(default_factory=list)
    platform: Platform = LINUX

    def __post_init__(self) -> None:
        self.layout = Layout(self.base / "sdk", self.base / "data", self.base / "cache", self.base / "config")
        self.world = World(self.env, self.base, self.base / "home", self.platform, lambda: 1_700_000_000.0)

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Give an HTTP client that does not really sleep."""
        retry = Retry(sleep=self.slept.append, random=lambda: 0.5, wall=lambda: 1_700_000_000.0)
        with Client(self.env, retry=retry) as client:
            yield client

    def proxy(self, client: Client) -> ProxySource:
        """Return the source `proxy`, by GOPROXY and GOSUMDB of `env`."""
        kept = KeptList(self.layout, "proxy", self.platform)
        return ProxySource(
            client, GoEnv(self.world, self.layout), self.layout, self.platform, kept=kept, workers=Workers(0)
        )

    def official(self, client: Client, url: str, mirrors: Sequence[str] = ()) -> OfficialSource:
        """Return the source `official` with its list at `url`."""
        kept = KeptList(self.layout, "official", self.platform)
        return OfficialSource(
            client, self.layout, self.platform, kept=kept, workers=Workers(0), url=url, mirrors=mirrors
        )

    def install(self, version: str, *sources: Source) -> Installed:
        """Install from these sources."""
        return install(
            Version.parse(version),
            layout=self.layout,
            platform=self.platform,
            sources=sources,
            reporter=self.told,
            lock_timeout=30,
        )

    def from_proxy(self, version: str) -> Installed:
        """Install from the proxy alone."""
        with self.client() as client:
            return self.install(version, self.proxy(client))

    def from_official(self, version: str, url: str, mirrors: Sequence[str] = ()) -> Installed:
        """Install from the official list alone."""
        with self.client() as client:
            return self.install(version, self.official(client, url, mirrors))

    def litter(self) -> list[str]:
        """Return what lies in the SDK root and the downloads, but for locks and complete SDKs."""
        found = [path for path in self.layout.sdk_root.glob("*") if path.name != ".goswitch"]
        found = [path for path in found if not (path / ".unpacked-success").exists()]
        found += list(self.layout.staging.glob("*"))
        found += [path for path in self.layout.downloads.glob("*") if path.suffix != ".lock"]
        return sorted(path.name for path in found)
