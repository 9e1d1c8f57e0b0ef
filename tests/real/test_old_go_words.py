"""What Go before 1.21 does with a go line above itself, provoked with a real one."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from sdks import cache_layout, real_sdk

from goswitch.model.too_new import too_new

if TYPE_CHECKING:
    from pathlib import Path

OLD = "1.19.13"
CACHE = cache_layout().cache / "go-build"
"""Kept from run to run: compiling the runtime takes long."""


def said(folder: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(
        [real_sdk(OLD) / "bin/go", "build", *(words or ("-n",)), "."],
        cwd=folder,
        env={"HOME": str(folder), "PATH": os.environ["PATH"], "GOPROXY": "off", "GOCACHE": str(CACHE)},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    return done.returncode, done.stderr


@pytest.mark.parametrize("needs", ["1.20", "1.21", "1.22", "1.21.0", "1.22.4"])
def test_in_the_main_module(tmp_path: Path, needs: str) -> None:
    (tmp_path / "go.mod").write_text(f"module m\ngo {needs}\n")
    (tmp_path / "m.go").write_text("package main\n\nfunc main() {}\n")
    status, words = said(tmp_path)
    expected = too_new(OLD, needs, shown="go.mod")
    assert expected.refuses == (status != 0)
    assert not expected.refuses or expected.words.strip('"') in words


@pytest.mark.parametrize("needs", ["1.20", "1.21.0", "1.22.4"])
def test_in_a_dependency(tmp_path: Path, needs: str) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "go.mod").write_text("module m\ngo 1.18\nrequire e.x/d v1.0.0\nreplace e.x/d => ./d\n")
    (tmp_path / "m.go").write_text('package main\n\nimport _ "e.x/d"\n\nfunc main() {}\n')
    (tmp_path / "d/go.mod").write_text(f"module e.x/d\ngo {needs}\n")
    (tmp_path / "d/d.go").write_text("package d\n")
    status, words = said(tmp_path)
    expected = too_new(OLD, needs, shown="./d", dependency=True)
    assert expected.refuses == (status != 0)
    assert not expected.refuses or expected.words.strip('"') in words


def test_the_note_comes_with_a_compiler_error(tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module m\ngo 1.21\n")
    (tmp_path / "m.go").write_text("package main\n\nfunc main() { println(min(1, 2)) }\n")
    expected = too_new(OLD, "1.21", shown="go.mod")
    status, words = said(tmp_path, "-o", os.devnull)
    assert (expected.refuses, status != 0) == (False, True)
    assert "note: module requires Go 1.21" in words
    assert '"note: module requires Go 1.21"' in expected.words
