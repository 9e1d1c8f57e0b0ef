"""Reading a list in go.dev's format: dirty entries, strange shapes, lists that are too long, broken or not there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from archives import contents, official_archive, release_file, sdk_files
from engine_world import Engine
from loopback import Reply, loopback
from official_world import ARCHIVE, LIST, Setup, listing, official_world

from goswitch.errors import NetworkError
from goswitch.model.platform import Platform
from goswitch.model.version import Version
from goswitch.sdk.sources import official
from goswitch.sdk.sources.official import parse_list

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

setup = pytest.fixture(official_world)


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"[", b"null", b"[" * 100_000, b'[{"files":'])
def test_what_is_no_list_is_a_network_error(body: bytes, setup: Setup) -> None:
    setup.server.put(LIST, body)
    setup.refused(NetworkError, "does not send a list of releases")


FILE = release_file("1.22.4", ARCHIVE)
DIRTY: dict[str, dict[str, Any]] = {
    "no hash": FILE | {"sha256": ""},
    "half a hash": FILE | {"sha256": "ab" * 20},
    "hash of other letters": FILE | {"sha256": "zz" * 32},
    "no size": FILE | {"size": 0},
    "size is a text": FILE | {"size": "12"},
    "size is true": FILE | {"size": True},
    "a terabyte": FILE | {"size": 1 << 40},
    "negative size": FILE | {"size": -1},
    "installer": FILE | {"kind": "installer"},
    "source": FILE | {"kind": "source", "os": "", "arch": ""},
    "unknown kind": FILE | {"kind": "hologram"},
    "bootstrap": FILE
    | {"arch": "bootstrap", "os": "4", "version": "go1", "filename": "go1.4-bootstrap-20161024.tar.gz"},
    "pseudo release": FILE | {"version": "go1", "filename": "go1.linux-amd64.tar.gz"},
    "version that is none": FILE | {"version": "go1.9.2rc2", "filename": "go1.9.2rc2.linux-amd64.tar.gz"},
    "language version": FILE | {"version": "go1.21", "filename": "go1.21.linux-amd64.tar.gz"},
    "unreleased spelling": FILE | {"version": "go1.20.0", "filename": "go1.20.0.linux-amd64.tar.gz"},
    "no version": FILE | {"version": None},
    "another file": FILE | {"filename": "../../evil.tar.gz"},
    "a URL as file": FILE | {"filename": "https://evil.example/go1.22.4.linux-amd64.tar.gz"},
    "a zip": FILE | {"filename": "go1.22.4.linux-amd64.zip"},
    "another system": FILE | {"os": "darwin"},
    "another architecture": FILE | {"arch": "386"},
    "an old macOS": FILE | {"os": "darwin", "filename": "go1.22.4.darwin-amd64-osx10.8.tar.gz"},
    "hash is a list": FILE | {"sha256": ["a"]},
}


@pytest.mark.parametrize("kind", DIRTY)
def test_dirty_entries_are_survived_and_never_offered(kind: str, setup: Setup) -> None:
    good = release_file("1.22.5", ARCHIVE)
    setup.server.put(LIST, listing(DIRTY[kind], good | {"new field": [1]}))
    with setup.engine.client() as client:
        assert setup.engine.official(client, setup.url).versions() == [Version("1.22.5")]


def test_strange_shapes_are_survived() -> None:
    good = {"version": "go1.22.4", "files": [FILE]}
    body = json.dumps([None, 1, "x", [], {}, {"files": None}, {"files": {}}, {"files": [None, 3, []]}, good]).encode()
    found = parse_list(body + b"\n", Platform("linux", "amd64"), "host")
    assert list(found) == [Version("1.22.4")]
    assert parse_list(body.replace(b'"x"', b'"\xff\xfe"'), Platform("linux", "amd64"), "host").keys() == found.keys()


def test_a_list_of_20_megabytes_is_read_and_a_longer_one_than_allowed_is_not(
    setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = release_file("1.22.4", ARCHIVE)
    other = {"version": "go9.9.9", "files": [file | {"version": "go9.9.9", "note": "x" * 1000}]}
    body = json.dumps([other] * 17_000 + json.loads(listing(file))).encode()
    assert len(body) > 20_000_000
    setup.server.put(LIST, body)
    assert contents(setup.install()) == sdk_files("1.22.4")
    monkeypatch.setattr(official, "_LIST_BYTES", 20_000_000)
    setup.refused_list("sends more than 20000000 bytes")


LISTED = listing(release_file("1.22.4", ARCHIVE))
BROKEN_LISTS = {
    "truncated, the length is right": (Reply(LISTED[:-20]), "does not send a list of releases", 1),
    "truncated, the length is wrong": (Reply(LISTED, cut=len(LISTED) - 20), "broke", 5),
    "truncated, no length": (Reply(LISTED[:-20], declared=-1), "does not send a list of releases", 1),
    "a web page": (Reply(b"<!DOCTYPE html>", headers={"Content-Type": "text/html"}), "does not send a list", 1),
    "no text at all": (Reply(b"\xff\xfe\x00" * 1000), "does not send a list of releases", 1),
    "a redirect loop": (Reply(status=302, headers={"Location": LIST}), "redirects more than 10 times", 11),
    "a redirect to http": (Reply(status=301, headers={"Location": "http://h.example/"}), "refused to ask", 1),
    "always 503": (Reply(status=503), "answered 503", 5),
}


@pytest.mark.parametrize("kind", BROKEN_LISTS)
def test_a_broken_list_is_named_and_asked_again_where_that_may_help(kind: str, setup: Setup) -> None:
    reply, words, asked = BROKEN_LISTS[kind]
    setup.server.put(LIST, reply)
    setup.refused_list(words)
    assert setup.server.count(LIST) == asked


def test_a_list_with_bytes_that_are_no_text_is_read(setup: Setup) -> None:
    file = release_file("1.22.4", ARCHIVE) | {"note": "HERE", "os ": ["x"]}
    setup.server.put(LIST, listing(file).replace(b"HERE", b"\xff\xc3\x28"))
    assert contents(setup.install()) == sdk_files("1.22.4")


def test_of_two_entries_for_one_file_the_first_counts() -> None:
    body = listing(FILE, FILE | {"sha256": "0" * 64})
    assert parse_list(body, Platform("linux", "amd64"), "host")[Version("1.22.4")].sha256 == FILE["sha256"]


def test_linux_on_arm_is_armv6l_in_the_list_and_arm_in_the_tree(tmp_path: Path) -> None:
    archive = official_archive("1.22.4", goarch="arm")
    with loopback() as server:
        engine = Engine(tmp_path, platform=Platform("linux", "arm"))
        server.put(LIST, listing(release_file("1.22.4", archive, arch="armv6l")))
        server.put("/dl/go1.22.4.linux-armv6l.tar.gz", archive)
        assert engine.from_official("1.22.4", f"{server.url}/dl").path.name == "go1.22.4"


def test_a_list_that_cannot_be_had_is_asked_for_once(setup: Setup) -> None:
    setup.server.put(LIST, Reply(status=404))
    with setup.engine.client() as client:
        source = setup.engine.official(client, setup.url)
        for _ in range(3):
            with pytest.raises(NetworkError, match="has no"):
                source.versions()
    assert setup.server.count(LIST) == 1
