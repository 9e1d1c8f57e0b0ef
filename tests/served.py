"""One stand-in release on a module proxy of the loopback, with the log that knows it, and an engine that asks both."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archives import module_zip, sdk_files
from box import REPOSITORY
from checksum_log import ChecksumLog
from engine_world import Engine
from loopback import Loopback, Reply, loopback

from goswitch.sdk.dirhash import h1
from goswitch.sdk.repair import repair

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.sdk.install import Installed

VERSION = "1.22.4"
MODULE_VERSION = f"v0.0.1-go{VERSION}.linux-amd64"
GO_ENV = b"# defaults\nGOPROXY=https://proxy.example,direct\nGOSUMDB=sum.golang.org\n\n# see\nGOTOOLCHAIN=auto\n"
FILES = sdk_files(VERSION) | {"go.env": GO_ENV}
PARKED_SECONDS = 60

REPAIR = """
import json, sys
from pathlib import Path
from goswitch.system import exchange
from goswitch.system.checkpoint import arm
from served import repaired
env = json.loads(sys.argv[2])
arm(env)
if env.get("IN_STEPS"):
    exchange._in_one_step = lambda fresh, place: False
repaired(Path(sys.argv[1]), env, force=bool(env.get("FORCE")))
"""


def recorded(files: dict[str, bytes]) -> str:
    """Return the h1 of a module with these files."""
    prefix = f"golang.org/toolchain@{MODULE_VERSION}/"
    names = {f"{prefix}{name.replace('go.mod', '_go.mod')}": content for name, content in files.items()}
    return h1((name, hashlib.sha256(content).hexdigest()) for name, content in names.items())


def repaired(base: Path, env: dict[str, str], name: str = f"go{VERSION}", *, force: bool = False) -> Installed:
    """Repair an SDK with an engine in `base`."""
    engine = Engine(base, env)
    with engine.client() as client:
        return repair(
            name,
            layout=engine.layout,
            platform=engine.platform,
            sources=[engine.proxy(client)],
            reporter=engine.told,
            force=force,
            clock=lambda: 1_700_000_000.0,
        )


class Served:
    """The release, its server, its log and an engine in `base`; `env` is the engine's whole environment."""

    def __init__(self, server: Loopback, base: Path) -> None:
        self.server, self.base = server, base
        self.log = ChecksumLog(300)
        self.log.add("golang.org/toolchain", MODULE_VERSION, recorded(FILES))
        self.env = {"GOPROXY": f"{server.url}/proxy", "GOSUMDB": self.log.key}
        self.zip_path = f"/proxy/golang.org/toolchain/@v/{MODULE_VERSION}.zip"
        server.put(self.zip_path, Reply(module_zip(VERSION, files=FILES)))
        server.under("/proxy/sumdb/log.test/", self.log.reply)
        self.engine = Engine(base, self.env)
        self.path = self.engine.layout.sdk_root / f"go{VERSION}"

    def install(self) -> Path:
        """Install it, and forget what the server was asked for that."""
        path = self.engine.from_proxy(VERSION).path
        self.server.asked.clear()
        return path

    def repair(self, name: str = f"go{VERSION}", *, force: bool = False) -> Installed:
        """Repair in this process."""
        return repaired(self.base, self.env, name, force=force)

    def start(self, **env: str) -> subprocess.Popen[str]:
        """Repair in a process of its own."""
        command = [sys.executable, "-c", REPAIR, str(self.base), json.dumps(self.env | env)]
        path = {"PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'tests'}"}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=path)

    def kill_at(self, point: str, **env: str) -> None:
        """Repair in a process of its own, and kill that at `point`."""
        reached = self.base / "reached"
        with self.start(GOSWITCH_TEST_CHECKPOINT=f"{point}:{reached}", **env) as process:
            until = time.monotonic() + PARKED_SECONDS
            while not reached.exists():
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < until, f"{point} was never reached"
                time.sleep(0.01)
            process.kill()
        reached.unlink()


@contextmanager
def served(base: Path) -> Iterator[Served]:
    """Serve the release until the end of the block."""
    with loopback() as server:
        yield Served(server, base)
