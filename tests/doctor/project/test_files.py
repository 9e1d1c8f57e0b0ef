"""Files of other tools that bring another Go: each fault, and silence without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.project.files.bounds import bounds
from goswitch.doctor.project.files.circleci import circleci
from goswitch.doctor.project.files.compose_files import compose_files
from goswitch.doctor.project.files.devcontainers import devcontainers
from goswitch.doctor.project.files.dockerfiles import dockerfiles
from goswitch.doctor.project.files.gitlab import gitlab
from goswitch.doctor.project.files.mise_files import mise_files
from goswitch.doctor.project.files.workflows import workflows
from goswitch.integrate import project_files

if TYPE_CHECKING:
    from sighted import Looker

    from goswitch.doctor.check import Check

ALL = (circleci, compose_files, devcontainers, dockerfiles, gitlab, mise_files, workflows)

SETUP_GO = "jobs:\n  a:\n    steps:\n      - uses: actions/setup-go@v5\n        with:\n          {}\n"


def write(looker: Looker, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = looker.box.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def found(looker: Looker, check: Check) -> list[tuple[str, str]]:
    return [(it.id, str(it.place).removeprefix(f"{looker.box.project}/")) for it in looker.find(check)]


CASES = [
    (dockerfiles, "Dockerfile", "# build\nFROM golang:{}-alpine\n", "dockerfile-other-go", 2),
    (dockerfiles, "deploy/api.Dockerfile", "FROM golang:{}\n", "dockerfile-other-go", 1),
    (dockerfiles, ".devcontainer/Dockerfile", "FROM golang:{}\n", "dockerfile-other-go", 1),
    (compose_files, "compose.yaml", "services:\n  a:\n    image: golang:{}\n", "compose-other-go", 3),
    (compose_files, "docker-compose.test.yml", "services: {{a: {{image: 'golang:{}'}}}}\n", "compose-other-go", 1),
    (devcontainers, ".devcontainer/devcontainer.json",
     '{{\n"image": "golang:{}", // x\n}}', "devcontainer-other-go", 2),
    (devcontainers, ".devcontainer/api/devcontainer.json", '{{"image": "golang:{}"}}', "devcontainer-other-go", 1),
    (devcontainers, ".devcontainer.json", '{{"image": "golang:{}"}}', "devcontainer-other-go", 1),
    (workflows, ".github/workflows/ci.yml", SETUP_GO.format("go-version: '{}'"), "workflow-other-go", 6),
    (workflows, ".github/actions/go/action.yml",
     "runs:\n  steps:\n    - uses: actions/setup-go@v5\n      with: {{go-version: '{}'}}\n", "workflow-other-go", 4),
    (gitlab, ".gitlab-ci.yml", "test:\n  image: golang:{}\n", "gitlab-other-go", 2),
    (circleci, ".circleci/config.yml", "jobs:\n  a:\n    docker:\n      - image: cimg/go:{}\n", "circleci-other-go", 4),
    (mise_files, "mise.toml", '[tools]\ngo = "{}"\n', "mise-other-go", 2),
]  # fmt: skip


@pytest.mark.parametrize(("check", "name", "text", "kind", "line"), CASES)
def test_another_go_than_the_pin(looker: Looker, check: Check, name: str, text: str, kind: str, line: int) -> None:
    looker.box.pin("1.22.4\n")
    write(looker, {name: text.format("1.21.6")})
    (finding,) = looker.find(check)
    assert (finding.id, finding.severity) == (kind, "error")
    assert str(finding.place) == f"{looker.box.project / name}:{line}"
    assert "1.21.6" in finding.fact
    assert "the pin 1.22.4 (.go-version:1)" in finding.fact
    write(looker, {name: text.format("1.23")})
    assert [it.id for it in looker.find(check)] == [kind]


@pytest.mark.parametrize(("check", "name", "text", "kind", "line"), CASES)
def test_the_pins_go_is_fine(looker: Looker, check: Check, name: str, text: str, kind: str, line: int) -> None:
    looker.box.pin("1.22.4\n")
    write(looker, {name: text.format("1.22.4")})
    assert looker.find(check) == []
    looker.box.pin("1.22\n")
    assert looker.find(check) == []


@pytest.mark.parametrize(("check", "name", "text", "kind", "line"), CASES)
def test_a_series_is_a_note_beside_an_exact_pin(
    looker: Looker, check: Check, name: str, text: str, kind: str, line: int
) -> None:
    looker.box.pin("1.22.4\n")
    write(looker, {name: text.format("1.22")})
    assert [(it.id, it.severity) for it in looker.find(check)] == [("go-that-moves", "note")]
    write(looker, {name: text.format("latest")})
    assert [(it.id, it.severity) for it in looker.find(check)] == [("go-that-moves", "warning")]


@pytest.mark.parametrize(("check", "name", "text", "kind", "line"), CASES)
def test_without_a_pin_the_go_line_is_the_measure(
    looker: Looker, check: Check, name: str, text: str, kind: str, line: int
) -> None:
    write(looker, {"go.mod": "module m\n\ngo 1.22.3\n", name: text.format("1.22.2")})
    (finding,) = looker.find(check)
    assert finding.id == "go-below-floor"
    assert "go.mod requires go >= 1.22.3 (running go 1.22.2; GOTOOLCHAIN=local)" in finding.why
    for fine in ("1.22.3", "1.22", "1.23.0", "latest"):
        write(looker, {name: text.format(fine)})
        assert looker.find(check) == []
    write(looker, {name: text.format("1.21")})
    assert [it.id for it in looker.find(check)] == ["go-below-floor"]


def test_a_project_without_such_files_is_fine(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    assert [finding for check in ALL for finding in looker.find(check)] == []


def test_a_matrix_needs_the_pin_among_its_versions(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    text = (
        "jobs:\n  a:\n    strategy: {{matrix: {{go: [{}]}}}}\n    steps:\n"
        "      - uses: actions/setup-go@v5\n        with: {{go-version: '${{{{ matrix.go }}}}'}}\n"
    )
    write(looker, {".github/workflows/ci.yml": text.format("'1.21', '1.22', stable")})
    assert looker.find(workflows) == []
    write(looker, {".github/workflows/ci.yml": text.format("'1.21', '1.20'")})
    assert found(looker, workflows) == [("workflow-other-go", ".github/workflows/ci.yml:3")]


def test_a_version_file_that_means_another_go_than_the_pin(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    workflow = {".github/workflows/ci.yml": SETUP_GO.format("go-version-file: go.mod")}
    write(looker, {"go.mod": "module m\ngo 1.21\n", **workflow})
    (finding,) = looker.find(workflows)
    assert "go-version-file: go.mod (1.21) is another Go than the pin 1.22.4" in finding.fact
    write(looker, {"go.mod": "module m\ngo 1.21\nrequire a v1.0.0\ntoolchain go1.22.4\n"})
    assert looker.find(workflows) == []
    write(looker, {".github/workflows/ci.yml": SETUP_GO.format("go-version-file: .go-version")})
    assert looker.find(workflows) == []


@pytest.mark.parametrize(("word", "ids"), [("1.20", ["yaml-shortens-version"]), ("'1.20'", []), ("1.21", [])])
def test_a_number_that_yaml_shortens(looker: Looker, word: str, ids: list[str]) -> None:
    write(looker, {".github/workflows/ci.yml": SETUP_GO.format(f"go-version: {word}")})
    assert [it.id for it in looker.find(workflows)] == ids


def test_files_that_are_not_of_their_format(looker: Looker) -> None:
    broken = {"mise.toml": "[tools\n", "compose.yml": "a: [\n", ".devcontainer.json": "{\n"}
    write(looker, broken)
    for check in (mise_files, compose_files, devcontainers):
        assert [(it.id, it.severity) for it in looker.find(check)] == [("file-unreadable", "warning")]


def test_a_project_with_very_many_folders(looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project_files, "MOST_FOLDERS", 5)
    for number in range(4):
        (looker.box.project / str(number)).mkdir()
    assert looker.find(bounds) == []
    (looker.box.project / "4").mkdir()
    assert [(it.id, it.severity) for it in looker.find(bounds)] == [("too-many-folders", "note")]


def test_folders_with_a_pin_of_their_own_are_other_projects(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    write(
        looker,
        {
            "old/.go-version": "1.19.13\n",
            "old/Dockerfile": "FROM golang:1.19.13\n",
            "vendor/x/Dockerfile": "FROM golang:1.1.1\n",
            "node_modules/x/Dockerfile": "FROM golang:1.1.1\n",
            ".github/workflows/ci.yml": SETUP_GO.format("go-version: 1.19.13"),
            ".github/workflows/other.yml": SETUP_GO.format("go-version: 1.18.1"),
        },
    )
    assert found(looker, dockerfiles) == []
    assert found(looker, workflows) == [("workflow-other-go", ".github/workflows/other.yml:6")]


def test_ci_of_the_repository_is_held_against_its_own_pin_only(looker: Looker) -> None:
    write(looker, {"../.git/HEAD": "", "../.github/workflows/ci.yml": SETUP_GO.format("go-version: 1.21.6")})
    looker.box.pin("1.22.4\n")
    assert looker.find(workflows) == []
    (looker.box.project / ".go-version").unlink()
    looker.box.pin("1.22.4\n", looker.box.base)
    assert len(looker.find(workflows)) == 1


def test_a_pin_above_everything_makes_no_project_of_home(looker: Looker) -> None:
    looker.box.pin("1.22.4\n", looker.box.base)
    (looker.box.base / "Dockerfile").write_text("FROM golang:1.21.6\n")
    assert looker.find(dockerfiles) == []
    write(looker, {"Dockerfile": "FROM golang:1.21.6\n"})
    assert len(looker.find(dockerfiles)) == 1
