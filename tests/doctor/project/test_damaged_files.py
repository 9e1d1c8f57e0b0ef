"""Files damaged at random: check says what it finds, or that it could not look, and never breaks."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.check import load_topic, run, topic_names
from goswitch.doctor.project_facts import Asked, CgoAsked, ProjectFacts

if TYPE_CHECKING:
    from sighted import Looker

PROJECT = "goswitch.doctor.project"
FILES = {
    "go.mod": "module m\ngo 1.22\nrequire (\n\ta/b v1.0.0\n)\nreplace a/b => ./x\ntoolchain go1.22.4\n",
    "x/go.mod": "module a/b\ngo 1.23\n",
    "vendor/modules.txt": "# a/b v1.0.0\n## explicit; go 1.23\n",
    "Dockerfile": "# escape=`\nARG G=1.22\nFROM golang:${G:-1} AS b\nRUN <<EOF\nx\nEOF\nCOPY --from=golang:1.21 / /\n",
    "compose.yml": 'services:\n  a: {image: "golang:1.21"}\n  b: {build: {args: [GO_VERSION=1.21]}}\n',
    ".devcontainer.json": '{"image":"golang:1.22","features":{"x/features/go:1":{"version":"1.22"}}}',
    ".github/workflows/a.yml": "jobs:\n a:\n  strategy: {matrix: {go: ['1.21', 1.20]}}\n  container: golang:1.22\n"
    "  steps:\n  - uses: actions/setup-go@v5\n    with: {go-version: '${{ matrix.go }}'}\n",
    ".gitlab-ci.yml": "image: golang:1.21\na: {image: {name: golang}}\n",
    ".circleci/config.yml": 'jobs: {a: {docker: [{image: "cimg/go:1.22"}]}}\n',
    "mise.toml": '[tools]\ngo = ["1.21", {version="1.22"}]\n',
    ".go-version": "1.22.4\n",
    ".tool-versions": "golang 1.22.4\n",
    "m.go": 'package m\n// #cgo CFLAGS: -O2 "x"\nimport "C"\n',
}
BITS = [*b"\"{}[]:\n\xff\0(`',-#\t=\\", b"${", b"<<EOF", b"1.20", b"&a ", b"*a", b"!x ", b"null"]


def damaged(text: str, chance: random.Random) -> bytes:
    data = bytearray(text.encode())
    for _ in range(chance.choice([0, 1, 2, 5])):
        place = chance.randrange(len(data) + 1)
        if chance.random() < 0.4:
            del data[place : place + chance.randrange(1, 6)]
        else:
            bit = chance.choice(BITS)
            data[place:place] = bytes([bit]) if isinstance(bit, int) else bit
    return bytes(data)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files(looker: Looker, seed: int) -> None:
    checks = [check for name in topic_names(PROJECT) for check in load_topic(name, PROJECT).checks]
    chance = random.Random(seed)
    looker.box.sdk("go1.22.4")
    looker.env |= {"CGO_ENABLED": "1", "PATH": "/nowhere"}
    seen: set[str] = set()
    for _ in range(25):
        for name, text in FILES.items():
            path = looker.box.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(damaged(text, chance))
        facts = looker.facts()
        report = run(checks, ProjectFacts(facts.world, facts.layout, asked=Asked(cgo=CgoAsked())))
        seen |= {finding.id for finding in report.findings}
    assert {"go-mod-refused", "file-unreadable", "dockerfile-other-go"} <= seen
