"""Several SDKs side by side in one command that is ended, at the terminal or from elsewhere, or killed."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pexpect
import pytest
from box import wait_until
from download_site import NAMES, VERSIONS, Site
from loopback import loopback

from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


THREE, THREE_NAMES = VERSIONS[:3], NAMES[:3]
FIRST, *OTHERS = THREE_NAMES
CUT = 300_000
"""So much of an archive comes before it stalls: some of its files are unpacked by then."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with loopback() as server:
        yield Site(tmp_path, server)


def require_no_process(site: Site) -> None:
    """Require that all end by themselves, and those that unpack with them."""
    wait_until(lambda: not site.processes())


class Gate:
    """Holds all but the first back, by their locks, until `open`; then their archives never end.

    There may be no more workers than two: who came first would else be left to chance.
    """

    def __init__(self, site: Site, stack: ExitStack) -> None:
        self.site = site
        self._held = stack.enter_context(ExitStack())
        for name in OTHERS:
            site.reply(name, cut=CUT, stalls=True)
            self._held.enter_context(held(site.root / ".goswitch/locks", name, timeout=0))

    def open(self) -> None:
        """Let them come, and wait until the first of their files are unpacked."""
        self._held.close()
        self.site.wait_for_files(*OTHERS)
        self.site.wait_for_partial(CUT, *OTHERS)

    def goes_on(self) -> None:
        """Require that the next command installs all three, and goes on where the others were."""
        site = self.site
        for name in OTHERS:
            site.reply(name, cut=None, stalls=False)
        site.server.asked.clear()
        ran = site.run("install", *THREE)
        assert ran.status == 0, ran.err
        site.require_whole(*THREE_NAMES)
        for name in OTHERS:
            assert [asked.range for asked in site.server.asked if asked.path == site.paths[name]] == [f"bytes={CUT}-"]


@pytest.fixture
def gate(site: Site) -> Iterator[Gate]:
    with ExitStack() as stack:
        yield Gate(site, stack)


POINTS = ["after-unpack", "before-rename", "after-rename", "before-marker", "after-marker"]


@pytest.mark.parametrize("point", POINTS)
def test_killed_while_one_is_published_and_others_unpack(point: str, gate: Gate) -> None:
    site = gate.site
    reached = site.base / "reached"
    with site.start("install", *THREE, GOSWITCH_TEST_CHECKPOINT=f"{point}:{reached}") as process:
        try:
            wait_until(reached.exists)
            gate.open()
        finally:
            process.kill()
    require_no_process(site)
    assert site.installed == ([FIRST] if point == "after-marker" else [])
    gate.goes_on()
    assert site.server.count(site.paths[FIRST]) == (1 if point in {"after-unpack", "before-rename"} else 0)


@pytest.mark.parametrize("how", ["Ctrl-C", "SIGTERM"])
def test_ended_while_one_is_there_and_others_unpack(how: str, gate: Gate) -> None:
    site = gate.site
    child = site.spawn(80, "install", *THREE)
    wait_until(lambda: site.installed == [FIRST])
    gate.open()
    child.sendintr() if how == "Ctrl-C" else child.kill(signal.SIGTERM)
    child.expect(pexpect.EOF)
    child.close()
    assert (child.exitstatus, child.signalstatus) == (130 if how == "Ctrl-C" else 143, None)
    assert "Traceback" not in str(child.before)
    assert "goswitch: interrupted" in str(child.before)
    require_no_process(site)
    assert site.installed == [FIRST]
    assert site.litter() == site.notes() == []
    assert sorted(path.stat().st_size for path in site.downloads.glob("*.gz")) == [CUT] * len(OTHERS)
    gate.goes_on()
    assert site.server.count(site.paths[FIRST]) == 0
