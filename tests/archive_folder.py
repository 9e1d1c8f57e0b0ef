"""A folder of archives with their list, as the source `directory` takes it: SDKs for commands, without any server."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from archives import TarEntry, make_tar, program, release_file, sdk_files
from sdks import host

from goswitch.sdk.sources.module_zip import placed


def runnable(version: str) -> bytes:
    """Return a program that runs, does nothing, and says of itself that it is `go` of this version."""
    true = Path(shutil.which("true") or "/bin/true").read_bytes()
    here = host()
    told = program(f"go{version}", here.goos, here.goarch)
    return true + bytes(-len(true) % 16) + told[told.index(b"\xff Go buildinf:") :]


def stand_in(version: str) -> dict[str, bytes]:
    """Return the files of an SDK for this machine whose programs run."""
    here = host()
    files = sdk_files(version, here.goos, here.goarch)
    return {name: runnable(version) if name.startswith(("bin/", "pkg/tool/")) else data for name, data in files.items()}


def archive_folder(folder: Path, *versions: str) -> list[dict[str, Any]]:
    """Make archives of `versions` for this machine and their list in `folder`; return what the list says of them."""
    folder.mkdir(parents=True)
    listed: list[dict[str, Any]] = []
    for version in versions:
        entries = [
            TarEntry(f"go/{name}".encode(), data, mode=b"0000755" if placed(name)[1] else b"0000644")
            for name, data in stand_in(version).items()
        ]
        archive = gzip.compress(make_tar(entries), 1, mtime=0)
        file: dict[str, Any] = release_file(version, archive, host().archive_arch, host().goos)
        file["filename"] = f"go{version}.{host().archive}.tar.gz"
        (folder / file["filename"]).write_bytes(archive)
        assert file["sha256"] == hashlib.sha256(archive).hexdigest()
        listed.append(file)
    write_list(folder, listed)
    return listed


def write_list(folder: Path, files: list[dict[str, Any]]) -> None:
    """Write the list."""
    releases = [{"version": file["version"], "stable": True, "files": [file]} for file in files]
    (folder / "releases.json").write_text(json.dumps(releases))
