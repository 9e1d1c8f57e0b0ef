"""An HTTP proxy on the loopback that answers CONNECT: every tunnel leads to one port, whatever name was asked for."""

from __future__ import annotations

import base64
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class ConnectProxy:
    """Such a proxy. `asked` has the targets of all tunnels; `password` is asked for where it is set."""

    def __init__(self, listener: socket.socket, port: int) -> None:
        self.address = f"127.0.0.1:{listener.getsockname()[1]}"
        self.asked: list[str] = []
        self.password: str | None = None
        self._listener, self._port = listener, port

    def run(self) -> None:
        """Serve until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        head = b""
        with client, suppress(OSError):
            while b"\r\n\r\n" not in head:
                if not (data := client.recv(4096)):
                    return
                head += data
            self.asked.append(head.split(b" ")[1].decode())
            wanted = base64.b64encode((self.password or "").encode())
            if self.password is not None and b"Basic " + wanted not in head:
                client.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", self._port)) as server:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=_pump, args=(server, client), daemon=True)
                back.start()
                _pump(client, server)
                back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@contextmanager
def connect_proxy(port: int) -> Iterator[ConnectProxy]:
    """Run a proxy whose tunnels all lead to `port` of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = ConnectProxy(listener, port)
        threading.Thread(target=proxy.run, daemon=True).start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
