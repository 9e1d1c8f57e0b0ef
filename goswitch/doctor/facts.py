"""What checks are given: the world, and what has been looked at in it, looked at once.

A probe is a function that looks (it takes the Facts and returns a value); `facts.ask(probe)` runs it at the first
question and remembers the answer, so checks share what they look at, and a new probe needs no change here. Nothing
asks the network.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.system.world import World

T = TypeVar("T")


class Facts:
    """One look at one machine.

    `toolchain` and `auto_install` are the settings of those names; `deep` reads again what has a receipt.
    """

    def __init__(
        self,
        world: World,
        layout: Layout,
        *,
        toolchain: str = "local",
        auto_install: str = "never",
        deep: bool = False,
    ) -> None:
        self.world = world
        self.layout = layout
        self.toolchain = toolchain
        self.auto_install = auto_install
        self.deep = deep
        self._lock = threading.Lock()
        self._answers: dict[Callable[[Facts], Any], _Answer] = {}

    @property
    def env(self) -> Mapping[str, str]:
        """The environment of this run."""
        return self.world.env

    @property
    def cwd(self) -> Path:
        """The folder that is asked about."""
        return self.world.cwd

    def ask(self, probe: Callable[[Facts], T]) -> T:
        """Return what a probe sees. It runs once, whatever thread asks; an error of its is raised to each asker."""
        with self._lock:
            answer = self._answers.setdefault(probe, _Answer())
        with answer.lock:
            if answer.error is None and not answer.there:
                try:
                    answer.value = probe(self)
                    answer.there = True
                except Exception as error:
                    answer.error = error
                    raise
            if answer.error is not None:
                raise answer.error
        value: T = answer.value
        return value


class _Answer:
    """A probe's answer, or its error, behind a lock of its own. A probe may ask others, but not itself."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.there = False
        self.value: Any = None
        self.error: Exception | None = None
