"""Long downloads: into a file, resumed where they broke, in this process or a later one.

The partial file is kept beside a small state file that says what it is part of: the total and what the server calls
this version of it (ETag, Last-Modified). A server that sends another file, or does not know ranges, makes it start
anew (RFC 9110, 13.1.5 If-Range and 14 Range). Whether the bytes are the right ones is for the caller to prove.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

from goswitch.errors import NetworkError
from goswitch.system.files import doing, remove_aside, writing
from goswitch.system.http import OK, PARTIAL, Client, Response
from goswitch.system.retry import Broken, Unreachable, heals
from goswitch.system.urls import host_of, redacted

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.system.growing import Growing

_RANGE_NOT_SATISFIABLE = 416
_PROGRESS = 1 << 20


class Progress(Protocol):
    """Who is told how a download goes, in bytes; `moved` may go backwards when it starts anew."""

    def begin(self, total: int | None) -> None:
        """Say how many bytes there are in all, where the server tells."""

    def moved(self, count: int) -> None:
        """Say how many bytes came since the last call."""

    def broke(self, reason: str) -> None:
        """Say why the server is asked again."""


class _State(NamedTuple):
    """What a partial file is a part of."""

    total: int | None = None
    etag: str | None = None
    modified: str | None = None

    @property
    def validator(self) -> str | None:
        """What If-Range may name: a strong ETag, else the date."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified


class Downloaded(NamedTuple):
    """A finished download: where it came from in the end, and how long the whole file is in bytes."""

    url: str
    size: int


def state_file(path: Path) -> Path:
    """Return where the state of the partial file `path` lies."""
    return path.with_name(f"{path.name}.state")


def discard(path: Path) -> None:
    """Delete a partial or finished download with its state."""
    with doing("remove", path):
        state_file(path).unlink(missing_ok=True)
        remove_aside(path)


def download(
    client: Client, url: str, growing: Growing, *, expected: int | None, limit: int, progress: Progress
) -> Downloaded:
    """Fetch `url` into `growing.path`, going on with what is there of it.

    `expected` is the size that a list states, `limit` the most bytes we take. Raise NetworkError, with `status` where
    the server's answer is the reason; the partial file stays. The caller holds a lock on the path.
    """
    growing.path.parent.mkdir(parents=True, exist_ok=True)
    run = _Run(client, url, growing, expected, limit, progress)
    retry = client.retry
    failures = 0
    while True:
        before = run.have
        after: str | None = None
        try:
            return run.once()
        except (Unreachable, Broken) as line:
            error: NetworkError = line
        except NetworkError as answer:
            if answer.status is None or not heals(answer.status):
                raise
            error, after = answer, run.retry_after
        failures = 1 if run.have - before >= _PROGRESS else failures + 1
        if failures >= (retry.connects if isinstance(error, Unreachable) else retry.attempts):
            raise error
        progress.broke(error.message)
        retry.wait(failures, after)


class _Run:
    def __init__(
        self, client: Client, url: str, growing: Growing, expected: int | None, limit: int, progress: Progress
    ) -> None:
        self.client, self.url, self.growing = client, url, growing
        self.expected, self.limit, self.progress = expected, limit, progress
        self.retry_after: str | None = None
        self.state = _read_state(state_file(growing.path))
        resumable = self.state is not None and (self.state.validator is not None or self.state.total is not None)
        self.have = growing.path.stat().st_size if resumable and growing.path.is_file() else 0
        self.begun = False

    def once(self) -> Downloaded:
        """Ask once, from where we are."""
        headers = {}
        if self.have and self.state is not None:
            headers["Range"] = f"bytes={self.have}-"
            if self.state.validator is not None:
                headers["If-Range"] = self.state.validator
        with self.client.open(self.url, headers) as response:
            self.retry_after = response.headers.get("retry-after")
            if response.status == _RANGE_NOT_SATISFIABLE and self.have:
                return self._all_or_nothing(response)
            if response.status not in {OK, PARTIAL}:
                raise response.error()
            if "text/html" in response.headers.get("content-type", ""):
                raise NetworkError(f"{host_of(response.url)} sends a web page for {redacted(self.url)}")
            if response.status == OK or not self._continues(response):
                if response.status == PARTIAL:
                    self._forget()
                    raise Broken(
                        f"{host_of(response.url)} sends another part of {redacted(self.url)} than was asked for"
                    )
                self._forget()
                self.state = _State(
                    response.length, response.headers.get("etag"), response.headers.get("last-modified")
                )
                self._check_total(self.state.total)
                with writing(state_file(self.growing.path)) as file:
                    file.write(json.dumps(self.state._asdict()).encode())
            self._receive(response)
            return Downloaded(response.url, self.growing.total or self.have)

    def _continues(self, response: Response) -> bool:
        match = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("content-range", "").strip())
        if match is None or self.state is None or int(match[1]) != self.have:
            return False
        same_total = match[2] == "*" or self.state.total in {None, int(match[2])}
        etag = response.headers.get("etag")
        return same_total and (etag is None or self.state.etag in {None, etag})

    def _receive(self, response: Response) -> None:
        total = self.state.total if self.state is not None else None
        if not self.begun:
            self.begun = True
            self.progress.begin(total)
            self.progress.moved(self.have)
        self.growing.reach(self.have, total)
        descriptor = os.open(self.growing.path, os.O_WRONLY | os.O_CREAT, 0o644)
        try:
            os.ftruncate(descriptor, self.have)
            os.lseek(descriptor, self.have, os.SEEK_SET)
            for chunk in self.client.retry.lively(response.chunks(), host_of(response.url)):
                if self.have + len(chunk) > min(self.limit, self.limit if total is None else total):
                    raise NetworkError(
                        f"{host_of(response.url)} sends more bytes than it announced or than are allowed"
                    )
                _write_all(descriptor, chunk)
                self.have += len(chunk)
                self.progress.moved(len(chunk))
                self.growing.reach(self.have)
                if total is not None and self.growing.is_enough():
                    self.progress.moved(total - self.have)
                    self.growing.end()
                    return
        finally:
            os.close(descriptor)
        if total is not None and self.have < total:
            raise Broken(f"{host_of(response.url)} sent {self.have} of {total} bytes")
        if self.expected is not None and self.have != self.expected:
            state_file(self.growing.path).unlink(missing_ok=True)
            raise NetworkError(f"{host_of(response.url)} sent {self.have} bytes instead of {self.expected}")
        self.growing.end()

    def _all_or_nothing(self, response: Response) -> Downloaded:
        """Deal with 416: either we have all of it, or the file is another one by now."""
        whole = self.state is not None and self.state.total == self.have
        if whole and response.headers.get("content-range", "").strip() == f"bytes */{self.have}":
            self.progress.begin(self.have)
            self.progress.moved(self.have)
            self.growing.reach(self.have, self.have)
            self.growing.end()
            return Downloaded(response.url, self.have)
        self._forget()
        raise Broken(f"{host_of(response.url)} has another file by now at {redacted(self.url)}")

    def _forget(self) -> None:
        if self.begun:
            self.progress.moved(-self.have)
        if self.have:
            self.growing.restart()
        self.have, self.state = 0, None

    def _check_total(self, total: int | None) -> None:
        if total is not None and self.expected is not None and total != self.expected:
            raise NetworkError(
                f"{host_of(self.url)} offers {total} bytes instead of {self.expected} for {redacted(self.url)}"
            )
        if total is not None and total > self.limit:
            raise NetworkError(
                f"{host_of(self.url)} offers {total} bytes for {redacted(self.url)}, more than {self.limit}"
            )


def _read_state(path: Path) -> _State | None:
    try:
        values = json.loads(path.read_bytes())
        total, etag, modified = values["total"], values["etag"], values["modified"]
    except (OSError, ValueError, TypeError, KeyError):
        return None
    texts = all(text is None or isinstance(text, str) for text in (etag, modified))
    return _State(total, etag, modified) if texts and (total is None or isinstance(total, int)) else None


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
