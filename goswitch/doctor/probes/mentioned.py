"""Rows of the table of bindings for containers, CI and other managers: what their files in this project ask for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.doctor.bindings import Row
from goswitch.doctor.mentions import text_of
from goswitch.doctor.probes.here import here
from goswitch.doctor.probes.modfiles import modfiles
from goswitch.doctor.probes.pinned import pinned
from goswitch.doctor.probes.project import project_files, project_folder, repository_of
from goswitch.doctor.project.files.workflows import read_workflow
from goswitch.errors import DiskError
from goswitch.integrate import compose, devcontainer, dockerfile, mise, pipelines
from goswitch.integrate.images import brings_go_local
from goswitch.integrate.jsonc import NotJsonc
from goswitch.model.agreement import Agreement, agreement
from goswitch.model.finding import Place
from goswitch.model.marked import Unreadable
from goswitch.model.request import Exact, Series
from goswitch.model.version import Version, is_valid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.integrate.mention import Mention
    from goswitch.model.request import Remote

_IN_IMAGES = Path("/usr/local/go")
"""The SDK in the official images."""


def mentioned(facts: Facts) -> tuple[Row, ...]:
    """Read the files and return a row for each place that says which Go; none where this folder is no project."""
    is_project = facts.ask(pinned) is not None or facts.ask(modfiles).deciding is not None
    repository = repository_of(facts.cwd)
    if not is_project and repository is None:
        return ()
    base = repository or facts.ask(project_folder)
    files = facts.ask(project_files)
    readers: tuple[tuple[str, list[Path], Callable[[str], Iterable[Mention]]], ...] = (
        ("devcontainer", files.devcontainers, devcontainer.mentions),
        ("Dockerfile", files.dockerfiles, dockerfile.mentions),
        ("compose", files.compose, compose.mentions),
        ("GitHub CI", files.workflows, lambda text: read_workflow(text, base)),
        ("GitLab CI", files.gitlab, pipelines.gitlab_mentions),
        ("CircleCI", files.circleci, pipelines.circleci_mentions),
        ("mise", files.mise, mise.mentions),
    )
    return tuple(row for who, paths, read in readers for path in paths for row in _rows(who, path, read, facts))


def _rows(who: str, path: Path, read: Callable[[str], Iterable[Mention]], facts: Facts) -> Iterator[Row]:
    try:
        for mention in read(text_of(path)):
            yield _row(who, path, mention, facts)
    except (Unreadable, NotJsonc) as error:
        yield Row(who, None, None, "", f"can't be read: {error.reason}", Place(path, error.line))
    except DiskError:
        yield Row(who, None, None, "", "can't be read", Place(path))


def _row(who: str, path: Path, mention: Mention, facts: Facts) -> Row:
    asked = mention.choices or ((mention.asks,) if mention.asks is not None else ())
    official = brings_go_local(mention.what)
    return Row(
        who,
        _IN_IMAGES / "bin/go" if official else None,
        _IN_IMAGES if official else None,
        ", ".join(_shown(asks) for asks in asked),
        mention.what,
        Place(path, mention.line),
        agrees=not asked or not all(_is_other(asks, facts) for asks in asked),
    )


def _is_other(asks: Remote, facts: Facts) -> bool:
    then = facts.ask(here).next
    if then is None or not is_valid(then.local):
        return False
    version = Version(then.local)
    return agreement(Exact(version), version, asks) is Agreement.OTHER


def _shown(asks: Remote) -> str:
    match asks:
        case Exact(version=version):
            return version.released.name
        case Series():
            return f"{asks}.x"
        case _:
            return str(asks)
