"""The source `proxy`: Go's module proxies, as GOPROXY names them, with the checksum database as proof.

The zip is unpacked while it arrives: its central directory, which is at its end, is asked for first, where the server
knows ranges. Meanwhile the checksum database is asked. The h1 is computed from the bytes that were written.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from goswitch.errors import NetworkError, NoSuchVersion, ProofError, SettingError
from goswitch.model.distribution import name_in_tree
from goswitch.sdk.checksumdb.settings import DEFAULT, Log, parse_gosumdb
from goswitch.sdk.checksumdb.state import State
from goswitch.sdk.dirhash import h1
from goswitch.sdk.goproxy import Proxy, missing, parse_goproxy, through
from goswitch.sdk.sources.base import Proof, Staged
from goswitch.sdk.sources.local import local_file
from goswitch.sdk.sources.module_zip import MODULE, listed_version, module_version, root
from goswitch.sdk.sources.streaming import Fetched, directory_of, fetch_and_unpack, partial_download, zip_unpacker
from goswitch.system.growing import Restarted
from goswitch.system.interrupts import beside
from goswitch.system.urls import redacted

if TYPE_CHECKING:
    from goswitch.model.layout import Layout
    from goswitch.model.platform import Platform
    from goswitch.model.version import Version
    from goswitch.sdk.checksumdb.client import Record
    from goswitch.sdk.goenv import GoEnv
    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.kept_list import KeptList
    from goswitch.system.growing import Growing
    from goswitch.system.http import Client
    from goswitch.system.workers import Workers

_LIST_BYTES = 4 << 20
_SMALL_BYTES = 1 << 20
_REFUSED = 403


class ProxySource:
    """SDKs for `platform` as modules. Go's settings are read when the source is asked, not before."""

    name = "proxy"
    lists_all = False

    def __init__(
        self, client: Client, goenv: GoEnv, layout: Layout, platform: Platform, *, kept: KeptList, workers: Workers
    ) -> None:
        self._kept = kept
        self._workers = workers
        self._client = client
        self._goenv = goenv
        self._layout = layout
        self._platform = platform

    def versions(self) -> list[Version]:
        """Return what `@v/list` names: proxies list what they were asked for once, so it may be incomplete."""
        body = through(self._proxies(), lambda proxy: self._get(f"{proxy.url}/{MODULE}/@v/list", _LIST_BYTES))
        lines = body.decode("utf-8", "replace").splitlines()
        versions = [version for line in lines if (version := listed_version(line, self._platform)) is not None]
        self._kept.keep(versions)
        return versions

    def has(self, version: Version) -> bool:
        """Ask for the version's `.info`."""
        path = f"{MODULE}/@v/{module_version(version, self._platform)}.info"
        try:
            through(self._proxies(), lambda proxy: self._get(f"{proxy.url}/{path}", _SMALL_BYTES))
        except NetworkError as error:
            if _has_not(error):
                return False
            raise
        return True

    def stated(self, version: Version) -> Proof:
        """Return the h1 that the checksum database states for `version`, proven; raise ProofError, NetworkError."""
        log = self._log()
        record = self._record(log, module_version(version, self._platform))
        return Proof("checksumdb", record.h1, log.key.name, record.number)

    def stage(self, version: Version, tree: Path, reporter: Reporter) -> Staged:
        """Download, unpack and prove the module zip of `version`."""
        log = self._log()
        module = module_version(version, self._platform)
        try:
            return through(self._proxies(), lambda proxy: self._stage(proxy, log, version, tree, reporter))
        except NetworkError as error:
            if _has_not(error):
                raise NoSuchVersion(f"the module proxy has no {MODULE}@{module}") from error
            raise

    def _stage(self, proxy: Proxy, log: Log, version: Version, tree: Path, reporter: Reporter) -> Staged:
        module = module_version(version, self._platform)
        url = f"{proxy.url}/{MODULE}/@v/{module}.zip"
        prefix = root(version, self._platform)
        with beside("checksumdb") as submit:
            local = _local(url)
            if local is not None:
                asking = submit(lambda: self._record(log, module))
                fetched = _unpack_local(local, prefix, tree, version.name, reporter, self._workers)
                proof = _prove(log, module, fetched, asking.result(), url)
            else:
                with partial_download(self._layout.downloads, f"{module}.zip", reporter) as growing:
                    asking = submit(lambda: self._record_once_begun(growing, log, module))
                    unpack = zip_unpacker(self._client, url, growing, prefix, tree, reporter, self._workers)
                    fetched = fetch_and_unpack(
                        self._client,
                        url,
                        growing,
                        unpack,
                        expected=None,
                        label=version.name,
                        reporter=reporter,
                        watch=asking,
                    )
                    proof = _prove(log, module, fetched, asking.result(), url)
        digests = {name_in_tree(name[len(prefix) :]): digest for name, digest in fetched.unpacked.digests.items()}
        return Staged(redacted(url), fetched.size, proof, digests)

    def _record_once_begun(self, growing: Growing, log: Log, module: str) -> Record:
        """Ask the log when bytes arrive: what this loads and computes would only delay them."""
        with suppress(Restarted):  # then bytes have arrived, too
            growing.wait(1, growing.restarts)
        return self._record(log, module)

    def _record(self, log: Log, module: str) -> Record:
        base: list[str] = []

        def fetch(path: str) -> bytes:
            if not base:
                base.append(log.url or self._log_url(log))
            return self._get(f"{base[0]}/{path}", _SMALL_BYTES)

        from goswitch.sdk.checksumdb.client import ChecksumDatabase  # noqa: PLC0415 - brings cryptography with it

        state = State(self._layout.checksumdb, log.key.name)
        try:
            return ChecksumDatabase(log.key, state, fetch).lookup(MODULE, module)
        except NetworkError as error:
            # Without the status: it says nothing about the proxy's own archive.
            raise NetworkError(
                f"the checksum database {log.key.name} can't be asked: {error.message}", help=error.help
            ) from error

    def _log_url(self, log: Log) -> str:
        """Return where the log is asked: through the first proxy that says it can, else itself (proposal 25530)."""

        def supported(proxy: Proxy) -> str:
            if proxy.direct:
                raise NetworkError("direct", status=404)
            self._get(f"{proxy.url}/sumdb/{log.key.name}/supported", _SMALL_BYTES)
            return f"{proxy.url}/sumdb/{log.key.name}"

        try:
            return through(self._proxies(), supported)
        except NetworkError as error:
            if missing(error):
                return f"https://{log.key.name}"
            raise

    def _proxies(self) -> tuple[Proxy, ...]:
        setting = self._goenv.get("GOPROXY")
        if setting is None:
            raise SettingError("no module proxy is known: GOPROXY is not set, and no Go says it in its go.env")
        return parse_goproxy(setting.value)

    def _log(self) -> Log:
        setting = self._goenv.get("GOSUMDB")
        return parse_gosumdb(setting.value if setting is not None else DEFAULT)

    def _get(self, url: str, limit: int) -> bytes:
        local = _local(url)
        if local is None:
            return self._client.get_bytes(url, limit=limit).body
        try:
            return local.read_bytes()
        except OSError as error:
            raise NetworkError(f"can't read {local}: {error.strerror}", status=404) from error


def _unpack_local(path: Path, prefix: str, tree: Path, label: str, reporter: Reporter, workers: Workers) -> Fetched:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise NetworkError(f"can't read {path}: {error.strerror}", status=404) from error
    from goswitch.sdk.unpacking import unpack_zip  # noqa: PLC0415 - as where it is downloaded

    with local_file(path, size, label, reporter) as growing:
        unpacked = unpack_zip(growing, directory_of(path, size, prefix), tree, growing.restarts, reporter, workers)
    return Fetched(size, unpacked)


def _prove(log: Log, module: str, fetched: Fetched, record: Record, url: str) -> Proof:
    found = h1(fetched.unpacked.digests.items())
    if found != record.h1:
        raise ProofError(
            f"{MODULE}@{module} from {redacted(url)} is not what Go published: its hash is {found}, the checksum"
            f" database {log.key.name} says {record.h1}",
            help="nothing was installed; try another proxy by GOPROXY, and tell whoever runs this one",
        )
    return Proof("checksumdb", found, log.key.name, record.number)


def _local(url: str) -> Path | None:
    """Return the file that a file:// URL names, or None for other URLs."""
    parts = urlsplit(url)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def _has_not(error: NetworkError) -> bool:
    return missing(error) or error.status == _REFUSED
