"""Who owns an SDK, who may change it, and whether we may read it."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.checks.sdks.parts import listed
from goswitch.doctor.probes.sdks import sdks
from goswitch.model.finding import Fix, Kind, SetMode, Severity
from goswitch.sdk.inventory import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding
    from goswitch.sdk.examination import Examined

CHANGEABLE = Kind(
    "sdk-changeable-by-all",
    Severity.WARNING,
    title="Everybody on the machine may change an SDK",
    cause="it was unpacked with umask 000, or copied from a disk without modes",
    message="whoever changes the compiler has changed every program that you build",
    cure="goswitch doctor --fix",
)
UNREADABLE = Kind(
    "sdk-unreadable",
    Severity.ERROR,
    title="We may not read an SDK",
    cause="another user installed it, with a umask that keeps others out",
    message="`permission denied` for every command that needs it",
    cure="chmod -R u+rwX,go+rX ~/sdk/go1.22.4",
)
ANOTHERS = Kind(
    "sdk-of-another-user",
    Severity.NOTE,
    title="An SDK in our SDK root belongs to another user",
    cause="it was installed with sudo, or as root in a container with the home folder mounted",
    message="it runs, but `goswitch uninstall` and `goswitch repair` end in `Permission denied`",
    cure="sudo chown -R $(id -u) ~/sdk/go1.22.4",
)


@check(CHANGEABLE, UNREADABLE, ANOTHERS)
def owner(facts: Facts) -> Iterator[Finding]:
    """Look at owners and permissions."""
    root = facts.layout.sdk_root
    ours = os.geteuid()
    ours_root = root.exists() and root.stat().st_uid == ours
    for sdk in facts.ask(sdks):
        if not sdk.there:
            continue
        quoted = shlex.quote(str(sdk.tree))
        if sdk.changeable:
            yield _changeable(sdk, quoted, ours)
        if sdk.unreadable:
            names = listed([name or "the folder itself" for name in sdk.unreadable])
            yield UNREADABLE.found(
                f"we may not read {sdk.name}: {names}", cure=f"{_sudo(sdk, ours)}chmod -R u+rwX,go+rX {quoted}"
            )
        if ours_root and sdk.owner not in {None, ours} and sdk.sdk.state is not State.LINKED:
            yield ANOTHERS.found(
                f"{sdk.name} belongs to the user with the id {sdk.owner}", cure=f"sudo chown -R {ours} {quoted}"
            )


def _changeable(sdk: Examined, quoted: str, ours: int) -> Finding:
    names = listed([name or "the folder itself" for name in sdk.changeable])
    command = f"{_sudo(sdk, ours)}chmod -R o-w {quoted}"
    fact = f"everybody may change {sdk.name}: {names}"
    if sdk.owner not in {ours, 0} or ours not in {0, sdk.owner}:
        return CHANGEABLE.found(fact, cure=command)
    places = [sdk.tree / name for name in sdk.changeable]
    modes = [(place, place.stat().st_mode & 0o7777) for place in places if not place.is_symlink()]
    steps = tuple(SetMode(place, mode, mode & ~0o002) for place, mode in modes)
    fix = Fix(f"take the right to write from others, for {len(steps)} of its files and folders", steps)
    return CHANGEABLE.found(fact, cure=command, fix=fix)


def _sudo(sdk: Examined, ours: int) -> str:
    return "" if ours in {0, sdk.owner} else "sudo "
