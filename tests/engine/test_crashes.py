"""Many processes at once, and processes that are killed: one download, whole SDKs, no litter."""

from __future__ import annotations

import hashlib
import json
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from archives import module_zip, sdk_files
from box import REPOSITORY
from checksum_log import ChecksumLog
from engine_world import Engine
from loopback import Loopback, Reply, loopback

from goswitch.sdk.digests import compare, read_digests
from goswitch.sdk.dirhash import h1

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE_VERSION = "v0.0.1-go1.22.4.linux-amd64"
FULL = f"/proxy/golang.org/toolchain/@v/{MODULE_VERSION}.zip"
PARKED_SECONDS = 60
MANY = 32

INSTALL = """
import json, sys
from pathlib import Path
from engine_world import Engine
from goswitch.system.checkpoint import arm
env = json.loads(sys.argv[2])
arm(env)
done = Engine(Path(sys.argv[1]), env).from_proxy("1.22.4")
print("already" if done.already else "installed")
"""


def large_files() -> dict[str, bytes]:
    """Return a stand-in SDK whose download takes more than one chunk and its unpacking more than one batch."""

    noise = random.Random(1)
    return sdk_files("1.22.4") | {f"src/big{number}": noise.randbytes(1 << 19) for number in range(4)}


FILES = large_files()
ZIP = module_zip("1.22.4", files=FILES)


class Setup:
    """A proxy with one release, and processes that install it into one folder."""

    def __init__(self, server: Loopback, base: Path) -> None:

        self.server, self.base = server, base
        prefix = f"golang.org/toolchain@{MODULE_VERSION}/"
        names = {f"{prefix}{name.replace('go.mod', '_go.mod')}": content for name, content in FILES.items()}
        log = ChecksumLog(300)
        log.add(
            "golang.org/toolchain", MODULE_VERSION, h1((n, hashlib.sha256(c).hexdigest()) for n, c in names.items())
        )
        self.env = {"GOPROXY": f"{server.url}/proxy", "GOSUMDB": log.key}
        server.put(FULL, Reply(ZIP, etag='"1"'))
        server.under("/proxy/sumdb/log.test/", log.reply)
        self.engine = Engine(base, self.env)
        self.path = self.engine.layout.sdk_root / "go1.22.4"

    def start(self, **env: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", INSTALL, str(self.base), json.dumps(self.env | env)]
        path = {"PYTHONPATH": f"{REPOSITORY}:{REPOSITORY / 'tests'}"}
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=path)

    def downloads(self) -> list[str | None]:
        """Return the ranges of all requests for the archive, but for the look at its directory."""
        asked = [asked.range for asked in self.server.asked if asked.path == FULL]
        return [which for which in asked if not (which or "").startswith("bytes=-")]

    def require_whole(self) -> None:
        assert (self.path / ".unpacked-success").exists()
        assert set(read_digests(self.path)) == set(FILES)
        assert not compare(self.path, read_digests(self.path))
        assert self.engine.litter() == []


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[Setup]:
    with loopback() as server:
        yield Setup(server, tmp_path)


def test_many_processes_install_one_version_with_one_download(setup: Setup) -> None:
    processes = [setup.start() for _ in range(MANY)]
    said = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0] * MANY, said
    assert sorted(out.strip() for out, _ in said) == ["already"] * (MANY - 1) + ["installed"]
    assert setup.downloads() == [None]
    setup.require_whole()


POINTS = [
    "after-lock", "mid-download", "mid-unpack", "after-download", "after-unpack", "before-sync", "after-sync",
    "before-rename", "after-rename", "before-marker", "after-marker",
]  # fmt: skip
RENAMED = {"after-rename", "before-marker", "after-marker"}


@pytest.mark.parametrize("point", POINTS)
def test_a_process_killed_at_any_point_leaves_none_or_a_whole_one(point: str, setup: Setup, tmp_path: Path) -> None:
    reached = tmp_path / "reached"
    with setup.start(GOSWITCH_TEST_CHECKPOINT=f"{point}:{reached}") as process:
        until = time.monotonic() + PARKED_SECONDS
        while not reached.exists():
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < until, f"{point} was never reached"
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert (setup.path / ".unpacked-success").exists() == (point == "after-marker")
    assert setup.path.exists() == (point in RENAMED)
    done = setup.start()
    out, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    assert out.strip() == ("already" if point in RENAMED else "installed")
    setup.require_whole()
    whole = [which for which in setup.downloads() if which is None]
    assert len(whole) <= 2
    if point in {"after-download", "after-unpack"}:
        assert setup.downloads()[0] is None
