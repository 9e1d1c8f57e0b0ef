"""GitHub Actions: what setup-go installs, by word or by file, and the containers of jobs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from goswitch.doctor.check import check
from goswitch.doctor.mentions import SHARED, compare_files, text_of
from goswitch.doctor.probes.project import project_files, project_folder, repository_of
from goswitch.integrate import github
from goswitch.integrate.mention import Mention, asked_by
from goswitch.model.finding import Kind, Severity
from goswitch.model.gomod import scan
from goswitch.model.pin import TOOL_VERSIONS, go_version_word, tool_versions_word
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from goswitch.doctor.facts import Facts
    from goswitch.model.finding import Finding
    from goswitch.model.marked import Marked

OTHER = Kind(
    "workflow-other-go",
    Severity.ERROR,
    title="A GitHub workflow runs another Go than the pin",
    cause="the pin was raised and `go-version` left, or `go-version-file` names go.mod where a pin binds",
    message="CI tests with another Go than people build with",
    cure="go-version-file: .go-version",
)


@check(OTHER, *SHARED)
def workflows(facts: Facts) -> Iterator[Finding]:
    """Hold each workflow and composite action against the pin."""
    repository = repository_of(facts.cwd) or facts.ask(project_folder)
    yield from compare_files(
        facts, OTHER, facts.ask(project_files).workflows, lambda text: read_workflow(text, repository)
    )


def read_workflow(text: str, repository: Path) -> Iterator[Mention]:
    """Yield what a workflow says about Go, and what the files say that it names."""
    yield from github.mentions(text)
    for named in github.version_files(text):
        mention = _installed_by(named, repository)
        if mention is not None:
            yield mention


def _installed_by(named: Marked, repository: Path) -> Mention | None:
    """Return what setup-go installs for a go-version-file: of go.mod the toolchain line, else the go line."""
    path = repository / named.text
    if "$" in named.text or look.kind(path) is not look.Kind.FILE:
        return None
    word = _word(path)
    return Mention(named.line, f"go-version-file: {named.text} ({word})", asked_by(word)) if word else None


def _word(path: Path) -> str:
    text = text_of(path)
    data = text.encode("utf-8", "surrogateescape")
    if path.name in {"go.mod", "go.work"}:
        seen = scan(data, whole=True)
        toolchain = (
            re.match(r"go(1\.\d+(?:\.\d+|rc\d+)?)", seen.toolchain.value) if seen.toolchain is not None else None
        )
        return toolchain[1] if toolchain is not None else (seen.go.value if seen.go is not None else "")
    found = tool_versions_word(data) if path.name == TOOL_VERSIONS else go_version_word(data)
    return found.word if found is not None else ""
