"""Installing from a list in go.dev's format and from mirrors of its archives."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from typing import TYPE_CHECKING

import pytest
from archives import TarEntry, make_tar, official_archive, release_file, sdk_files
from checksum_log import ChecksumLog
from engine_world import Engine
from loopback import Loopback, Reply, loopback

from goswitch.errors import ArchiveError, GoswitchError, NetworkError, NoSuchVersion, ProofError
from goswitch.model.platform import Platform
from goswitch.model.version import Version
from goswitch.sdk.sources import official
from goswitch.sdk.sources.official import parse_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

ARCHIVE = official_archive("1.22.4")
NAME = "go1.22.4.linux-amd64.tar.gz"
LIST = "/dl/?mode=json&include=all"


def listing(*files: dict[str, Any], stable: bool = True) -> bytes:
    return json.dumps([{"version": file["version"], "stable": stable, "files": [file]} for file in files]).encode()


class Setup:
    """A list with 1.22.4 whose archive is on the same host, and an engine that asks there."""

    def __init__(self, server: Loopback, base: Path) -> None:
        self.server = server
        self.engine = Engine(base)
        self.url = f"{server.url}/dl/"
        server.put(LIST, listing(release_file("1.22.4", ARCHIVE)))
        server.put(f"/dl/{NAME}", ARCHIVE)

    def install(self, *mirrors: str) -> Path:
        return self.engine.from_official("1.22.4", self.url, [f"{self.server.url}/{name}" for name in mirrors]).path

    def refused(self, kind: type[GoswitchError], match: str, *mirrors: str) -> GoswitchError:
        with pytest.raises(kind, match=match) as caught:
            self.install(*mirrors)
        assert not self.engine.layout.sdk_root.joinpath("go1.22.4").exists()
        assert not list(self.engine.layout.staging.glob("*"))
        return caught.value

    def refused_list(self, match: str) -> None:
        """Ask for the list, by a source that has not asked before."""
        with self.engine.client() as client, pytest.raises(NetworkError, match=match):
            self.engine.official(client, self.url).versions()


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[Setup]:
    with loopback() as server:
        yield Setup(server, tmp_path)


def contents(tree: Path) -> dict[str, bytes]:
    found = {str(path.relative_to(tree)): path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    return {name: content for name, content in found.items() if not name.startswith((".goswitch/", ".unpacked"))}


def test_an_sdk_is_installed_by_the_lists_hash(setup: Setup) -> None:
    done = setup.engine.from_official("1.22.4", setup.url)
    assert contents(done.path) == sdk_files("1.22.4")
    assert done.proof is not None
    assert (done.proof.kind, done.proof.value) == ("sha256", release_file("1.22.4", ARCHIVE)["sha256"])
    assert done.proof.by == setup.url
    assert setup.engine.litter() == []


def test_upper_case_hashes_and_a_redirect_are_fine(setup: Setup) -> None:
    file = release_file("1.22.4", ARCHIVE)
    setup.server.put(LIST, b"\xef\xbb\xbf" + listing(file | {"sha256": str(file["sha256"]).upper()}))
    setup.server.put(f"/dl/{NAME}", Reply(status=302, headers={"Location": f"/elsewhere/{NAME}"}))
    setup.server.put(f"/elsewhere/{NAME}", ARCHIVE)
    assert contents(setup.install()) == sdk_files("1.22.4")


def test_bytes_come_from_the_mirror_and_the_hash_from_the_list(setup: Setup) -> None:
    setup.server.put(f"/mirror/{NAME}", ARCHIVE)
    setup.install("mirror")
    assert setup.server.count(f"/mirror/{NAME}") == 1
    assert [asked.path for asked in setup.server.asked if NAME in asked.path] == [f"/mirror/{NAME}"]


FALLING_BACK = {
    "404": Reply(status=404),
    "another length": Reply(ARCHIVE[:-1]),
    "a web page": Reply(b"<html></html>", headers={"Content-Type": "text/html"}),
    "no length, and shorter": Reply(ARCHIVE[:-10], declared=-1),
}


@pytest.mark.parametrize("kind", FALLING_BACK)
def test_the_next_mirror_serves_where_one_fails(kind: str, setup: Setup) -> None:
    setup.server.put(f"/one/{NAME}", FALLING_BACK[kind])
    setup.server.put(f"/two/{NAME}", ARCHIVE)
    assert contents(setup.install("one", "two")) == sdk_files("1.22.4")
    assert len(setup.engine.told.notes) == 1
    assert setup.engine.litter() == []


def changed() -> bytes:
    """Return an archive of the right length with another content."""
    return ARCHIVE[:-20] + bytes(12) + ARCHIVE[-8:]


def other_content() -> bytes:
    files = sdk_files("1.22.4") | {"src/fmt/print.go": b"package evil"}
    entries = [TarEntry(f"go/{name}".encode(), content, mode=b"0000755") for name, content in files.items()]
    return gzip.compress(make_tar(entries), mtime=0)


@pytest.mark.parametrize("data", [changed(), bytes(len(ARCHIVE)), b"<html>" * (len(ARCHIVE) // 6 + 1)])
def test_a_wrong_hash_stops_and_no_second_mirror_is_asked(data: bytes, setup: Setup) -> None:
    setup.server.put(f"/one/{NAME}", data[: len(ARCHIVE)])
    setup.server.put(f"/two/{NAME}", ARCHIVE)
    error = setup.refused(ProofError, "is not what Go published", "one", "two")
    assert str(release_file("1.22.4", ARCHIVE)["sha256"]) in error.message
    assert setup.server.count(f"/two/{NAME}") == 0
    assert setup.engine.litter() == []


def test_another_content_of_the_listed_length_is_refused(setup: Setup) -> None:
    data = other_content()
    file = release_file("1.22.4", data)
    setup.server.put(LIST, listing(file | {"sha256": "0" * 64}))
    setup.server.put(f"/dl/{NAME}", data)
    error = setup.refused(ProofError, "is not what Go published")
    assert str(file["sha256"]) in error.message


def test_a_hostile_archive_with_the_right_hash_is_refused(setup: Setup) -> None:
    data = gzip.compress(make_tar([TarEntry(b"go/link", kind=b"2", link=b"/etc")]), mtime=0)
    setup.server.put(LIST, listing(release_file("1.22.4", data)))
    setup.server.put(f"/dl/{NAME}", data)
    setup.refused(ArchiveError, "neither a file nor a folder")
    assert setup.engine.litter() == []


def test_programs_without_the_right_to_run_are_refused(setup: Setup) -> None:
    entries = [TarEntry(f"go/{name}".encode(), content) for name, content in sdk_files("1.22.4").items()]
    data = gzip.compress(make_tar(entries), mtime=0)
    setup.server.put(LIST, listing(release_file("1.22.4", data)))
    setup.server.put(f"/dl/{NAME}", data)
    setup.refused(ArchiveError, "bin/go without the right to run it")


def test_damage_at_the_beginning_is_named_by_the_hash_of_the_whole(setup: Setup) -> None:
    noise = random.Random(1).randbytes(3 << 20)
    data = gzip.compress(make_tar([TarEntry(b"go/noise", noise)]), mtime=0)
    damaged = data[:20] + bytes(20) + data[40:]
    setup.server.put(LIST, listing(release_file("1.22.4", data)))
    setup.server.put(f"/dl/{NAME}", damaged)
    error = setup.refused(ProofError, "is not what Go published")
    assert hashlib.sha256(damaged).hexdigest() in error.message


def test_a_version_that_is_not_listed_is_no_such_version(setup: Setup) -> None:
    setup.server.put(LIST, listing(release_file("1.22.5", ARCHIVE)))
    setup.refused(NoSuchVersion, r"no source has go1\.22\.4")


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


def test_what_follows_the_announced_length_is_not_read(setup: Setup) -> None:
    setup.server.put(f"/dl/{NAME}", Reply(ARCHIVE + b"more", declared=len(ARCHIVE)))
    assert contents(setup.install()) == sdk_files("1.22.4")


def test_an_archive_with_more_behind_it_is_refused(setup: Setup) -> None:
    setup.server.put(f"/dl/{NAME}", Reply(ARCHIVE + b"more", declared=-1))
    setup.refused(NetworkError, f"sent {len(ARCHIVE) + 4} bytes instead of {len(ARCHIVE)}")


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


def test_a_source_that_cannot_be_reached_hands_over_in_one_line(setup: Setup) -> None:
    with loopback() as gone:
        pass
    with setup.engine.client() as client:
        first = setup.engine.official(client, f"{gone.url}/dl/")
        done = setup.engine.install("1.22.4", first, setup.engine.official(client, setup.url))
    assert done.source == "official"
    assert len(setup.engine.told.notes) == 1
    assert "can't reach 127.0.0.1" in setup.engine.told.notes[0]


def test_a_list_that_cannot_be_had_is_asked_for_once(setup: Setup) -> None:
    setup.server.put(LIST, Reply(status=404))
    with setup.engine.client() as client:
        source = setup.engine.official(client, setup.url)
        for _ in range(3):
            with pytest.raises(NetworkError, match="has no"):
                source.versions()
    assert setup.server.count(LIST) == 1


def test_a_proof_that_fails_never_hands_over(setup: Setup) -> None:
    setup.server.put(f"/dl/{NAME}", changed())
    log = ChecksumLog()
    setup.engine.env.update(GOPROXY=f"{setup.server.url}/proxy", GOSUMDB=log.key)
    with setup.engine.client() as client, pytest.raises(ProofError):
        setup.engine.install("1.22.4", setup.engine.official(client, setup.url), setup.engine.proxy(client))
    assert not [asked for asked in setup.server.asked if asked.path.startswith("/proxy")]
    assert setup.engine.told.notes == []


def test_an_unlisted_version_is_asked_of_the_next_source(setup: Setup) -> None:
    setup.server.put(LIST, listing(release_file("1.22.5", ARCHIVE)))
    setup.engine.env.update(GOPROXY=f"{setup.server.url}/proxy", GOSUMDB=ChecksumLog().key)
    with setup.engine.client() as client, pytest.raises(NoSuchVersion):
        setup.engine.install("1.22.4", setup.engine.official(client, setup.url), setup.engine.proxy(client))
    assert [asked for asked in setup.server.asked if asked.path.endswith("go1.22.4.linux-amd64.zip")]
