"""Installing from a list in go.dev's format and from mirrors of its archives."""

from __future__ import annotations

import gzip
import hashlib
import random

import pytest
from archives import TarEntry, contents, make_tar, release_file, sdk_files
from checksum_log import ChecksumLog
from loopback import Reply, loopback
from official_world import ARCHIVE, LIST, NAME, Setup, listing, official_world

from goswitch.errors import ArchiveError, NetworkError, NoSuchVersion, ProofError

setup = pytest.fixture(official_world)


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


def test_what_follows_the_announced_length_is_not_read(setup: Setup) -> None:
    setup.server.put(f"/dl/{NAME}", Reply(ARCHIVE + b"more", declared=len(ARCHIVE)))
    assert contents(setup.install()) == sdk_files("1.22.4")


def test_an_archive_with_more_behind_it_is_refused(setup: Setup) -> None:
    setup.server.put(f"/dl/{NAME}", Reply(ARCHIVE + b"more", declared=-1))
    setup.refused(NetworkError, f"sent {len(ARCHIVE) + 4} bytes instead of {len(ARCHIVE)}")


def test_a_source_that_cannot_be_reached_hands_over_in_one_line(setup: Setup) -> None:
    with loopback() as gone:
        pass
    with setup.engine.client() as client:
        first = setup.engine.official(client, f"{gone.url}/dl/")
        done = setup.engine.install("1.22.4", first, setup.engine.official(client, setup.url))
    assert done.source == "official"
    assert len(setup.engine.told.notes) == 1
    assert "can't reach 127.0.0.1" in setup.engine.told.notes[0]


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
