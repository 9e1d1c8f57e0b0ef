"""Version words and image tags, as their tools read them."""

from __future__ import annotations

import pytest

from goswitch.integrate.images import brings_go_local, go_image
from goswitch.integrate.mention import asked_by


@pytest.mark.parametrize(
    ("reference", "asks"),
    [
        ("golang:1.22.4", "1.22.4"), ("golang:1.22.4-alpine3.20", "1.22.4"), ("golang:1.22", "1.22"),
        ("golang:1.22-bookworm", "1.22"), ("golang:1.20.0", "1.20"), ("golang:1", "stable"), ("golang", "stable"),
        ("golang:1.23rc1-alpine", "1.23rc1"), ("golang:alpine", "stable"), ("golang:alpine3.20", "stable"),
        ("golang:latest", "stable"), ("golang:bookworm", "stable"), ("golang:1.23-rc", None), ("golang:tip", None),
        ("golang:rc-alpine", None), ("golang:1-alpine", "stable"),
        ("docker.io/library/golang:1.22.4@sha256:0123", "1.22.4"), ("golang@sha256:0123", None),
        ("registry.example.com:5000/mirror/golang:1.21", "1.21"), ("registry.example.com:5000/golang", "stable"),
        ("cimg/go:1.22.4", "1.22.4"), ("cimg/go:1.22.4-node", "1.22.4"), ("circleci/golang:1.15", "1.15"),
        ("mcr.microsoft.com/devcontainers/go:1-1.22-bookworm", "1.22"),
        ("mcr.microsoft.com/devcontainers/go:1.22", "1.22"), ("mcr.microsoft.com/devcontainers/go:dev-1.22", "1.22"),
        ("mcr.microsoft.com/devcontainers/go:1", "stable"),
        ("mcr.microsoft.com/devcontainers/go:1.2.3-1.22.4", "1.22.4"),
    ],
)  # fmt: skip
def test_what_a_tag_asks_for(reference: str, asks: str | None) -> None:
    mention = go_image(reference, 7)
    assert mention is not None
    assert mention.line == 7
    assert (str(mention.asks) if mention.asks is not None else None) == asks


@pytest.mark.parametrize("reference", ["alpine:3.20", "golangci/golangci-lint:v1.59", "my-golang:1", "", "a b", "go:1"])
def test_other_images_say_nothing(reference: str) -> None:
    assert go_image(reference, 1) is None


def test_which_images_keep_go_from_switching() -> None:
    assert brings_go_local("docker.io/library/golang:1.22")
    assert not brings_go_local("cimg/go:1.22")


@pytest.mark.parametrize(
    ("word", "asks"),
    [
        ("1.22.4", "1.22.4"), ("go1.22.4", "1.22.4"), ("1.22", "1.22"), ("1.22.x", "1.22"), ("~1.22", "1.22"),
        ("~1.22.3", "1.22"), ("^1.22.1", ">=1.22.1,<2"), ("^1.22", ">=1.22.0,<2"), (">=1.21 <1.23", ">=1.21,<1.23"),
        (">=1.21.0", ">=1.21.0"), ("=1.22.4", "==1.22.4"), ("stable", "stable"), ("oldstable", "oldstable"),
        ("latest", "stable"), ("1", "stable"), ("1.x", "stable"), ("1.20.0", "1.20"), ("1.23.0-rc.1", None),
        ("1.21 || 1.22", None), ("${{ inputs.go }}", None), ("", None), ("1.23rc1", "1.23rc1"),
    ],
)  # fmt: skip
def test_what_a_version_word_asks_for(word: str, asks: str | None) -> None:
    asked = asked_by(word)
    assert (str(asked) if asked is not None else None) == asks
