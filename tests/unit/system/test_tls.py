"""TLS as it comes: names, dates and authorities that are wrong, the user's own authority, proxies that tunnel."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from certificates import DAY, NOW, Authority
from connect_proxy import ConnectProxy, connect_proxy
from loopback import Loopback, Reply, loopback

from goswitch.errors import NetworkError
from goswitch.system.http import Client
from goswitch.system.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "files.example"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def get(url: str, **env: str) -> bytes:
    with Client(env, retry=Retry(sleep=lambda _: None)) as client:
        return client.get_bytes(url, limit=100).body


def test_the_users_own_authority_is_honoured(authority: Authority) -> None:
    with loopback(authority.server("127.0.0.1", "localhost")) as server:
        server.put("/x", b"fine")
        assert get(f"{server.url}/x", SSL_CERT_FILE=str(authority.file)) == b"fine"


def test_an_unknown_authority_is_refused(authority: Authority, tmp_path: Path) -> None:
    other = Authority(tmp_path, "others")
    with loopback(authority.server("127.0.0.1")) as server:
        server.put("/x", b"fine")
        for env in ({}, {"SSL_CERT_FILE": str(other.file)}):
            with pytest.raises(NetworkError, match=r"can't reach.*verify failed"):
                get(f"{server.url}/x", **env)
        assert server.asked == []


def test_a_certificate_of_another_name_is_refused(authority: Authority) -> None:
    with loopback(authority.server("other.example", "127.0.0.2")) as server:
        server.put("/x", b"fine")
        with pytest.raises(NetworkError, match=r"can't reach.*mismatch"):
            get(f"{server.url}/x", SSL_CERT_FILE=str(authority.file))
        assert server.asked == []


def test_an_expired_certificate_is_refused(authority: Authority) -> None:
    with loopback(authority.server("127.0.0.1", end=NOW - DAY)) as server:
        server.put("/x", b"fine")
        with pytest.raises(NetworkError, match=r"can't reach.*expired"):
            get(f"{server.url}/x", SSL_CERT_FILE=str(authority.file))
        assert server.asked == []


def test_a_redirect_from_tls_to_none_is_refused(authority: Authority) -> None:
    with loopback() as plain, loopback(authority.server("127.0.0.1")) as server:
        plain.put("/y", b"plain")
        server.put("/x", Reply(status=302, headers={"Location": f"{plain.url}/y"}))
        with pytest.raises(NetworkError, match="which is not https"):
            get(f"{server.url}/x", SSL_CERT_FILE=str(authority.file))
        assert plain.asked == []


class Tunnel:
    """A server called `HOST` that only a proxy leads to."""

    def __init__(self, server: Loopback, proxy: ConnectProxy, authority: Authority) -> None:
        self.server, self.proxy = server, proxy
        self.env = {"SSL_CERT_FILE": str(authority.file), "HTTPS_PROXY": f"http://{proxy.address}"}


@pytest.fixture
def tunnel(authority: Authority) -> Iterator[Tunnel]:
    with loopback(authority.server(HOST)) as server, connect_proxy(urlsplit(server.url).port or 0) as proxy:
        server.put("/x", b"fine")
        yield Tunnel(server, proxy, authority)


def test_a_proxy_tunnels_and_tls_is_with_the_host_behind_it(tunnel: Tunnel) -> None:
    assert get(f"https://{HOST}/x", **tunnel.env) == b"fine"
    assert tunnel.proxy.asked == [f"{HOST}:443"]
    with pytest.raises(NetworkError, match=r"can't reach.*mismatch"):
        get("https://another.example/x", **tunnel.env)


def test_no_proxy_is_honoured(tunnel: Tunnel) -> None:
    with pytest.raises(NetworkError, match=f"can't reach {HOST}"):
        get(f"https://{HOST}/x", NO_PROXY=HOST, **tunnel.env)
    assert tunnel.proxy.asked == []


def test_a_proxys_password_is_sent_and_never_shown(tunnel: Tunnel) -> None:
    tunnel.proxy.password = "user:secret"  # noqa: S105 - a test's own
    with pytest.raises(NetworkError, match="407") as caught:
        get(f"https://{HOST}/x", **(tunnel.env | {"HTTPS_PROXY": f"http://user:wrong-secret@{tunnel.proxy.address}"}))
    assert "secret" not in caught.value.message
    env = tunnel.env | {"HTTPS_PROXY": f"http://user:secret@{tunnel.proxy.address}"}
    assert get(f"https://{HOST}/x", **env) == b"fine"
