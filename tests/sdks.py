"""Real SDKs for tests: installed once by the engine itself, kept from run to run, and checked before each use.

They lie in $GOSWITCH_TEST_CACHE, else in `.cache/sdks` of the repository. Where the official list can't be reached, the
module proxy serves them that this machine's own Go settings name.
"""

from __future__ import annotations

import os
import platform as machine
import time
from functools import cache
from pathlib import Path

from goswitch.model.layout import Layout
from goswitch.model.platform import Platform, host_platform
from goswitch.model.version import Version
from goswitch.sdk.digests import compare, read_digests
from goswitch.sdk.install import install
from goswitch.sdk.receipt import read_receipt
from goswitch.sdk.reporter import Silent
from goswitch.sdk.sources import build_sources
from goswitch.system.files import remove_tree
from goswitch.system.locks import held
from goswitch.system.workers import Workers
from goswitch.system.world import World

README_VERSIONS = ("1.19.13", "1.21.6", "1.22.4")

H1 = {
    ("1.5.4", "linux/amd64"): "h1:P+P+z4W6eINdTznWIAzM9Qw/jSGroknhyKKdwnESpio=",
    ("1.19.13", "linux/amd64"): "h1:+OmeJh7XWeMq4xTkHYEhIziJY/ifiVi4gcm2BWaUnyk=",
    ("1.21.6", "linux/amd64"): "h1:Wae1SWjDFiYkC/fPDK/yIdHQfkG+cPDQdt/pItHR/0g=",
    ("1.22.4", "linux/amd64"): "h1:fpN6sm7ztDx02tXUzDKA/dY3Ir5VY3Eid9lluf0PK30=",
}
"""What Go's checksum database records; looked up once by another client, and written down here."""


def host() -> Platform:
    """Return this machine's platform."""
    return host_platform(machine.system(), machine.machine())


def cache_layout() -> Layout:
    """Return where the tests' SDKs and the engine's cache for them lie."""
    default = Path(__file__).resolve().parent.parent / ".cache" / "sdks"
    base = Path(os.environ.get("GOSWITCH_TEST_CACHE") or default)
    return Layout(base / "sdk", base / "data", base / "cache", base / "config")


@cache
def real_sdk(version: str) -> Path:
    """Return the path of a real SDK: whole, proven when it was installed, and unchanged since."""
    layout = cache_layout()
    wanted = Version.parse(version).released
    path = layout.sdk(wanted)
    with held(layout.own / "tests", wanted.name, timeout=None):
        if path.exists() and (read_receipt(path) is None or compare(path, read_digests(path))):
            remove_tree(path)
        world = World(os.environ, Path.cwd(), Path.home(), host(), time.time)
        names, url = ("official", "proxy"), "https://go.dev/dl/"
        with (
            Workers() as workers,
            build_sources(world, layout, names=names, official_url=url, workers=workers) as sources,
        ):
            install(wanted, layout=layout, platform=host(), sources=sources, reporter=Silent())
    return path
