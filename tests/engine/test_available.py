"""What can be installed: lists that are complete, lists that are not, and suggestions without a network."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from checksum_log import ChecksumLog
from engine_world import LINUX, Engine, Told
from loopback import loopback

from goswitch.errors import NetworkError, NoSuchVersion
from goswitch.model.request import Remote, parse_request
from goswitch.model.version import Version
from goswitch.sdk.available import available, near, newest
from goswitch.sdk.sources.kept_list import KeptList

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.sdk.reporter import Reporter
    from goswitch.sdk.sources.base import Staged


@dataclass
class Listed:
    """A source that lists some versions and has more."""

    listed: str
    more: str = ""
    lists_all: bool = False
    reachable: bool = True
    name: str = "proxy"
    asked: list[str] = field(default_factory=list)

    def versions(self) -> list[Version]:
        if not self.reachable:
            raise NetworkError(f"can't reach {self.name}")
        return [Version(text) for text in self.listed.split()]

    def has(self, version: Version) -> bool:
        self.asked.append(version.text)
        return version.text in f"{self.listed} {self.more}".split()

    def stage(self, version: Version, tree: Path, reporter: Reporter) -> Staged:
        raise NotImplementedError


def want(text: str) -> Remote:
    request = parse_request(text)
    assert isinstance(request, Remote)
    return request


NEWEST = {
    "exact": ("1.22.99", Listed(""), "1.22.99"),
    "exact in its released spelling": ("1.20.0", Listed(""), "1.20"),
    "listed": ("1.22", Listed("1.22.1 1.22.9 1.22.10 1.21.3"), "1.22.10"),
    "the next patches are not listed": ("1.22", Listed("1.22.1 1.22.2", "1.22.3 1.22.4 1.22.6"), "1.22.4"),
    "nothing of the series is listed": ("1.23", Listed("1.22.1", "1.23.0 1.23.1"), "1.23.1"),
    "nothing of an old series is listed": ("1.20", Listed("1.22.1", "1.20 1.20.1"), "1.20.1"),
    "only a candidate is listed": ("1.23", Listed("1.23rc1 1.23rc2", "1.23.0"), "1.23.0"),
    "only a candidate is there": ("1.23", Listed("1.23rc1 1.23rc2"), "1.23rc2"),
    "stable": ("stable", Listed("1.22.1 1.21.9 1.23rc1", "1.22.2"), "1.22.2"),
    "stable of a series not listed": ("stable", Listed("1.22.1", "1.22.2 1.23.0 1.23.1"), "1.23.1"),
    "oldstable": ("oldstable", Listed("1.22.1 1.21.9", "1.21.10 1.22.2"), "1.21.10"),
    "range": (">=1.21,<1.23", Listed("1.22.1 1.23.0", "1.22.2"), "1.22.2"),
    "range that ends before": ("<=1.22.1", Listed("1.22.1 1.23.0", "1.22.2"), "1.22.1"),
    "a complete list is not asked further": ("1.22", Listed("1.22.1", "1.22.2", lists_all=True), "1.22.1"),
}


@pytest.mark.parametrize("kind", NEWEST)
def test_the_newest_that_answers(kind: str) -> None:
    text, source, expected = NEWEST[kind]
    assert newest(want(text), [source], Told()).text == expected


def test_the_newest_of_a_list_that_is_complete_asks_for_nothing_else() -> None:
    source, second = Listed("1.22.1", lists_all=True), Listed("1.22.2")
    assert newest(want("1.22"), [source, second], Told()).text == "1.22.1"
    assert source.asked == second.asked == []
    with pytest.raises(NoSuchVersion):
        newest(want("1.23"), [source, second], Told())


def test_a_list_that_cannot_be_had_hands_over_in_one_line() -> None:
    told = Told()
    sources = [Listed("", reachable=False, lists_all=True, name="official"), Listed("1.22.1")]
    assert newest(want("1.22"), sources, told).text == "1.22.1"
    assert len(told.notes) == 1
    assert available(sources, told) == [Version("1.22.1")]
    with pytest.raises(NoSuchVersion):
        newest(want("1.24"), sources, told)


@pytest.mark.parametrize("lists_all", [False, True])
def test_no_list_at_all_is_the_sources_error(lists_all: bool) -> None:
    sources = [Listed("", reachable=False, lists_all=lists_all)]
    with pytest.raises(NetworkError):
        available(sources, Told())
    with pytest.raises(NetworkError):
        newest(want("1.22"), sources, Told())


def test_lists_are_merged_newest_first() -> None:
    sources = [Listed("1.9 1.21.0 1.21rc2", name="official"), Listed("1.10 1.21.0 1.21rc10")]
    assert [v.text for v in available(sources, Told())] == ["1.21.0", "1.21rc10", "1.21rc2", "1.10", "1.9"]


@pytest.mark.parametrize(
    ("request_text", "expected"),
    [
        ("1.22.99", ["1.22.10", "1.22.9", "1.22.1"]),
        ("1.22.5", ["1.22.9", "1.22.1"]),
        ("1.24.1", ["1.24rc1"]),
        ("1.25.1", ["1.23.2"]),
        ("1.18.3", ["1.21.5"]),
        ("1.20", ["1.21.5"]),
        ("1.24", ["1.23.2"]),
        ("<1.5", ["1.23.2", "1.23.1", "1.22.10"]),
    ],
)
def test_what_is_near_is_known_without_a_network(request_text: str, expected: list[str], tmp_path: Path) -> None:
    engine = Engine(tmp_path)
    known = ["1.21.5", "1.22.1", "1.22.9", "1.22.10", "1.23.1", "1.23.2", "1.24rc1"]
    KeptList(engine.layout, "proxy", LINUX).keep(Version(text) for text in known[:4])
    KeptList(engine.layout, "official", LINUX).keep(Version(text) for text in known[3:])
    (engine.layout.lists / "damaged.json").write_text("{")
    assert near(engine.layout, want(request_text)) == expected


def test_nothing_is_near_where_nothing_was_listed(tmp_path: Path) -> None:
    assert near(Engine(tmp_path).layout, want("1.22.4")) == []


def test_a_proxys_list_names_this_platforms_releases_alone(tmp_path: Path) -> None:
    lines = [
        "v0.0.1-go1.21.0.linux-amd64", "v0.0.1-go1.21.0.linux-arm64", "v0.0.1-go1.21rc2.linux-amd64",
        "v0.0.1-go1.20.linux-amd64", "v0.0.1-go1.20.0.linux-amd64", "v0.0.1-go1.9.2rc2.linux-amd64",
        "v0.0.1-go1.21.linux-amd64", "v0.0.2-go1.22.0.linux-amd64", "v0.0.1-.linux-amd64", "nonsense", "",
        "v0.0.1-go1.22.0.linux-amd64 ", "v0.0.1-go1.22.1.linux-amd64.linux-amd64", "v0.0.1-go1.22.2-x.linux-amd64",
    ]  # fmt: skip
    with loopback() as server:
        engine = Engine(tmp_path, {"GOPROXY": server.url, "GOSUMDB": ChecksumLog().key})
        server.put("/golang.org/toolchain/@v/list", "\r\n".join(lines).encode() + b"\xff")
        server.put("/golang.org/toolchain/@v/v0.0.1-go1.30.0.linux-amd64.info", b"{}")
        with engine.client() as client:
            proxy = engine.proxy(client)
            assert [v.text for v in proxy.versions()] == ["1.21.0", "1.21rc2", "1.20", "1.22.0"]
            assert proxy.has(Version("1.30.0"))
            assert not proxy.has(Version("1.30.1"))
    assert near(engine.layout, want("1.22.9")) == ["1.22.0"]
