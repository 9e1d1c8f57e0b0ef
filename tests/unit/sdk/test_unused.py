"""What prune may take: never what is used, never the newest of a series, never what is no complete release."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goswitch.model.version import Version
from goswitch.sdk.inventory import Sdk, State
from goswitch.sdk.unused import plan


def sdk(name: str, state: State = State.COMPLETE) -> Sdk:
    try:
        version = Version.from_name(name)
    except ValueError:
        version = None
    return Sdk(name, Path("/sdk") / name, state, version)


@pytest.mark.parametrize(
    ("names", "used", "removed"),
    [
        ("go1.22.4", "", ""),
        ("go1.22.5 go1.22.4 go1.22.3", "", "go1.22.4 go1.22.3"),
        ("go1.22.5 go1.22.4 go1.22.3", "go1.22.3", "go1.22.4"),
        ("go1.23.0 go1.22.4 go1.22rc1 go1.20", "", "go1.22rc1"),
        ("go1.23rc2 go1.23rc1", "", "go1.23rc1"),
        ("go1.20.1 go1.20", "", "go1.20"),
        ("go1.22.10 go1.22.9", "", "go1.22.9"),
        ("go1.22.5 go1.22.4 go-mine gotip", "go-mine", "go1.22.4"),
    ],
)
def test_the_plan(names: str, used: str, removed: str) -> None:
    found = plan([sdk(name) for name in names.split()], dict.fromkeys(used.split(), "used"))
    assert [one.name for one in found.remove] == removed.split()
    releases = {name for name in names.split() if sdk(name).version is not None}
    assert set(found.keep) == releases - set(removed.split())


def test_only_complete_releases_are_up_for_it() -> None:
    states = [State.INCOMPLETE, State.FOREIGN, State.LINKED]
    others = [sdk(f"go1.22.{number}", state) for number, state in enumerate(states)]
    found = plan([sdk("go1.22.9"), *others], {})
    assert found.remove == ()
    assert dict(found.keep) == {"go1.22.9": "the newest 1.22"}


@given(
    st.sets(st.tuples(st.integers(18, 24), st.integers(1, 9)), min_size=1),
    st.sets(st.tuples(st.integers(18, 24), st.integers(1, 9))),
)
def test_whatever_goes_leaves_a_newer_one_and_is_not_used(
    numbers: set[tuple[int, int]], used: set[tuple[int, int]]
) -> None:
    known = {f"go1.{minor}.{patch}" for minor, patch in used}
    found = plan([sdk(f"go1.{minor}.{patch}") for minor, patch in numbers], dict.fromkeys(known, "used"))
    kept = [Version.from_name(name) for name in found.keep]
    for one in found.remove:
        assert one.name not in known
        assert one.version is not None
        assert any(version.series == one.version.series and version > one.version for version in kept)
    assert len(found.remove) + len(found.keep) == len(numbers)
