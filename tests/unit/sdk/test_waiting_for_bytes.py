"""Unpacking that waits for its first byte keeps no process from another SDK."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from goswitch.sdk.reporter import Silent
from goswitch.sdk.unpacking_tar import unpack_tar
from goswitch.system.growing import Abandoned, Growing
from goswitch.system.workers import Workers

if TYPE_CHECKING:
    from pathlib import Path


class Watched(Growing):
    """Tells when somebody waits for it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.waited_for = threading.Event()

    def wait(self, offset: int, since: int = 0) -> int:
        self.waited_for.set()
        return super().wait(offset, since)


def test_silent_hosts_take_no_worker(tmp_path: Path) -> None:
    silent = [Watched(tmp_path / name) for name in ("a", "b")]
    with Workers(2) as workers:

        def unpack(growing: Growing) -> None:
            with suppress(Abandoned):
                unpack_tar(growing, "go/", tmp_path, 0, Silent(), workers)

        threads = [threading.Thread(target=unpack, args=(growing,)) for growing in silent]
        for growing in silent:
            growing.path.touch()
        for thread in threads:
            thread.start()
        try:
            assert all(growing.waited_for.wait(20) for growing in silent)
            got = threading.Event()

            def take() -> None:
                with workers.one():
                    got.set()

            third = threading.Thread(target=take, daemon=True)
            third.start()
            assert got.wait(20)
        finally:
            for growing in silent:
                growing.abandon()
        end = time.monotonic() + 20
        for thread in [*threads, third]:
            thread.join(max(0.0, end - time.monotonic()))
            assert not thread.is_alive()
