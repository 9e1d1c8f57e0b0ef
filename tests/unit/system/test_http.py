"""HTTP: what may be asked, through which proxy, what is shown of a URL."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from box import REPOSITORY
from loopback import Reply, loopback

from goswitch.errors import NetworkError, SettingError
from goswitch.system.http import Client, _redirected
from goswitch.system.retry import Retry
from goswitch.system.urls import proxy_for, redacted, require_allowed

SHOWN = {
    "https://user:secret@host.example/path?token=secret#secret": "https://host.example/path",
    "https://host.example:8443/a": "https://host.example:8443/a",
    "https://secret@[::1]:80/a": "https://[::1]:80/a",
    "https://[half/secret": "(a malformed URL)",
    "https://host.example:secret/": "(a malformed URL)",
}


@pytest.mark.parametrize("url", SHOWN)
def test_credentials_are_never_shown(url: str) -> None:
    assert redacted(url) == SHOWN[url]


@pytest.mark.parametrize("url", ["https://go.dev/dl/", "http://127.0.0.1:80/x", "http://localhost/", "http://[::1]/x"])
def test_https_is_asked_and_http_on_this_machine(url: str) -> None:
    require_allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://go.dev/", "http://10.0.0.1/", "http://localhost.example/", "http://127.0.0.1.example/", "ftp://go.dev/",
        "file:///x", "https:///x", "go.dev", "https://[x/",
    ],
)  # fmt: skip
def test_nothing_else_is_asked(url: str) -> None:
    with pytest.raises(NetworkError):
        require_allowed(url)


PROXY = "http://proxy.example:3128"
PROXIED = [
    ("https://go.dev/x", {"HTTPS_PROXY": PROXY}, PROXY),
    ("https://go.dev/x", {"https_proxy": PROXY}, PROXY),
    ("https://go.dev/x", {"HTTPS_PROXY": "proxy.example:3128"}, PROXY),
    ("https://go.dev/x", {"HTTP_PROXY": PROXY}, None),
    ("https://go.dev/x", {"HTTPS_PROXY": ""}, None),
    ("https://go.dev/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": "*"}, None),
    ("https://go.dev/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": "go.dev"}, None),
    ("https://dl.go.dev/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": "example.org, go.dev"}, None),
    ("https://dl.go.dev/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": ".go.dev"}, None),
    ("https://notgo.dev/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": "go.dev"}, PROXY),
    ("https://go.dev/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": "go.dev:8443"}, PROXY),
    ("https://go.dev:8443/x", {"HTTPS_PROXY": PROXY, "no_proxy": "go.dev:8443"}, None),
    ("https://10.1.2.3/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": "10.0.0.0/8"}, None),
    ("https://11.1.2.3/x", {"HTTPS_PROXY": PROXY, "NO_PROXY": "10.0.0.0/8,nonsense/99"}, PROXY),
    ("http://127.0.0.1/x", {"HTTP_PROXY": PROXY}, None),
    ("https://localhost/x", {"HTTPS_PROXY": PROXY}, None),
]


@pytest.mark.parametrize(("url", "env", "expected"), PROXIED)
def test_the_environment_names_the_proxy(url: str, env: dict[str, str], expected: str | None) -> None:
    assert proxy_for(url, env) == expected


def test_a_proxy_that_is_none_is_a_setting_error() -> None:
    with pytest.raises(SettingError, match="HTTPS_PROXY") as caught:
        proxy_for("https://go.dev/", {"HTTPS_PROXY": "socks9://user:secret@x"})
    assert "secret" not in caught.value.message


def test_certificates_that_cannot_be_read_are_a_setting_error() -> None:
    with Client({"SSL_CERT_FILE": "/nonexistent.pem"}) as client, pytest.raises(SettingError, match="nonexistent"):
        client.get_bytes("https://localhost:1/", limit=10)


def test_a_body_beyond_the_limit_is_refused() -> None:
    with loopback() as server, Client({}) as client:
        server.put("/x", b"12345678901")
        with pytest.raises(NetworkError, match="more than 10 bytes"):
            client.get_bytes(f"{server.url}/x", limit=10)
        assert client.get_bytes(f"{server.url}/x", limit=11).body == b"12345678901"


def test_a_request_is_tried_again_and_credentials_are_sent_but_not_shown() -> None:
    slept: list[float] = []
    retry = Retry(sleep=slept.append, random=lambda: 0.5)
    with loopback() as server, Client({}, retry=retry) as client:
        server.put("/x", Reply(status=503), Reply(b"fine"), Reply(status=401))
        url = server.url.replace("http://", "http://user:secret@") + "/x"
        assert client.get_bytes(url, limit=10).body == b"fine"
        assert slept == [0.5]
        assert server.asked[0].headers["authorization"].startswith("Basic ")
        with pytest.raises(NetworkError, match="answered 401") as caught:
            client.get_bytes(url, limit=10)
        assert "secret" not in caught.value.message


def test_a_long_body_comes_in_pieces_larger_than_httpx_takes_by_itself() -> None:
    body = bytes(16 << 20)
    with loopback() as server, Client({}) as client:
        server.put("/long", body)
        with client.open(f"{server.url}/long") as response:
            pieces = [len(piece) for piece in response.chunks()]
    assert sum(pieces) == len(body)
    assert max(pieces) > 64 << 10


def test_a_redirect_from_https_never_leads_to_http() -> None:
    assert _redirected("https://go.dev/dl/x", "/y") == "https://go.dev/y"
    with pytest.raises(NetworkError, match="which is not https"):
        _redirected("https://go.dev/dl/x", "http://127.0.0.1/x")


def test_an_answer_that_drips_is_given_up() -> None:
    """Time runs 30 s with every look at the clock: the body would come in the end, but not in this life."""
    times = itertools.count(0, 30)
    retry = Retry(attempts=2, sleep=lambda _: None, monotonic=lambda: float(next(times)))
    with loopback() as server, Client({}, retry=retry) as client:
        server.put("/x", b"drop" * 100)
        with pytest.raises(NetworkError, match="fewer than 20480 bytes in 20 s"):
            client.get_bytes(f"{server.url}/x", limit=1000)
        assert server.count("/x") == 2


def test_httpx_is_loaded_without_its_command_line() -> None:
    """And by many threads at once, each of which gets the whole module."""
    script = (
        "import sys, threading; from goswitch.system.http import _httpx\n"
        "def ask(): assert _httpx().HTTPError\n"
        "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
        "[thread.start() for thread in threads]; [thread.join() for thread in threads]\n"
        "assert not {'rich', 'pygments', 'httpx._main'} & set(sys.modules); print('fine')"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=REPOSITORY)
    assert (said.stdout, said.stderr) == ("fine\n", "")
