"""Checks: how one is declared, how all are found, how they are run.

One check is one function in one file of its own under `doctor/checks/TOPIC/`; nothing else names it. A topic is a
folder there; the docstring of its `__init__.py` is its title.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from goswitch.errors import GoswitchError
from goswitch.model.finding import Finding, Kind, by_severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from goswitch.doctor.facts import Facts

CHECKS = "goswitch.doctor.checks"
"""The package of doctor's topics."""


@dataclass(frozen=True)
class Check:
    """A function that finds, and the kinds that it may find."""

    kinds: tuple[Kind, ...]
    find: Callable[[Facts], Iterable[Finding]]

    @property
    def topic(self) -> str:
        """The name of the folder that it lies in."""
        return self.find.__module__.split(".")[-2]

    @property
    def name(self) -> str:
        """The function's name."""
        return self.find.__name__


@dataclass(frozen=True)
class Topic:
    """A folder of checks, in the order of their files' names."""

    name: str
    title: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class Unseen:
    """A check that could not look, and why."""

    check: str
    reason: str
    help: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What checks found, the worst first, and what they could not look at."""

    findings: tuple[Finding, ...]
    unseen: tuple[Unseen, ...]

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings, 2 could not look."""
        if self.unseen:
            return 2
        return 1 if self.findings else 0


def check(*kinds: Kind) -> Callable[[Callable[[Facts], Iterable[Finding]]], Check]:
    """Make a check of a function; `kinds` are what it may find."""

    def declare(find: Callable[[Facts], Iterable[Finding]]) -> Check:
        return Check(kinds, find)

    return declare


def topic_names(package: str = CHECKS) -> list[str]:
    """Return the names of the topics in a package, sorted, without importing them."""
    return sorted(entry.name for entry in pkgutil.iter_modules(importlib.import_module(package).__path__))


def load_topic(name: str, package: str = CHECKS) -> Topic:
    """Import a topic and return it with its checks."""
    folder = importlib.import_module(f"{package}.{name}")
    found: list[Check] = []
    for entry in sorted(pkgutil.iter_modules(folder.__path__), key=lambda entry: entry.name):
        module = importlib.import_module(f"{package}.{name}.{entry.name}")
        found += [
            value
            for value in vars(module).values()
            if isinstance(value, Check) and value.find.__module__ == module.__name__
        ]
    return Topic(name, (folder.__doc__ or "").strip().rstrip("."), tuple(found))


def run(checks: Iterable[Check], facts: Facts) -> Report:
    """Ask every check. One that cannot look (GoswitchError, OSError) is named in the report, and the others go on."""
    findings: list[Finding] = []
    unseen: list[Unseen] = []
    for asked in checks:
        try:
            findings += asked.find(facts)
        except GoswitchError as error:
            unseen.append(Unseen(asked.name, error.message, error.help))
        except OSError as error:
            unseen.append(Unseen(asked.name, f"{error.filename}: {error.strerror}"))
    return Report(tuple(by_severity(findings)), tuple(unseen))
