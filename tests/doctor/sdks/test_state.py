"""What stands in the SDK root and is no SDK, or seems to be one; what is left over there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from placed import place

from goswitch.doctor.checks.sdks.leftovers import leftovers
from goswitch.doctor.checks.sdks.state import state
from goswitch.doctor.mend import mend
from goswitch.sdk.leftovers import staging_name
from goswitch.system.files import remove_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sighted import Looker


def without_records(tree: Path) -> None:
    (tree / ".unpacked-success").unlink()
    remove_tree(tree / ".goswitch")


def without_tree(tree: Path) -> None:
    for name in ("bin", "pkg"):
        shutil.rmtree(tree / name)
    (tree / "src").unlink()


def emptied(tree: Path) -> None:
    remove_tree(tree)
    tree.mkdir()


STATES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no marker, our receipt": (lambda tree: (tree / ".unpacked-success").unlink(), "sdk-incomplete"),
    "an empty folder, as a failed download leaves it": (emptied, "sdk-incomplete"),
    "no marker, no receipt": (without_records, "sdk-foreign"),
    "the marker alone": (without_tree, "sdk-marker-without-tree"),
}


@pytest.mark.parametrize("what", STATES)
def test_each_state_is_told_from_the_others(looker: Looker, what: str) -> None:
    spoil, kind = STATES[what]
    spoil(place(looker.box.root, "1.22.4"))
    (found,) = looker.find(state)
    assert found.id == kind
    forced = " --force" if kind == "sdk-foreign" else ""
    assert found.cure[0] == f"goswitch repair{forced} go1.22.4"


def test_a_link_whose_target_is_gone(looker: Looker) -> None:
    looker.box.root.mkdir()
    (looker.box.root / "go-nightly").symlink_to(looker.box.base / "gone")
    (found,) = looker.find(state)
    assert (found.id, found.fact) == (
        "link-target-gone",
        f"go-nightly is linked to {looker.box.base}/gone, which is not there",
    )


def test_silence(looker: Looker) -> None:
    place(looker.box.root, "1.22.4")
    (looker.box.root / "go-nightly").symlink_to(place(looker.box.base / "built", "1.19.13"))
    (looker.box.root / "notes").mkdir()
    assert looker.find(state) == looker.find(leftovers) == []


def test_no_sdk_root_is_silence(looker: Looker) -> None:
    assert looker.find(state) == looker.find(leftovers) == []


def test_the_archive_that_golang_org_dl_leaves(looker: Looker) -> None:
    archive = place(looker.box.root, "1.22.4") / "go1.22.4.linux-amd64.tar.gz"
    archive.write_bytes(bytes(3_000_000))
    (found,) = looker.find(leftovers)
    assert (found.id, found.cure) == ("left-over-archive", (f"rm {archive}",))
    assert found.fact == "go1.22.4 has go1.22.4.linux-amd64.tar.gz in it (3 MB)"
    assert found.fix is not None
    mend(found.fix, rehash=lambda: None)
    assert not archive.exists()
    assert looker.find(leftovers) == []


def test_what_a_killed_process_left_is_found_and_cleared_but_not_what_is_worked_on(looker: Looker) -> None:
    staging = looker.layout.staging
    left, busy = staging / staging_name("go1.22.4"), staging / staging_name("go1.21.6")
    for folder in (left, busy):
        folder.mkdir(parents=True)
        (folder / "x").write_bytes(bytes(2_000_000))
    script = (
        "import sys; from pathlib import Path; from goswitch.system.locks import held\n"
        "with held(Path(sys.argv[1]), 'go1.21.6', timeout=None):\n    print(flush=True); sys.stdin.read()"
    )
    words = [sys.executable, "-c", script, str(looker.layout.locks)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        worker.stdout.readline()
        before = sorted(looker.layout.locks.iterdir())
        (found,) = looker.find(leftovers)
        assert sorted(looker.layout.locks.iterdir()) == before
        assert (found.id, found.cure) == ("left-over-staging", ("goswitch cache --clear",))
        assert found.fact == f"what killed processes left of go1.22.4 lies in {staging} (2 MB)"
        assert found.fix is not None
        mend(found.fix, rehash=lambda: None)
        assert (left.exists(), busy.exists()) == (False, True)
        assert looker.find(leftovers) == []
