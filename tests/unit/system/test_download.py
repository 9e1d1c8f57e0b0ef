"""Downloads against a server whose faults are data: what heals is tried again, what was begun is gone on with."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from loopback import Loopback, Reply, loopback

from goswitch.errors import NetworkError
from goswitch.system.download import Downloaded, discard, download, state_file
from goswitch.system.growing import Growing, Restarted
from goswitch.system.http import Client
from goswitch.system.retry import Retry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = os.urandom(3 << 20)
OTHER = os.urandom(3 << 20)
HALF = 3 << 19


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


class Downloads:
    """Downloads of `/x` into one folder, with waits that are only counted."""

    def __init__(self, server: Loopback, folder: Path) -> None:
        self.server, self.path = server, folder / "downloads" / "x"
        self.slept: list[float] = []
        self.reasons: list[str] = []
        self.progress = 0
        self.total: int | None = None
        self.now, self.step = 0.0, 0.001

    def begin(self, total: int | None) -> None:
        self.total = total

    def moved(self, count: int) -> None:
        self.progress += count

    def broke(self, reason: str) -> None:
        self.reasons.append(reason)

    def tick(self) -> float:
        self.now += self.step
        return self.now

    def get(self, expected: int | None = None, limit: int = 1 << 30, growing: Growing | None = None) -> Downloaded:
        self.progress = 0
        retry = Retry(sleep=self.slept.append, random=lambda: 0.5, wall=lambda: 1_700_000_000.0, monotonic=self.tick)
        with Client({}, retry=retry) as client:
            growing = growing or Growing(self.path)
            return download(client, f"{self.server.url}/x", growing, expected=expected, limit=limit, progress=self)

    @property
    def ranges(self) -> list[str | None]:
        return [asked.range for asked in self.server.asked]


@pytest.fixture
def downloads(server: Loopback, tmp_path: Path) -> Downloads:
    return Downloads(server, tmp_path)


def test_a_whole_download(downloads: Downloads) -> None:
    downloads.server.put("/x", BODY)
    assert downloads.get(expected=len(BODY)).size == len(BODY)
    assert downloads.path.read_bytes() == BODY
    assert (downloads.progress, downloads.total) == (len(BODY), len(BODY))
    discard(downloads.path)
    assert list(downloads.path.parent.iterdir()) == []


HEALING = {
    "429": ([Reply(status=429)], [0.5]),
    "429 with seconds": ([Reply(status=429, headers={"Retry-After": "7"})], [7.0]),
    "429 with a date": ([Reply(status=429, headers={"Retry-After": "Tue, 14 Nov 2023 22:13:30 GMT"})], [10.0]),
    "429 with nonsense": ([Reply(status=429, headers={"Retry-After": "soon"})], [0.5]),
    "429 for a day": ([Reply(status=429, headers={"Retry-After": "86400"})], [60.0]),
    "503, 502, 500": ([Reply(status=503), Reply(status=502), Reply(status=500)], [0.5, 1.0, 2.0]),
    "cut off": ([Reply(BODY, cut=HALF)], [0.5]),
    "cut off twice": ([Reply(BODY, cut=HALF), Reply(BODY, cut=100)], [0.5, 1.0]),
}


@pytest.mark.parametrize("kind", HEALING)
def test_what_may_heal_is_asked_again(kind: str, downloads: Downloads) -> None:
    replies, waits = HEALING[kind]
    downloads.server.put("/x", *replies, BODY)
    assert downloads.get(expected=len(BODY)).size == len(BODY)
    assert downloads.path.read_bytes() == BODY
    assert downloads.slept == pytest.approx(waits)
    assert len(downloads.reasons) == len(waits)
    assert downloads.progress == len(BODY)


def leading_to(location: str) -> Reply:
    return Reply(status=302, headers={"Location": location})


FINAL = {
    "404": (Reply(status=404), "has no", 404),
    "403": (Reply(status=403), "answered 403", 403),
    "a web page": (Reply(b"<html>", headers={"Content-Type": "text/html; charset=utf-8"}), "sends a web page", None),
    "another length": (Reply(BODY[:-1]), "offers 3145727 bytes instead of 3145728", None),
    "no length, and shorter": (Reply(BODY[:-1], declared=-1), "sent 3145727 bytes instead of 3145728", None),
    "longer than allowed": (Reply(BODY + b"more"), "offers 3145732 bytes", None),
    "no length, and longer than allowed": (Reply(BODY + b"more", declared=-1), "more bytes than", None),
    "redirect to http elsewhere": (leading_to("http://mirror.example/x"), "refused to ask http://mirror.example", None),
    "redirect to a file": (leading_to("file:///etc/passwd"), "refused to ask", None),
    "redirect to ftp": (leading_to("ftp://x.example/"), "refused to ask ftp:", None),
    "redirect for ever": (leading_to("/x"), "redirects more than 10 times", None),
    "redirect to nowhere": (leading_to("https://[half/x"), "redirects to a malformed URL", None),
}  # fmt: skip


@pytest.mark.parametrize("kind", FINAL)
def test_what_does_not_heal_is_asked_once(kind: str, downloads: Downloads) -> None:
    reply, message, status = FINAL[kind]
    downloads.server.put("/x", reply)
    with pytest.raises(NetworkError) as caught:
        downloads.get(expected=len(BODY), limit=len(BODY))
    assert message in caught.value.message
    assert caught.value.status == status
    assert downloads.slept == []
    assert downloads.server.count("/x") == (11 if kind == "redirect for ever" else 1)


def test_an_answer_that_never_heals_ends_after_five_tries(downloads: Downloads) -> None:
    downloads.server.put("/x", Reply(status=503))
    with pytest.raises(NetworkError, match="answered 503"):
        downloads.get()
    assert downloads.slept == pytest.approx([0.5, 1.0, 2.0, 4.0])


def test_a_redirect_is_followed(downloads: Downloads) -> None:
    downloads.server.put("/x", Reply(status=302, headers={"Location": "/real"}))
    downloads.server.put("/real", BODY)
    assert downloads.get().url == f"{downloads.server.url}/real"
    assert downloads.path.read_bytes() == BODY


def test_a_broken_line_is_gone_on_with_where_it_broke(downloads: Downloads) -> None:
    downloads.server.put("/x", Reply(BODY, cut=HALF, etag='"1"'), Reply(BODY, etag='"1"'))
    downloads.get()
    assert downloads.path.read_bytes() == BODY
    assert downloads.ranges == [None, f"bytes={HALF}-"]
    assert downloads.server.asked[1].headers["if-range"] == '"1"'


def interrupted(downloads: Downloads, reply: Reply) -> None:
    """Leave a partial download as a process does that was ended."""
    downloads.server.put("/x", reply, Reply(status=404))
    with pytest.raises(NetworkError):
        downloads.get()
    assert downloads.path.read_bytes() == reply.body[: reply.cut]
    downloads.server.asked.clear()
    downloads.slept.clear()


def test_a_later_process_goes_on(downloads: Downloads) -> None:
    interrupted(downloads, Reply(BODY, cut=HALF))
    downloads.server.put("/x", BODY)
    downloads.get()
    assert downloads.path.read_bytes() == BODY
    assert downloads.ranges == [f"bytes={HALF}-"]
    assert downloads.progress == len(BODY)


def test_a_later_process_that_finds_all_of_it_asks_once(downloads: Downloads) -> None:
    downloads.server.put("/x", BODY)
    downloads.get()
    assert downloads.get().size == len(BODY)
    assert downloads.ranges == [None, f"bytes={len(BODY)}-"]


def test_a_part_that_is_shorter_than_it_should_be_is_gone_on_with(downloads: Downloads) -> None:
    interrupted(downloads, Reply(BODY, cut=HALF))
    short = Reply(BODY[HALF:][:100], 206, {"Content-Range": f"bytes {HALF}-{HALF + 99}/{len(BODY)}"})
    downloads.server.put("/x", short, BODY)
    downloads.get()
    assert downloads.path.read_bytes() == BODY
    assert downloads.ranges == [f"bytes={HALF}-", f"bytes={HALF + 100}-"]


ANEW = {
    "another ETag": Reply(OTHER, etag='"2"'),
    "no ranges": Reply(OTHER, ranges=False),
    "another length": Reply(OTHER[:-5], etag='"1"'),
    "shorter than what we have": Reply(OTHER[:100], etag='"1"'),
    "another ETag in spite of If-Range": Reply(
        OTHER[HALF:], status=206, etag='"2"', headers={"Content-Range": f"bytes {HALF}-{len(OTHER) - 1}/{len(OTHER)}"}
    ),
    "another part than asked for": Reply(
        OTHER[5:], status=206, etag='"1"', headers={"Content-Range": f"bytes 5-{len(OTHER) - 1}/{len(OTHER)}"}
    ),
    "no Content-Range": Reply(OTHER, status=206, etag='"1"'),
}


@pytest.mark.parametrize("kind", ANEW)
def test_another_file_is_begun_anew(kind: str, downloads: Downloads) -> None:
    interrupted(downloads, Reply(BODY, cut=HALF, etag='"1"'))
    reply = ANEW[kind]
    whole = reply if reply.status == 200 else Reply(OTHER, etag='"2"')
    downloads.server.put("/x", reply, whole)
    downloads.get()
    assert downloads.path.read_bytes() == whole.body
    assert downloads.progress == len(whole.body)


def test_a_partial_file_of_which_nothing_is_known_is_begun_anew(downloads: Downloads) -> None:
    interrupted(downloads, Reply(BODY, cut=HALF))
    state_file(downloads.path).write_text('{"total": null, "etag": null, "modified": null}')
    downloads.server.put("/x", OTHER)
    downloads.get()
    assert downloads.path.read_bytes() == OTHER
    assert downloads.ranges == [None]


@pytest.mark.parametrize("state", [b"", b"[]", b"{", b'{"total": "x", "etag": 1, "modified": null}', b"\xff"])
def test_a_damaged_state_is_begun_anew(state: bytes, downloads: Downloads) -> None:
    interrupted(downloads, Reply(BODY, cut=HALF))
    state_file(downloads.path).write_bytes(state)
    downloads.server.put("/x", OTHER)
    downloads.get()
    assert downloads.path.read_bytes() == OTHER


def test_who_reads_along_is_told_to_begin_again(downloads: Downloads) -> None:
    downloads.server.put("/x", Reply(BODY, cut=HALF, etag='"1"'), Reply(OTHER, etag='"2"'))
    growing = Growing(downloads.path)
    downloads.get(growing=growing)
    assert growing.restarts == 1
    with pytest.raises(Restarted):
        growing.wait(1, 0)
    assert growing.wait(1, 1) == len(OTHER)


def test_a_drip_is_broken_off(downloads: Downloads) -> None:
    """Time runs 30 s with every look at the clock; each answer brings some bytes and would go on for ever."""
    downloads.server.put("/x", Reply(b"drop" * 2000, declared=-1))
    downloads.step = 30
    with pytest.raises(NetworkError, match="fewer than 20480 bytes in 20 s"):
        downloads.get()
    assert len(downloads.slept) == 4


def test_a_host_that_is_not_there_is_left_soon(tmp_path: Path) -> None:
    with loopback() as gone:
        pass
    downloads = Downloads(gone, tmp_path)
    with pytest.raises(NetworkError, match=r"can't reach 127\.0\.0\.1") as caught:
        downloads.get()
    assert caught.value.help
    assert downloads.slept == pytest.approx([0.5])


def test_no_more_is_waited_for_than_is_needed(downloads: Downloads) -> None:
    downloads.server.put("/x", Reply(BODY, declared=len(BODY), cut=2 << 20, stalls=True))
    growing = Growing(downloads.path)
    growing.need(2 << 20, len(BODY), since=0)
    assert downloads.get(growing=growing).size == len(BODY)
    assert growing.wait(len(BODY)) == 2 << 20
    assert downloads.path.read_bytes() == BODY[: 2 << 20]
    assert downloads.progress == len(BODY)
    assert downloads.reasons == []


def test_what_is_needed_of_another_file_does_not_count(downloads: Downloads) -> None:
    downloads.server.put("/x", BODY)
    growing = Growing(downloads.path)
    growing.need(1, len(BODY) + 1, since=0)
    downloads.get(growing=growing)
    assert downloads.path.read_bytes() == BODY


def test_what_is_needed_ends_with_a_restart(tmp_path: Path) -> None:
    growing = Growing(tmp_path / "x")
    growing.need(1, 10, since=0)
    growing.reach(5, 10)
    assert growing.is_enough()
    growing.restart()
    growing.reach(5, 10)
    assert not growing.is_enough()
    growing.need(1, 10, since=0)
    assert not growing.is_enough()
    growing.need(1, 10, since=1)
    assert growing.is_enough()
