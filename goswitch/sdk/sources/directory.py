"""The source `directory`: a folder of official archives with their list, `releases.json` in the form of go.dev's list.

For machines without a network, and for sites that keep their own archives. What proves an archive is the list's sha256:
who writes the list is trusted as go.dev is, so keep it where only those write who may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import NoSuchVersion, ProofError, SettingError
from goswitch.sdk.sources.local import local_file
from goswitch.sdk.sources.official import ROOT, Archive, parse_list, proven
from goswitch.sdk.sources.streaming import Fetched
from goswitch.sdk.unpacking_tar import unpack_tar

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.platform import Platform
    from goswitch.model.version import Version
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Staged
    from goswitch.sdk.sources.kept_list import KeptList
    from goswitch.system.workers import Workers

LIST = "releases.json"


class DirectorySource:
    """SDKs for `platform` from the archives in `folder`."""

    name = "directory"
    lists_all = True

    def __init__(self, folder: Path, platform: Platform, *, kept: KeptList, workers: Workers) -> None:
        self._folder = folder
        self._platform = platform
        self._kept = kept
        self._workers = workers
        self._archives: dict[Version, Archive] | None = None

    def versions(self) -> list[Version]:
        """Return what the list has for the platform, with a hash; raise SettingError if there is no list."""
        return list(self._list())

    def has(self, version: Version) -> bool:
        """Tell whether the list has it."""
        return version in self._list()

    def stage(self, version: Version, tree: Path, reporter: Reporter) -> Staged:
        """Unpack and prove the archive of `version`; raise SettingError if it is listed and not there."""
        archive = self._list().get(version)
        if archive is None:
            raise NoSuchVersion(f"{self._folder / LIST} lists no {version.name} for {self._platform}")
        path = self._folder / archive.filename
        try:
            size = path.stat().st_size
        except OSError as error:
            raise SettingError(f"can't read {path}, which {LIST} lists: {error.strerror}") from error
        if size != archive.size:
            raise ProofError(f"{path} has {size} bytes, {LIST} says {archive.size}")
        with local_file(path, size, version.name, reporter) as growing:
            unpacked = unpack_tar(growing, ROOT, tree, growing.restarts, reporter, self._workers)
        return proven(archive, Fetched(size, unpacked), path.as_uri(), (self._folder / LIST).as_uri())

    def _list(self) -> dict[Version, Archive]:
        if self._archives is None:
            path = self._folder / LIST
            try:
                body = path.read_bytes()
            except OSError as error:
                raise SettingError(
                    f"can't read {path}: {error.strerror}",
                    help=f"put a list in go.dev's form there: https://go.dev/dl/?mode=json ({LIST})",
                ) from error
            self._archives = parse_list(body, self._platform, str(path))
            self._kept.keep(self._archives)
        return self._archives
