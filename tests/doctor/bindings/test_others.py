from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.bindings.others import others

if TYPE_CHECKING:
    from sighted import Looker


WORKFLOW = "jobs:\n a:\n  steps:\n  - uses: actions/setup-go@v5\n    with: {go-version: 1.21}"


@pytest.fixture
def project(looker: Looker) -> Looker:
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    return looker


def put(looker: Looker, name: str, text: str) -> str:
    path = looker.box.project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("Dockerfile", "ARG V=1.21.6\nFROM golang:${V}-alpine\n", 2),
        ("compose.yaml", "services:\n  app:\n    image: golang:1.21\n", 3),
        (".devcontainer/devcontainer.json", '{\n"image": "golang:1.21.6", // x\n}', 2),
        (".github/workflows/ci.yml", WORKFLOW, 5),
        (".gitlab-ci.yml", "test:\n  image: golang:1.21.6\n", 2),
    ],
)  # fmt: skip
def test_another_go_with_its_line(project: Looker, name: str, text: str, line: int) -> None:
    path = put(project, name, text)
    (found,) = project.find(others)
    assert (str(found.place), found.cure) == (f"{path}:{line}", ("goswitch check",))


def test_silence(project: Looker) -> None:
    put(project, "Dockerfile", "FROM golang:1.22.4\nFROM alpine:3\n")
    put(project, "compose.yaml", "services:\n  app:\n    image: golang:1.22\n")
    put(project, ".github/workflows/ci.yml", "jobs: [unclosed\n")
    assert project.find(others) == []


def test_a_folder_that_is_no_project_is_not_walked(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    put(looker, "Dockerfile", "FROM golang:1.21.6\n")
    assert looker.find(others) == []
