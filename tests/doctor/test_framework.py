"""How checks are found and run: topics are folders, a probe looks once, what can't be looked at is named."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.check import check, load_topic, run, topic_names
from goswitch.errors import DiskError
from goswitch.model.finding import Kind, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from box import Box
    from sighted import Looker

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding

NOTE = Kind("a-note", Severity.NOTE, "t", "c", "why", "cure")
ERROR = Kind("an-error", Severity.ERROR, "t", "c", "why", "cure")


@check(NOTE, ERROR)
def both(facts: Facts) -> Iterable[Finding]:
    return [NOTE.found("one", cure="x"), ERROR.found("two", cure="y")]


@check(NOTE)
def blind(facts: Facts) -> Iterable[Finding]:
    yield NOTE.found("seen before", cure="x")
    raise DiskError("/x: cannot be read", help="ls -l /x")


def test_the_worst_comes_first_and_findings_are_status_1(looker: Looker) -> None:
    report = run([both], looker.facts())
    assert [finding.fact for finding in report.findings] == ["two", "one"]
    assert report.exit_code == 1
    assert run([], looker.facts()).exit_code == 0


def test_who_cannot_look_is_named_and_the_others_go_on(looker: Looker) -> None:
    report = run([blind, both], looker.facts())
    assert [(it.check, it.reason, it.help) for it in report.unseen] == [("blind", "/x: cannot be read", ("ls -l /x",))]
    assert "two" in [finding.fact for finding in report.findings]
    assert report.exit_code == 2


def test_a_probe_looks_once_whatever_thread_asks(looker: Looker) -> None:
    looked = []

    def probe(facts: Facts) -> int:
        looked.append(1)
        return len(looked)

    facts = looker.facts()
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda _: facts.ask(probe), range(50))) == {1}
    assert looker.facts().ask(probe) == 2


def test_a_probe_that_fails_fails_for_each_asker_and_looks_once(looker: Looker) -> None:
    looked = []

    def probe(facts: Facts) -> int:
        looked.append(1)
        raise DiskError("gone")

    facts = looker.facts()
    for _ in range(2):
        with pytest.raises(DiskError, match="gone"):
            facts.ask(probe)
    assert looked == [1]


def test_every_kind_is_declared_once_and_says_everything() -> None:
    kinds = [kind for name in topic_names() for asked in load_topic(name).checks for kind in asked.kinds]
    assert len({kind.id for kind in kinds}) == len(kinds)
    for kind in kinds:
        for text in (kind.title, kind.cause, kind.message, kind.cure):
            assert text, kind.id
            assert not text.endswith("."), kind.id


def test_every_topic_has_a_title_and_every_file_a_check() -> None:
    for name in topic_names():
        topic = load_topic(name)
        assert topic.title, name
        assert topic.checks, name


def test_a_topic_that_is_none(box: Box) -> None:
    ran = box.run("doctor", "environmen")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == "goswitch: doctor has no topic 'environmen'\nhelp: goswitch doctor environment\n"
