"""HTTP, and the one home of httpx: requests that follow redirects by rule and fail in our words.

What the environment says of proxies and certificates is read from the mapping that is given, never from the process;
credentials come from the URL or from `credentials`, and go to the host that was asked first alone. `Client.open` is
one request; `Client.get_bytes` asks again where that may heal. Long bodies are the business of `download.py`, which
builds on `open`. httpx is imported with the first request.
"""

from __future__ import annotations

import os
import ssl
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Self
from urllib.parse import urljoin, urlsplit, urlunsplit

from goswitch.errors import NetworkError, SettingError
from goswitch.system.netrc import Credentials
from goswitch.system.retry import Broken, Retry, Unreachable, heals
from goswitch.system.urls import host_of, proxy_for, redacted, require_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

    import httpx

OK = 200
PARTIAL = 206
NOT_FOUND = 404
GONE = 410
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 10
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
_PIECE = 1 << 19
_loading = threading.Lock()


class Answer(NamedTuple):
    """A whole answer: the final URL and the body."""

    url: str
    body: bytes


class Response:
    """An answer whose body has not been read yet. `url` is where it came from in the end; headers are lower case."""

    def __init__(self, response: httpx.Response, url: str) -> None:
        self._response = response
        self.url = url
        self.status = response.status_code
        self.headers: Mapping[str, str] = {k.lower(): v for k, v in response.headers.items()}

    @property
    def length(self) -> int | None:
        """The bytes that the body has by its Content-Length, or None."""
        value = self.headers.get("content-length", "")
        return int(value) if value.isascii() and value.isdigit() else None

    def chunks(self) -> Iterator[bytes]:
        """Yield the body as it arrives; raise Broken."""
        with _in_our_words(self.url):
            yield from self._response.iter_raw()

    def error(self) -> NetworkError:
        """Return the error that this status is."""
        what = "has no" if self.status in {NOT_FOUND, GONE} else f"answered {self.status} for"
        return NetworkError(f"{host_of(self.url)} {what} {redacted(self.url)}", status=self.status)


class Client:
    """HTTP as the environment `env` has it: HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE, SSL_CERT_DIR.

    With `offline`, which says who wants it so, nothing is asked. May be used by several threads. A context manager;
    connections are kept until it ends.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        *,
        retry: Retry | None = None,
        agent: str = "goswitch",
        credentials: Credentials | None = None,
        offline: str | None = None,
    ) -> None:
        self.retry = retry or Retry()
        self._credentials = credentials or Credentials({}, None)
        self._offline = offline
        self._env = env
        self._agent = agent
        self._clients: dict[tuple[str, str | None], httpx.Client] = {}
        self._starting = threading.Lock()
        self._context: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    @contextmanager
    def open(self, url: str, headers: Mapping[str, str] | None = None) -> Iterator[Response]:
        """Ask once, following at most 10 redirects, and give the answer whatever its status.

        Raise Unreachable or Broken for a line that fails, NetworkError for a URL or redirect that is refused.
        """
        if self._offline is not None:
            raise offline_error(self._offline)
        require_allowed(url)
        sent = {"Accept-Encoding": "identity", **(headers or {})}
        if (known := self._credentials.header(url)) is not None:
            sent["Authorization"] = known
        asked = url = _without_user(url)
        for _ in range(_MOST_REDIRECTS + 1):
            require_allowed(asked)
            if urlsplit(asked)[:2] != urlsplit(url)[:2]:
                sent.pop("Authorization", None)
            with _in_our_words(asked):
                client = self._client_for(asked)
                request = client.build_request("GET", asked, headers=sent)
                response = client.send(request, stream=True, follow_redirects=False)
            try:
                if response.status_code not in _REDIRECTS:
                    yield Response(response, asked)
                    return
                target = response.headers.get("location", "")
            finally:
                response.close()
            asked = _without_user(_redirected(asked, target))
        raise NetworkError(f"{host_of(url)} redirects more than {_MOST_REDIRECTS} times")

    def get_bytes(self, url: str, *, limit: int) -> Answer:
        """Return the answer to `url`, of at most `limit` bytes.

        Raise NetworkError with `status` for one that is not 200; 429, 5xx and broken lines are tried again first.
        """
        failures = 0
        while True:
            after: str | None = None
            try:
                with self.open(url) as response:
                    if response.status == OK:
                        return Answer(response.url, self._read(response, limit))
                    error: NetworkError = response.error()
                    if not heals(response.status):
                        raise error
                    after = response.headers.get("retry-after")
            except (Unreachable, Broken) as line:
                error = line
            failures += 1
            if failures >= (self.retry.connects if isinstance(error, Unreachable) else self.retry.attempts):
                raise error
            self.retry.wait(failures, after)

    def _read(self, response: Response, limit: int) -> bytes:
        parts: list[bytes] = []
        size = 0
        for chunk in self.retry.lively(response.chunks(), host_of(response.url)):
            size += len(chunk)
            if size > limit:
                raise NetworkError(
                    f"{host_of(response.url)} sends more than {limit} bytes for {redacted(response.url)}"
                )
            parts.append(chunk)
        return b"".join(parts)

    def _client_for(self, url: str) -> httpx.Client:
        httpx = _httpx()
        key = (urlsplit(url).scheme, proxy_for(url, self._env))
        with self._starting:
            if key not in self._clients:
                # Reading certificates takes 30 ms; without TLS an empty context, which trusts nobody, stands in.
                secure = key[0] == "https" or (key[1] or "").startswith("https:")
                self._clients[key] = httpx.Client(
                    verify=self._tls() if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                    proxy=key[1],
                    trust_env=False,
                    headers={"User-Agent": self._agent, "Accept": "*/*"},
                    timeout=httpx.Timeout(_READ_SECONDS, connect=_CONNECT_SECONDS),
                )
            return self._clients[key]

    def _tls(self) -> ssl.SSLContext:
        if self._context is None:
            file, folder = self._env.get("SSL_CERT_FILE") or None, self._env.get("SSL_CERT_DIR") or None
            if file is None and folder is None:
                known = ssl.get_default_verify_paths()
                file = known.cafile
                folder = known.capath if known.capath and os.path.isdir(known.capath) else None  # noqa: PTH112
            if file is None and folder is None:
                import certifi  # noqa: PLC0415 - httpx brings it; only a system without certificates needs it

                file = certifi.where()
            try:
                self._context = ssl.create_default_context(cafile=file, capath=folder)
            except OSError as error:
                raise SettingError(
                    f"can't read the certificates in {file or folder}: {error.strerror or error}"
                ) from None
        return self._context


def _httpx() -> ModuleType:
    """Return httpx, which nothing but a request needs, without its own command line, and fit for long bodies.

    That one would load rich and pygments where some other package brought them: 50 ms, a third of a whole start.
    """
    with _loading:
        if "httpx" not in sys.modules:
            command_line = "httpx._main"
            sys.modules[command_line] = None  # type: ignore[assignment] # importing it fails, which httpx minds
            try:
                import httpcore  # noqa: PLC0415
                import httpx  # noqa: F401, PLC0415
            finally:
                del sys.modules[command_line]
            # 64 KiB a piece, its own measure, costs 2 ms of computing for each MiB; 1 MiB costs page faults.
            httpcore.HTTP11Connection.READ_NUM_BYTES = _PIECE
        return sys.modules["httpx"]


def offline_error(origin: str) -> NetworkError:
    """Return the error that asking is where `origin` (a setting's, an option) forbids the network."""
    return NetworkError(f"this needs the network, and offline is true ({origin})", help="goswitch list")


def _without_user(url: str) -> str:
    """Return `url` without the name and password in it; where it is malformed, as it is, to be refused."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _redirected(asked: str, target: str) -> str:
    try:
        following = urljoin(asked, target)
        scheme = urlsplit(following).scheme
    except ValueError:
        raise NetworkError(f"{host_of(asked)} redirects to a malformed URL") from None
    if urlsplit(asked).scheme == "https" and scheme != "https":
        raise NetworkError(f"{host_of(asked)} redirects to {redacted(following)}, which is not https")
    return following


@contextmanager
def _in_our_words(url: str) -> Iterator[None]:
    httpx = _httpx()
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
        raise Unreachable(
            f"can't reach {host_of(url)}: {_reason(error)}", help="check the network, HTTPS_PROXY and SSL_CERT_FILE"
        ) from error
    except httpx.TimeoutException as error:
        raise Broken(f"{host_of(url)} does not answer in time") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise NetworkError(f"not a URL: {redacted(url)}") from error
    except httpx.HTTPError as error:
        raise Broken(f"the connection to {host_of(url)} broke: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    text = str(error).removeprefix("[Errno ").strip() or type(error).__name__
    return text.split("] ", 1)[-1].rstrip(".")
