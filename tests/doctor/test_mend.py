"""Mending: each step does what was shown, and nothing where the file has changed meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.mend import mend
from goswitch.errors import DiskError
from goswitch.model.finding import Edit, Fix, Rehash, SetMode

if TYPE_CHECKING:
    from pathlib import Path


def rehash() -> None:
    pytest.fail("nobody asked for that")


def test_edits_and_modes(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("a\nb\n")
    file.chmod(0o640)
    gone = tmp_path / "gone"
    gone.write_text("x")
    steps = (Edit(file, "a\nb\n", "a\n"), SetMode(file, 0o640, 0o755), Edit(gone, "x", None))
    mend(Fix("all of it", steps), rehash=rehash)
    assert (file.read_text(), file.stat().st_mode & 0o777, gone.exists()) == ("a\n", 0o755, False)


def test_what_has_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("theirs\n")
    file.chmod(0o600)
    for step in (Edit(file, "mine\n", "other\n"), SetMode(file, 0o644, 0o755)):
        with pytest.raises(DiskError, match="has changed meanwhile"):
            mend(Fix("one", (step,)), rehash=rehash)
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("theirs\n", 0o600)


def test_shims_are_left_to_who_knows_the_settings(tmp_path: Path) -> None:
    called = []
    mend(Fix("shims", (Rehash(),)), rehash=lambda: called.append(1))
    assert called == [1]
