"""The source `official`: Go's download list, `go.dev/dl/?mode=json&include=all`, and the archives that it names.

The sha256 that counts is the list's, never one from the host that serves the bytes: those may come from a mirror. The
list is dirty in places (FACTS: files without hash or size, a `bootstrap` architecture, a version that is none, names
that are others): what is not plainly an archive of a release for this platform, with a hash, is not offered.
"""

from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin

from goswitch.errors import NetworkError, NoSuchVersion, ProofError
from goswitch.model.version import Version
from goswitch.sdk.sources.base import MOST_BYTES, Proof, Staged
from goswitch.sdk.sources.streaming import fetch_and_unpack, partial_download, tar_unpacker
from goswitch.system.files import empty_directory
from goswitch.system.urls import host_of, redacted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.kept_list import KeptList
    from goswitch.sdk.sources.streaming import Fetched
    from goswitch.system.http import Client
    from goswitch.system.workers import Workers

DEFAULT_URL = "https://go.dev/dl/"
_LIST_BYTES = 64 << 20
ROOT = "go/"
"""What all names in an official archive begin with."""

_SHA256 = re.compile(r"[0-9a-fA-F]{64}", re.ASCII)


class Archive(NamedTuple):
    """An archive that the list names: its file name, its size in bytes and its sha256 in lower-case hex."""

    version: Version
    filename: str
    size: int
    sha256: str


class OfficialSource:
    """SDKs for `platform` by the list at `url`; bytes from `mirrors` in turn, where given, else from there."""

    name = "official"
    lists_all = True

    def __init__(
        self,
        client: Client,
        layout: Layout,
        platform: Platform,
        *,
        kept: KeptList,
        workers: Workers,
        url: str = DEFAULT_URL,
        mirrors: Sequence[str] = (),
    ) -> None:
        self._kept = kept
        self._workers = workers
        self._client = client
        self._layout = layout
        self._platform = platform
        self._url = url if url.endswith("/") else f"{url}/"
        self._bases = [mirror if mirror.endswith("/") else f"{mirror}/" for mirror in mirrors] or [self._url]
        self._archives: dict[Version, Archive] | None = None
        self._failure: NetworkError | None = None
        self._listing = threading.Lock()

    def versions(self) -> list[Version]:
        """Return what the list has for the platform, with a hash."""
        return list(self._list())

    def has(self, version: Version) -> bool:
        """Tell whether the list has it."""
        return version in self._list()

    def stage(self, version: Version, tree: Path, reporter: Reporter) -> Staged:
        """Download, unpack and prove the archive of `version`; the next mirror is asked if one fails to answer."""
        archive = self._list().get(version)
        if archive is None:
            raise NoSuchVersion(f"{host_of(self._url)} lists no {version.name} for {self._platform}")
        for index, base in enumerate(self._bases):
            try:
                return self._stage(archive, urljoin(base, archive.filename), tree, reporter)
            except NetworkError as error:
                if index + 1 == len(self._bases):
                    raise
                reporter.note(f"{error.message}; trying {host_of(self._bases[index + 1])}")
                empty_directory(tree)
        raise AssertionError  # there is at least one base

    def _stage(self, archive: Archive, url: str, tree: Path, reporter: Reporter) -> Staged:
        with partial_download(self._layout.downloads, archive.filename, reporter) as growing:
            unpack = tar_unpacker(growing, ROOT, tree, reporter, self._workers)
            fetched = fetch_and_unpack(
                self._client, url, growing, unpack, expected=archive.size, label=archive.version.name, reporter=reporter
            )
            return proven(archive, fetched, redacted(url), redacted(self._url))

    def _list(self) -> dict[Version, Archive]:
        # Several SDKs are installed in one go: the list is asked for once, and so is a host that does not answer.
        with self._listing:
            if self._failure is not None:
                raise self._failure
            if self._archives is None:
                url = f"{self._url}?mode=json&include=all"
                try:
                    body = self._client.get_bytes(url, limit=_LIST_BYTES).body
                    self._archives = parse_list(body, self._platform, host_of(url))
                except NetworkError as error:
                    self._failure = error
                    raise
                self._kept.keep(self._archives)
            return self._archives


def proven(archive: Archive, fetched: Fetched, url: str, by: str) -> Staged:
    """Return what was unpacked of `archive` as staged, from `url`, if its sha256 is what the list at `by` says.

    Raise ProofError; ArchiveError where the bytes are the listed ones, but no SDK of Go's.
    """
    unpacked = fetched.unpacked
    if unpacked.sha256 != archive.sha256:
        raise ProofError(
            f"{archive.filename} from {url} is not what Go published: its sha256 is {unpacked.sha256}, the list at"
            f" {by} says {archive.sha256}",
            help="nothing was installed; try again, or from another mirror (GOSWITCH_MIRROR)",
        )
    if unpacked.damage is not None:
        raise unpacked.damage
    digests = {name.removeprefix(ROOT): digest for name, digest in unpacked.digests.items()}
    return Staged(url, fetched.size, Proof("sha256", archive.sha256, by), digests)


def parse_list(body: bytes, platform: Platform, host: str) -> dict[Version, Archive]:
    """Return what a list offers for `platform`; raise NetworkError if it is no list. `host` is for the message."""
    try:
        releases = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise NetworkError(f"{host} does not send a list of releases") from None
    if not isinstance(releases, list):
        raise NetworkError(f"{host} does not send a list of releases")
    found: dict[Version, Archive] = {}
    for release in releases:
        files = release.get("files") if isinstance(release, dict) else None
        for file in files if isinstance(files, list) else ():
            archive = _archive(file, platform) if isinstance(file, dict) else None
            if archive is not None and archive.version not in found:
                found[archive.version] = archive
    return found


def _archive(file: dict[str, Any], platform: Platform) -> Archive | None:
    name, sha256, size = (file.get(key) for key in ("version", "sha256", "size"))
    if not isinstance(name, str) or not isinstance(sha256, str) or type(size) is not int:
        return None
    try:
        version = Version.from_name(name)
    except ValueError:
        return None
    # The name is built, not taken: what the list says of a file must be true of just that file.
    filename = f"{name}.{platform.archive}.tar.gz"
    described = (file.get("kind"), file.get("os"), file.get("arch"), file.get("filename"))
    if described != ("archive", platform.goos, platform.archive_arch, filename) or not version.is_released_spelling:
        return None
    if not 0 < size <= MOST_BYTES or _SHA256.fullmatch(sha256) is None:
        return None
    return Archive(version, filename, size, sha256.lower())
