"""Where SDKs lie, and who may read and change them."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest
import unprivileged
from placed import own, place

from goswitch.doctor.checks.sdks.case import case
from goswitch.doctor.checks.sdks.owner import owner
from goswitch.doctor.checks.sdks.path import path
from goswitch.doctor.mend import mend

if TYPE_CHECKING:
    from pathlib import Path

    from box import Box
    from sighted import Looker


@pytest.mark.parametrize(
    ("folder", "kinds"),
    [
        ("with space", ["sdk-path-with-space"]),
        ("co:lon", ["sdk-path-with-colon"]),
        ("new\nline", ["sdk-path-with-newline"]),
        ("größe", ["sdk-path-not-ascii"]),
        ("a" * 201, ["sdk-path-too-long"]),
        ("plain-1.2_x", []),
    ],
)
def test_paths_that_something_can_not_take(looker: Looker, folder: str, kinds: list[str]) -> None:
    looker.box.root = looker.box.base / folder
    place(looker.box.root, "1.22.4")
    place(looker.box.root, "1.19.13")
    assert [found.id for found in looker.find(path)] == kinds


def test_the_path_that_a_link_leads_to(looker: Looker) -> None:
    looker.box.root.mkdir()
    (looker.box.root / "go-nightly").symlink_to(place(looker.box.base / "with space", "1.22.4"))
    (found,) = looker.find(path)
    assert found.fact.startswith("the path of go-nightly, in ")


def test_an_sdk_root_without_sdks_breaks_nothing_yet(looker: Looker) -> None:
    looker.box.root = looker.box.base / "with space"
    looker.box.root.mkdir()
    assert looker.find(path) == []


def test_what_everybody_may_change_is_found_and_mended(looker: Looker) -> None:
    tree = place(looker.box.root, "1.22.4")
    assert looker.find(owner) == []
    own(tree / "bin/go").chmod(0o777)
    (tree / "bin").chmod(0o777)
    (found,) = looker.find(owner)
    assert (found.id, found.fact) == ("sdk-changeable-by-all", "everybody may change go1.22.4: bin, bin/go")
    assert found.fix is not None
    mend(found.fix, rehash=lambda: None)
    assert [stat.S_IMODE((tree / name).stat().st_mode) for name in ("bin", "bin/go")] == [0o775, 0o775]
    assert looker.find(owner) == []


def test_an_sdk_of_another_user(looker: Looker) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    tree = place(looker.box.root, "1.22.4")
    os.chown(tree, unprivileged.NOBODY, unprivileged.NOBODY)
    (found,) = looker.find(owner)
    assert (found.id, found.cure) == ("sdk-of-another-user", (f"sudo chown -R 0 {tree}",))


@pytest.mark.parametrize("part", ["", "bin", "src", "bin/go"])
def test_an_sdk_that_we_may_not_read_is_that_alone(part: str) -> None:
    with unprivileged.readable_folder() as folder:
        tree = place(folder / "sdk", "1.22.4", source=("fmt",))
        env = {"HOME": str(folder), "GOSWITCH_SDK_ROOT": str(folder / "sdk")}
        if part == "bin/go":
            own(tree / part)
        unprivileged.give_to_nobody(tree / part)
        (tree / part).chmod(0o000)
        ran = unprivileged.run_goswitch("doctor", "sdks", "--json", cwd=folder, env=env)
        (tree / part).chmod(0o755)
        report = json.loads(ran.out)
        facts = {found["id"]: found["fact"] for found in report["findings"]}
        assert report["unseen"] == []
        assert facts["sdk-unreadable"].startswith(f"we may not read go1.22.4: {part or 'the folder itself'}")
        assert set(facts) <= {"sdk-unreadable", "sdk-of-another-user"}
        whole = unprivileged.run_goswitch("doctor", "sdks", "--json", cwd=folder, env=env)
        assert "sdk-unreadable" not in {found["id"] for found in json.loads(whole.out)["findings"]}


@pytest.fixture
def folding(box: Box) -> Path:
    """Return a folder that does not tell upper from lower case, or skip where none can be made."""
    folder = box.base / "folding"
    folder.mkdir()
    if shutil.which("chattr"):
        subprocess.run(["chattr", "+F", str(folder)], capture_output=True, check=False)
    (folder / "x").touch()
    if not (folder / "X").exists():
        pytest.skip("no folder here can be made to fold case")
    return folder


def test_a_folder_that_folds_case(looker: Looker, folding: Path) -> None:
    looker.box.root = folding / "sdk"
    looker.box.root.mkdir()
    (looker.box.root / "go1.22.4").mkdir()
    assert [found.id for found in looker.find(case)] == ["case-insensitive-file-system"]


def test_two_names_that_differ_in_case_are_no_folded_case(looker: Looker) -> None:
    place(looker.box.root, "1.22.4")
    assert looker.find(case) == []
    (looker.box.root / "GO1.22.4").symlink_to(looker.box.root / "go1.22.4")
    assert looker.find(case) == []
