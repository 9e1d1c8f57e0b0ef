"""Dockerfiles and compose files: what they say about Go, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.integrate import compose, dockerfile

if TYPE_CHECKING:
    from goswitch.integrate.mention import Mention


def said(mentions: list[Mention]) -> list[tuple[int, str, str | None]]:
    return [(it.line, it.what, str(it.asks) if it.asks is not None else None) for it in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM golang:1.22.4\n", [(1, "golang:1.22.4", "1.22.4")]),
        ("# c\n\nfrom --platform=$BUILDPLATFORM golang:1.22-alpine as b\nFROM b\nFROM scratch\nCOPY --from=b /x /x\n",
         [(3, "golang:1.22-alpine", "1.22")]),
        ("ARG GO_VERSION=1.21.6\nFROM golang:${GO_VERSION}-alpine\n", [(2, "golang:1.21.6-alpine", "1.21.6")]),
        ("ARG GO_VERSION=1.21\nARG V=$GO_VERSION.6\nFROM golang:$V\n", [(3, "golang:1.21.6", "1.21.6")]),
        ("FROM golang:${GO_VERSION:-1.20}\n", [(1, "golang:1.20", "1.20")]),
        ("ARG GO_VERSION\nFROM golang:${GO_VERSION}\n", [(2, "golang:${GO_VERSION}", None)]),
        ("ARG GO_VERSION\nFROM alpine:${GO_VERSION}\n", []),
        ("FROM \\\n# between\n\n  golang:1.22.4 \\\n  AS b\nRUN x\n", [(1, "golang:1.22.4", "1.22.4")]),
        ("# escape=`\nFROM `\n golang:1.22.4\nRUN echo \\\nFROM golang:1.1.1\n",
         [(2, "golang:1.22.4", "1.22.4"), (5, "golang:1.1.1", "1.1.1")]),
        ("FROM alpine\nRUN <<EOF\nFROM golang:1.22.4\nEOF\nCOPY --from=golang:1.21.6 /usr/local/go /usr/local/go\n",
         [(5, "golang:1.21.6", "1.21.6")]),
        ("FROM debian\nENV GO_V=1.22.4 X='a b'\nRUN curl -L https://go.dev/dl/go${GO_V}.linux-amd64.tar.gz | tar x\n",
         [(3, "go1.22.4 archive", "1.22.4")]),
        ("FROM debian\nADD https://go.dev/dl/go1.23rc1.linux-arm64.tar.gz /\n", [(2, "go1.23rc1 archive", "1.23rc1")]),
        ("FROM golang:1.21\nENV GOTOOLCHAIN go1.22.4+auto\n",
         [(1, "golang:1.21", "1.21"), (2, "GOTOOLCHAIN=go1.22.4+auto", "1.22.4")]),
        ("FROM golang:1.21\nENV GOTOOLCHAIN=local\n", [(1, "golang:1.21", "1.21")]),
        ("ARG V=1.22.4\nFROM debian\nARG V\nRUN tar xf go$V.linux-amd64.tar.gz\n", [(4, "go1.22.4 archive", "1.22.4")]),
        ("FROM\nENV\nARG\nCOPY --from=\n'\nRUN <<EOF\n", []),
        ("", []),
    ],
)  # fmt: skip
def test_dockerfiles(text: str, expected: list[tuple[int, str, str | None]]) -> None:
    assert said(dockerfile.mentions(text)) == expected


def test_a_build_argument_beats_the_default() -> None:
    text = "ARG GO_VERSION=1.21.6\nFROM golang:${GO_VERSION}\n"
    assert said(dockerfile.mentions(text, {"GO_VERSION": "1.22.4"})) == [(2, "golang:1.22.4", "1.22.4")]


def test_compose() -> None:
    text = """services:
  a:
    image: golang:1.22.4
  b:
    image: "golang:${GO:-1.21}-alpine"
  c:
    image: "golang:${GO}"
    build:
      context: .
      args:
        GO_VERSION: 1.22.3
  d:
    build:
      args:
        - GOLANG_VERSION=1.20
        - OTHER=1
      dockerfile_inline: |
        FROM scratch
        COPY --from=golang:1.19 / /
  e:
    build:
      args: {GO_VERSION: 1.20}
"""
    found = compose.mentions(text)
    assert said(found) == [
        (3, "golang:1.22.4", "1.22.4"),
        (5, "golang:1.21-alpine", "1.21"),
        (11, "GO_VERSION: 1.22.3", "1.22.3"),
        (19, "golang:1.19", "1.19"),
        (15, "GOLANG_VERSION: 1.20", "1.20"),
        (22, "GO_VERSION: 1.20", "1.20"),
    ]
    assert [it.shrinks for it in found] == [False, False, False, False, False, True]


@pytest.mark.parametrize("text", ["", "a\n", "- a\n", "services: []\n", "services: {a: null}\n", "services:\n  a: b\n"])
def test_compose_of_nothing(text: str) -> None:
    assert compose.mentions(text) == []
