"""Credentials: read as cmd/go reads them, sent to the host that was asked, never to another."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from loopback import Reply, loopback

from goswitch.system.http import Client
from goswitch.system.netrc import Credentials, basic, parse_netrc

if TYPE_CHECKING:
    from pathlib import Path

# The first is the table of Go's own test (cmd/go/internal/auth/netrc_test.go), in other words.
GOS_OWN = (
    "machine incomplete\npassword none\n\nmachine a.host\n  login u\n  password p\n\n"
    "machine b.host login v password q\nmachine c.host\nlogin w\nnothing x\npassword r\n\n"
    "macdef ignored\n\tmachine m.host login l password k\n\nmachine d.host login x password s\n"
    "default\n\tlogin no\n\tpassword no\nmachine late.host login no password no\n"
)
PARSED: dict[str, tuple[str, dict[str, tuple[str, str]]]] = {
    "lines, one line, a macro, no password": (
        GOS_OWN,
        {"a.host": ("u", "p"), "b.host": ("v", "q"), "c.host": ("w", "r"), "d.host": ("x", "s")},
    ),
    "the first of two": ("machine a login 1 password 1\nmachine a login 2 password 2", {"a": ("1", "1")}),
    "password first": ("machine a password p login l", {"a": ("l", "p")}),
    "next machine resets": ("machine a login l machine b password p", {}),
    "empty": ("", {}),
    "comments are words": ("# machine\nmachine a login l password p", {"a": ("l", "p")}),
}


@pytest.mark.parametrize("kind", PARSED)
def test_the_file_is_read_as_go_reads_it(kind: str) -> None:
    text, expected = PARSED[kind]
    assert parse_netrc(text) == {machine: basic(*pair) for machine, pair in expected.items()}


@pytest.fixture
def netrc(tmp_path: Path) -> Path:
    path = tmp_path / ".netrc"
    path.write_text("machine h.example login u password p\nmachine h.example:8443/private login v password q\n")
    return path


ASKED = {
    "https://h.example/x": basic("u", "p"),
    "https://h.example": basic("u", "p"),
    "https://sub.h.example/x": None,
    "https://h.example:8443/x": None,
    "https://h.example:8443/private/x": basic("v", "q"),
    "https://me:s%40t@h.example/x": basic("me", "s@t"),
    "https://me@h.example/x": basic("me", ""),
}


@pytest.mark.parametrize("url", ASKED)
def test_who_we_are_to_whom(url: str, netrc: Path) -> None:
    assert Credentials({}, netrc.parent).header(url) == ASKED[url]
    assert Credentials({"NETRC": str(netrc)}, None).header(url) == ASKED[url]


def test_nobody_where_there_is_no_file_or_it_may_not_be_read(netrc: Path, tmp_path: Path) -> None:
    url = "https://h.example/x"
    assert Credentials({}, None).header(url) is None
    assert Credentials({}, tmp_path / "nowhere").header(url) is None
    assert Credentials({"NETRC": str(tmp_path)}, netrc.parent).header(url) is None
    assert Credentials({}, netrc.parent, allowed=lambda: False).header(url) is None


def test_a_redirect_takes_credentials_along_on_the_same_host_alone(tmp_path: Path) -> None:
    with loopback() as first, loopback() as second:
        netrc = tmp_path / "netrc"
        netrc.write_text(f"machine {urlsplit(first.url).netloc} login u password secret\n")
        first.put("/x", Reply(status=302, headers={"Location": "/y"}))
        first.put("/y", Reply(status=302, headers={"Location": f"{second.url}/z"}))
        second.put("/z", b"fine")
        with Client({}, credentials=Credentials({"NETRC": str(netrc)}, None)) as client:
            assert client.get_bytes(f"{first.url}/x", limit=10).body == b"fine"
        assert [asked.headers.get("authorization") for asked in first.asked] == [basic("u", "secret")] * 2
        assert "authorization" not in second.asked[0].headers


def test_credentials_in_a_redirect_are_not_used(tmp_path: Path) -> None:
    with loopback() as first, loopback() as second:
        first.put("/x", Reply(status=302, headers={"Location": second.url.replace("//", "//u:p@") + "/y"}))
        second.put("/y", b"fine")
        with Client({}) as client:
            assert client.get_bytes(f"{first.url}/x", limit=10).body == b"fine"
        assert "authorization" not in second.asked[0].headers
    assert tmp_path.exists()
