"""A server on the loopback whose faults are data: it answers as it is told, and keeps what it was asked."""

from __future__ import annotations

import re
import ssl
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True)
class Reply:
    """One answer.

    `declared` is the Content-Length (None: the right one, -1: none); `cut` breaks off after that many bytes; `ranges`
    honours Range and If-Range; `etag` is sent where it is set. `stalls` keeps the line open after `cut` bytes, silent
    until the server ends; `pause` is in seconds, after each `piece` of so many bytes. With `parts_whole` a range that
    was asked for comes at once.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None
    ranges: bool = True
    declared: int | None = None
    cut: int | None = None
    stalls: bool = False
    parts_whole: bool = False
    pause: float = 0
    piece: int = 16 << 10

    def for_part(self) -> Reply:
        """Return what a request for a range is answered from."""
        return Reply(self.body, etag=self.etag) if self.parts_whole else self


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    headers: dict[str, str]

    @property
    def range(self) -> str | None:
        """Its Range header."""
        return self.headers.get("range")


class Loopback:
    """Such a server. `replies` has, by path, the answers in turn (the last one stays) or a function of the path."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.replies: dict[str, list[Reply] | Callable[[str], Reply | None]] = {}
        self.asked: list[Asked] = []
        self._lock = threading.Lock()

    def put(self, path: str, *replies: Reply | bytes) -> None:
        """Say what `path` answers."""
        self.replies[path] = [Reply(reply) if isinstance(reply, bytes) else reply for reply in replies]

    def under(self, prefix: str, answer: Callable[[str], Reply | None]) -> None:
        """Say what all paths below `prefix` answer, by a function of the rest of the path."""
        self.replies[prefix] = answer

    def count(self, path: str) -> int:
        """Return how often `path` was asked."""
        return sum(1 for asked in self.asked if asked.path == path)

    def answer(self, asked: Asked) -> Reply:
        """Return the answer to a request."""
        with self._lock:
            self.asked.append(asked)
            known = self.replies.get(asked.path)
            if isinstance(known, list):
                return known.pop(0) if len(known) > 1 else known[0]
        for prefix, reply in self.replies.items():
            if callable(reply) and asked.path.startswith(prefix):
                found = reply(asked.path.removeprefix(prefix))
                if found is not None:
                    return found
        return Reply(b"not found", status=404)


def _in_part(reply: Reply, asked: Asked) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body for the range that is asked for."""
    status, headers, body = reply.status, dict(reply.headers), reply.body
    if reply.etag is not None:
        headers["ETag"] = reply.etag
    match = re.fullmatch(r"bytes=(\d*)-(\d*)", asked.range or "")
    same = asked.headers.get("if-range") in {None, reply.etag}
    if status == 200 and reply.ranges and match and same:
        first = int(match[1]) if match[1] else max(0, len(body) - int(match[2]))
        if first >= len(body):
            return 416, headers | {"Content-Range": f"bytes */{len(body)}"}, b""
        return 206, headers | {"Content-Range": f"bytes {first}-{len(body) - 1}/{len(body)}"}, body[first:]
    return status, headers, body


def _pieces(body: bytes, reply: Reply) -> Iterator[bytes]:
    if not reply.pause:
        yield body
        return
    for start in range(0, len(body), reply.piece):
        yield body[start : start + reply.piece]
        time.sleep(reply.pause)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over clients that hang up, which is what some tests are about; show the rest."""
        if not isinstance(sys.exception(), (ConnectionError, ssl.SSLError)):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _server(handler: type[BaseHTTPRequestHandler], secured: ssl.SSLContext | None) -> _Server:
    server = _Server(("127.0.0.1", 0), handler)
    if secured is not None:
        # The handshake is left to the thread of the connection: one that fails must not hold up the others.
        server.socket = secured.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


@contextmanager
def loopback(secured: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """Run a server until the end of the block, over TLS where a context is given."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Without this a body waits for the acknowledgement of its header.
        wbufsize = -1

        def do_GET(self) -> None:
            asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
            with suppress(BrokenPipeError, ConnectionResetError):
                reply = served.answer(asked)
                self.send(reply.for_part() if asked.range else reply, asked)

        def send(self, reply: Reply, asked: Asked) -> None:
            status, headers, body = _in_part(reply, asked)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if reply.declared != -1:
                self.send_header("Content-Length", str(len(body) if reply.declared is None else reply.declared))
            if reply.cut is not None or reply.declared is not None:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            self.send_body(body[: reply.cut], reply)

        def send_body(self, body: bytes, reply: Reply) -> None:
            for piece in _pieces(body, reply):
                self.wfile.write(piece)
                self.wfile.flush()
            if reply.stalls:
                ending.wait()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Say nothing."""

    ending = threading.Event()
    server = _server(Handler, secured)
    served = Loopback(f"{'http' if secured is None else 'https'}://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        ending.set()
        server.shutdown()
        thread.join()
        server.server_close()
