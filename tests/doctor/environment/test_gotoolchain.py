from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.environment.gotoolchain import gotoolchain

if TYPE_CHECKING:
    from sighted import Looker


@pytest.fixture
def bound(looker: Looker) -> Looker:
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    return looker


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1.23.9", 'go: invalid GOTOOLCHAIN "1.23.9"'),
        ("default", 'go: invalid GOTOOLCHAIN "default"'),
        ("local+x", 'go: invalid GOTOOLCHAIN "local+x": only version suffixes are +auto and +path'),
        ("+auto", 'go: invalid GOTOOLCHAIN "+auto": invalid minimum toolchain ""'),
    ],
)
def test_a_refused_value(bound: Looker, value: str, words: str) -> None:
    bound.env["GOTOOLCHAIN"] = value
    (found,) = bound.find(gotoolchain)
    assert (found.id, found.why, found.cure) == ("toolchain-setting-refused", words, ("unset GOTOOLCHAIN",))


def test_a_refused_value_in_the_file(bound: Looker) -> None:
    file = bound.write(".config/go/env", "GOTOOLCHAIN=1.23\n")
    bound.box.pin("1.22.4\n").unlink()
    (bound.box.root / ".goswitch").mkdir()
    (bound.box.root / ".goswitch/default").write_text("1.22.4\n")
    (found,) = bound.find(gotoolchain)
    assert (str(found.place), found.cure) == (f"{file}:1", ("go env -u GOTOOLCHAIN",))


def test_another_version(bound: Looker) -> None:
    bound.env["GOTOOLCHAIN"] = "go1.23.9"
    (found,) = bound.find(gotoolchain)
    assert found.fact == "GOTOOLCHAIN=go1.23.9 is exported: go1.23.9 runs instead of go1.22.4"


@pytest.mark.parametrize("value", ["", "local", "auto", "path", "go1.22.4", "local+auto"])
def test_silence(bound: Looker, value: str) -> None:
    bound.env["GOTOOLCHAIN"] = value
    assert bound.find(gotoolchain) == []
