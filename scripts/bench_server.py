"""A server on the loopback for benchmarks: a module proxy's answers, recorded once, and a folder of archives.

Paths below /proxy/ are what this machine's own module proxy answered the first time (.cache/bench keeps it), those
below /dl/ are files. Below /slow/… the same comes at LINE bytes a second. It runs as a process of its own, so that it
shares no interpreter lock with what is measured.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from goswitch.errors import NetworkError
from goswitch.system.http import Client

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from pathlib import Path

LINE = 20_000_000
_PIECE = 1 << 18
_LIMIT = 500 << 20


def answer(folder: Path, upstream: str, path: str) -> Path | None:
    """Return the file that holds the answer to `path`, asking `upstream` where it is not there yet; None for 404."""
    below = path.removeprefix("/slow")
    if below.startswith("/dl/"):
        file = folder / ("list.json" if "?" in below else urlsplit(below).path.removeprefix("/dl/"))
        return file if file.is_file() else None
    kept = folder / "proxy" / quote(below.removeprefix("/proxy/"), safe="")
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        try:
            with Client({}) as client:
                body = client.get_bytes(f"{upstream}/{below.removeprefix('/proxy/')}", limit=_LIMIT).body
        except NetworkError:
            return None
        part = kept.with_suffix(".part")
        part.write_bytes(body)
        part.rename(kept)
    return kept


def first_byte(asked: str, size: int) -> int | None:
    """Return where a Range header begins in a file of `size` bytes, None where there is none."""
    start, dash, count = asked.removeprefix("bytes=").partition("-")
    if not dash:
        return None
    return int(start) if start else max(0, size - int(count))


@contextmanager
def serving(folder: Path, upstream: str) -> Iterator[str]:
    """Run the server until the end of the block and give its URL."""
    told, tell = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=_serve, args=(folder, upstream, tell), daemon=True)
    process.start()
    try:
        yield told.recv()
    finally:
        process.terminate()
        process.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over those who hang up when they have what they need."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _serve(folder: Path, upstream: str, tell: Connection) -> None:
    recording = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with recording:
                file = answer(folder, upstream, self.path)
            if file is None:
                self.send_error(404)
                return
            size = file.stat().st_size
            first = first_byte(self.headers.get("Range", ""), size)
            self.send_response(200 if first is None else 206)
            if first is not None:
                self.send_header("Content-Range", f"bytes {first}-{size - 1}/{size}")
            first = first or 0
            self.send_header("Content-Length", str(size - first))
            self.end_headers()
            try:
                self._send(file, first, size)
            except ConnectionError:
                self.close_connection = True

        def _send(self, file: Path, first: int, size: int) -> None:
            with file.open("rb") as data:
                if not self.path.startswith("/slow/"):
                    self.wfile.flush()
                    if size:
                        self.connection.sendfile(data, first, size - first)
                    return
                start, place = time.monotonic(), first
                while place < size:
                    place += self.connection.sendfile(data, place, min(_PIECE, size - place))
                    time.sleep(max(0.0, start + (place - first) / LINE - time.monotonic()))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
            """Say nothing."""

    server = _Server(("127.0.0.1", 0), Handler)
    tell.send(f"http://127.0.0.1:{server.server_port}")
    server.serve_forever()


def write_list(folder: Path, file: dict[str, object]) -> None:
    """Write the list that names one archive of the folder, in the form of go.dev's."""
    (folder / "list.json").write_text(json.dumps([{"version": file["version"], "stable": True, "files": [file]}]))
