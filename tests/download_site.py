"""A home that installs from an official list on the loopback: for commands as a person starts and ends them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pexpect
from archive_folder import archive_folder
from box import REPOSITORY, SECONDS, Box, wait_until
from loopback import Reply

from goswitch.sdk.digests import compare, read_digests

if TYPE_CHECKING:
    from pathlib import Path

    from loopback import Loopback

VERSIONS = ("1.20.3", "1.21.6", "1.22.4", "1.23.1")
NAMES = [f"go{version}" for version in VERSIONS]


class Site(Box):
    """Such a home; the archives answer as `reply` says."""

    def __init__(self, base: Path, server: Loopback) -> None:
        super().__init__(base)
        self.server = server
        listed = archive_folder(base / "archives", *VERSIONS, noise=20)
        server.put("/dl/?mode=json&include=all", (base / "archives/releases.json").read_bytes())
        self.paths = {file["version"]: f"/dl/{file['filename']}" for file in listed}
        for file in listed:
            server.put(
                f"/dl/{file['filename']}", Reply((base / "archives" / file["filename"]).read_bytes(), etag='"1"')
            )
        self.env |= {"GOSWITCH_OFFICIAL_URL": f"{server.url}/dl/", "GOSWITCH_SOURCES": "official"}

    def reply(self, name: str, **changes: Any) -> None:
        """Change how the archive of an SDK is answered; `times` answers come before the right one again."""
        (first,) = self.server.replies[self.paths[name]]  # type: ignore[misc] # no function in this file
        times = changes.pop("times", None)
        changed = replace(first, **changes)
        self.server.put(self.paths[name], *([changed] * (times or 1)), *([first] if times else []))

    @property
    def downloads(self) -> Path:
        """Where partial downloads lie."""
        return self.home / ".cache/goswitch/downloads"

    @property
    def installed(self) -> list[str]:
        """The names of the SDKs that count."""
        return sorted(path.parent.name for path in self.root.glob("*/.unpacked-success"))

    def litter(self) -> list[str]:
        """Return what lies in the SDK root beside complete SDKs, and in the staging folder."""
        found = [path.name for path in self.root.glob("go*") if path.name not in self.installed]
        return found + [path.name for path in (self.root / ".goswitch/staging").glob("*")]

    def notes(self) -> list[str]:
        """Return the notes of who holds a lock."""
        return [
            path.name for folder in (self.root / ".goswitch/locks", self.downloads) for path in folder.glob("*.holder")
        ]

    def require_whole(self, *names: str) -> None:
        """Require these SDKs, each with all of its files, and nothing beside them but files of locks."""
        assert self.installed == sorted(names)
        for name in names:
            assert not compare(self.root / name, read_digests(self.root / name))
        assert self.litter() == self.notes() == []
        assert [path.name for path in self.downloads.iterdir() if path.suffix != ".lock"] == []

    def on_terminal(self, columns: int, *words: str, **env: str) -> tuple[int | None, str]:
        """Run a command on a pseudo-terminal; return its status and all that came to the screen."""
        child = self.spawn(columns, *words, **env)
        child.expect(pexpect.EOF)
        child.close()
        return child.exitstatus, child.before or ""

    def spawn(self, columns: int, *words: str, **env: str) -> pexpect.spawn[str]:
        """Start a command on a pseudo-terminal."""
        return pexpect.spawn(
            sys.executable, ["-m", "goswitch", *words],
            env={**self.env, "TERM": "xterm", "PYTHONPATH": str(REPOSITORY), **env}, cwd=str(self.project),
            encoding="utf-8", timeout=SECONDS, dimensions=(24, columns),
        )  # fmt: skip

    def start(self, *words: str, **env: str) -> subprocess.Popen[str]:
        """Start a command that writes to pipes."""
        return subprocess.Popen(
            [sys.executable, "-m", "goswitch", *words], env={**self.env, "PYTHONPATH": str(REPOSITORY), **env},
            cwd=self.project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def wait_for_partial(self, size: int, *names: str) -> None:
        """Wait until of all of `names` so many bytes are there."""

        def came(name: str) -> bool:
            return any(path.stat().st_size >= size for path in self.downloads.glob(f"{name}.*.gz"))

        wait_until(lambda: all(came(name) for name in names))

    def wait_for_files(self, *names: str) -> None:
        """Wait until of all of `names` the first file is unpacked."""
        staging = self.root / ".goswitch/staging"
        wait_until(lambda: all(any(staging.glob(f"{name}@*/{name}/*")) for name in names))
