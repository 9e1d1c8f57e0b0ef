"""The README's first command, run twice: what it shows, and that it touches nothing but its own folder."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from box import REPOSITORY, clean_environment

if TYPE_CHECKING:
    from pathlib import Path


def test_quickstart_builds_each_project_with_its_own_sdk(tmp_path: Path) -> None:
    home, work = tmp_path / "home", tmp_path / "quickstart"
    home.mkdir()
    (home / "mine").touch()
    # Settings of the user's that must not get in.
    env = clean_environment(HOME=str(home), GOROOT="/nonexistent", GOTOOLCHAIN="go1.19.13", GOSWITCH_VERSION="1.19.13")
    for _ in range(2):
        done = subprocess.run(
            [REPOSITORY / "scripts/quickstart", work],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=280,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        rows = [" ".join(line.split()) for line in done.stdout.split("PROJECT")[1].splitlines()[1:]]
        projects = work / "projects"
        assert rows == [
            f"generator built with go1.19.13 go1.19.13 (set by {projects}/generator/.go-version:1)",
            f"service built with go1.21.6 go1.21.6 (floor go 1.21.6 from {projects}/service/go.mod:3)",
            "experiment built with go1.22.4 its Makefile: GOROOT := $(HOME)/sdk/go$(GO_VERSION)",
        ]
    assert [path.name for path in home.iterdir()] == ["mine"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "quickstart"]
