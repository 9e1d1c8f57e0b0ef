"""`doctor sdks --fix` on a real SDK: what it shows, what it asks, what it mends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from placed import own, place

from goswitch.doctor.checks.sdks.leftovers import leftovers
from goswitch.doctor.checks.sdks.programs import programs
from goswitch.doctor.mend import mend
from goswitch.errors import DiskError
from goswitch.sdk.leftovers import staging_name

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker


@pytest.fixture
def tree(looker: Looker) -> Path:
    """Return an SDK without the right to run, with its archive in it, and with something left in staging."""
    tree = place(looker.box.root, "1.22.4")
    own(tree / "bin/go").chmod(0o644)
    (tree / "go1.22.4.linux-amd64.tar.gz").write_bytes(bytes(2_000_000))
    left = looker.layout.staging / staging_name("go1.21.6")
    left.mkdir(parents=True)
    (left / "x").write_bytes(bytes(1_000_000))
    return tree


def test_it_shows_each_step_and_mends_nothing_without_an_answer(looker: Looker, tree: Path) -> None:
    ran = looker.run("doctor", "sdks", "--fix")
    assert ran.status != 0
    for step in (
        "chmod 0755 ~/sdk/go1.22.4/bin/go (now 0644)",
        "rm ~/sdk/go1.22.4/go1.22.4.linux-amd64.tar.gz (2.0 MB)",
        "rm ~/sdk/.goswitch/staging/*, but for what is being worked on",
    ):
        assert f"  {step}\n" in ran.err
    assert (tree / "go1.22.4.linux-amd64.tar.gz").exists()
    assert (tree / "bin/go").stat().st_mode & 0o777 == 0o644


def test_with_yes_all_is_mended_and_the_next_look_is_clean(looker: Looker, tree: Path) -> None:
    ran = looker.run("doctor", "sdks", "--fix", "--yes")
    assert ran.status == 0, ran.err
    assert list(looker.layout.staging.iterdir()) == []
    again = looker.run("doctor", "sdks")
    assert (again.status, again.out, again.err) == (0, "", "nothing is wrong here\n")


def test_what_has_changed_since_it_was_seen_is_left_alone(looker: Looker, tree: Path) -> None:
    archive = tree / "go1.22.4.linux-amd64.tar.gz"
    fixes = [found.fix for check in (programs, leftovers) for found in looker.find(check)]
    (tree / "bin/go").chmod(0o600)
    archive.write_bytes(b"mine")
    for fix in fixes[:2]:
        assert fix is not None
        with pytest.raises(DiskError, match="has changed meanwhile"):
            mend(fix, rehash=lambda: None)
    assert archive.read_bytes() == b"mine"
    assert (tree / "bin/go").stat().st_mode & 0o777 == 0o600
