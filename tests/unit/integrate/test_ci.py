"""CI files, devcontainer.json and mise.toml: what they say about Go, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.integrate import devcontainer, github, mise
from goswitch.integrate.jsonc import NotJsonc
from goswitch.integrate.pipelines import circleci_mentions, gitlab_mentions
from goswitch.model.marked import Unreadable

if TYPE_CHECKING:
    from goswitch.integrate.mention import Mention

WORKFLOW = """on: push
env: {GO: '1.22.3'}
jobs:
  plain:
    runs-on: ubuntu-latest
    container: golang:1.21
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-go@v5
        with:
          go-version: '1.22.4'
      - uses: actions/setup-go@0123456789abcdef
        with: {go-version: 1.20}
      - uses: actions/setup-go@v5
        with: {go-version-file: go.mod}
  matrix:
    strategy:
      matrix:
        go: ['1.21', "1.22.x", oldstable]
        include:
          - go: '1.23'
    container:
      image: golang:${{ matrix.go }}
    steps:
      - uses: actions/setup-go@v5
        with:
          go-version: ${{ matrix.go }}
      - uses: actions/setup-go@v5
        with:
          go-version: ${{ env.GO }}
      - uses: actions/setup-go@v5
        with:
          go-version: ${{ inputs.go }}
      - uses: actions/setup-go@v5
        with:
          go-version: "${{ matrix.one }}.4"
      - run: go version
"""


def said(mentions: list[Mention]) -> list[tuple[int, str, str | None]]:
    return [(it.line, it.what, str(it.asks) if it.asks is not None else None) for it in mentions]


def test_workflow() -> None:
    found = github.mentions(WORKFLOW)
    assert said(found) == [
        (6, "golang:1.21", "1.21"),
        (11, "go-version: 1.22.4", "1.22.4"),
        (13, "go-version: 1.20", "1.20"),
        (19, "golang: 1.21, 1.22.x, oldstable, 1.23", None),
        (19, "go-version: 1.21, 1.22.x, oldstable, 1.23", "1.21"),
        (2, "go-version: 1.22.3", "1.22.3"),
    ]
    assert [str(choice) for choice in found[4].choices] == ["1.21", "1.22", "oldstable", "1.23"]
    assert [it.shrinks for it in found] == [False, False, True, False, False, False]
    assert [(file.text, file.line) for file in github.version_files(WORKFLOW)] == [("go.mod", 15)]


def test_composite_action() -> None:
    text = "runs:\n  using: composite\n  steps:\n    - uses: Actions/setup-go@v5\n      with: {go-version: 1.21.6}\n"
    assert said(github.mentions(text)) == [(5, "go-version: 1.21.6", "1.21.6")]


def test_a_matrix_of_one_is_no_choice_and_part_of_a_word_is_put_in() -> None:
    text = (
        "jobs:\n  a:\n    strategy: {matrix: {minor: ['22']}}\n"
        "    container: golang:1.${{ matrix.minor }}\n    steps:\n"
        "      - uses: actions/setup-go@v5\n        with: {go-version: '1.${{ matrix.minor }}.4'}\n"
    )
    assert said(github.mentions(text)) == [(3, "golang:1.22", "1.22"), (3, "go-version: 22", "1.22.4")]


def test_gitlab() -> None:
    text = """variables: {GO_VERSION: "1.22.4"}
image: golang:1.21
include: [{local: x.yml}]
default:
  image: {name: "golang:$GO_VERSION"}
test:
  variables: {GO_VERSION: {value: "1.20"}}
  image: golang:${GO_VERSION}-alpine
lint:
  image: golangci/golangci-lint
  script: !reference [a, b]
"""
    assert said(gitlab_mentions(text)) == [
        (2, "golang:1.21", "1.21"),
        (5, "golang:1.22.4", "1.22.4"),
        (8, "golang:1.20-alpine", "1.20"),
    ]


def test_circleci() -> None:
    text = """version: 2.1
executors:
  e:
    docker: [{image: "cimg/go:1.21.6"}]
jobs:
  a:
    docker:
      - image: cimg/go:1.22.4
      - image: golang:1.1
  b:
    docker: [{image: "cimg/go:<< parameters.go >>"}]
"""
    assert said(circleci_mentions(text)) == [(8, "cimg/go:1.22.4", "1.22.4"), (4, "cimg/go:1.21.6", "1.21.6")]


def test_devcontainer() -> None:
    text = """{
  // image
  "image": "mcr.microsoft.com/devcontainers/go:1-1.22",
  "features": {
    "ghcr.io/devcontainers/features/go:1": {
      "version": "1.21.6",
    },
    "ghcr.io/devcontainers/features/node:1": {"version": "20"},
    "ghcr.io/devcontainers/features/go:2": {},
  },
  "build": {"args": {
    "GO_VERSION": "1.20",
    "GOLANG_VERSION": "${localEnv:GO}",
  }},
}
"""
    assert said(devcontainer.mentions(text)) == [
        (3, "mcr.microsoft.com/devcontainers/go:1-1.22", "1.22"),
        (6, "feature go: 1.21.6", "1.21.6"),
        (9, "feature go: latest", "stable"),
        (12, "GO_VERSION: 1.20", "1.20"),
    ]


@pytest.mark.parametrize(
    "text", ["{}", "[]", "null", '{"features": []}', '{"image": 1, "build": "x", "features": {"a": 1}}']
)
def test_devcontainer_of_nothing(text: str) -> None:
    assert devcontainer.mentions(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[tools]\nnode = "20"\ngo = "1.22.4"\n', [(3, 'go = "1.22.4"', "1.22.4")]),
        ('[tools]\ngo = ["1.21", "1.22"]\n', [(2, 'go = "1.21"', "1.21"), (2, 'go = "1.22"', "1.22")]),
        ('[tools.go]\nversion = "prefix:1.22"\n', [(1, 'go = "prefix:1.22"', "1.22")]),
        ('tools.go = "latest"\n', [(1, 'go = "latest"', "stable")]),
        ('[tools]\n"core:go" = {version = "1.22.4"}\n', [(2, 'core:go = "1.22.4"', "1.22.4")]),
        ('[tools]\n"go:example.com/x" = "1"\n[env]\nX = "1"\n', []),
        ("tools = 1\n", []),
        ("", []),
    ],
)
def test_mise(text: str, expected: list[tuple[int, str, str | None]]) -> None:
    assert said(mise.mentions(text)) == expected


def test_what_can_not_be_read_is_said_with_its_line() -> None:
    with pytest.raises(Unreadable) as refused:
        mise.mentions("a = 1\nb =\n")
    assert refused.value.line == 2
    with pytest.raises(NotJsonc):
        devcontainer.mentions("{")
    for read in (github.mentions, github.version_files, gitlab_mentions, circleci_mentions):
        with pytest.raises(Unreadable):
            read("a: [\n")


@pytest.mark.parametrize(
    "text", ["", "a", "- a", "jobs: []", "jobs: {a: b}", "jobs: {a: {steps: x, strategy: y}}", "1: 2"]
)
def test_ci_of_nothing(text: str) -> None:
    assert github.mentions(text) == []
    assert github.version_files(text) == []
    assert gitlab_mentions(text) == circleci_mentions(text) == []
