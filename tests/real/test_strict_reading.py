"""Our strict reading of go.mod and go.work against real cmd/go: listed texts and random ones, to the word and line."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sdks import real_sdk

from goswitch.model.modfile import Modfile, parse

if TYPE_CHECKING:
    from pathlib import Path

VERSION = "1.22.4"

TEXTS = [
    "go 1.21 // c", "\tgo\t1.21", "go 1.21\r\n", "go 1.21//c", "\ufeffgo 1.21", "\ufeffmodule m\ngo 1.21",
    "go (\n 1.21\n)", "toolchain (\n go1.21.0\n)", 'go "1.21"', "go `1.21`", "go 1.21\ngo 1.22",
    "go 1.21 1.22", "toolchain go1.21.1\ntoolchain go1.21.2", "go v1.21", "go go1.21", "go 1", "go 1.021",
    "go 1.22.0.1", "go 1.21-foo", "go 1.21.x", "go 1.21rc1", "go 1.21.0rc1", "go 1.21rc", "go", "go \\\n1.21",
    "go=1.21", "gopher 1", "require (\n go 1.20\n)",
    "require (\n\tgo 1.20\n\texample.com/a v1.0.0\n)\ngo 1.21", "/* go 1.21 */", "go /* x */ 1.21",
    "go 1.21/* x */", "toolchain default", "toolchain go1.22.4-custom", "toolchain go1", "toolchain go1.x",
    "toolchain local", "toolchain path", "toolchain none", "toolchain 1.22.4", "toolchain gccgo-go1.22",
    "toolchain go2.0", 'toolchain "go1.22.4"', "toolchain", "toolchain go1.21.0 x", "go\xa01.21",
    "module m\xa0\n", "module m\rgo 1.21\r", "module", "module a b", "module a\nmodule b", 'module "a b"',
    "module 'm'", 'module "\\q"', 'module "a', 'module "a\nb"', "module `a", "module (\n a\n)",
    "module m (\n)", "module ()", "(\n)", ")", "[", "a (\n b\n) c", "require (\n a v1.0.0",
    "require (a v1.0.0)", "require ( ) x", "require example.com/a", "require example.com/a v1.0.0 x",
    "retract v1.0.0", "retract [v1.0.0, v1.1.0]", "retract [", "retract [v1.0.0", "retract [v1.0.0 v1.1.0]",
    "retract [v1.0.0,", "retract [v1.0.0, v1.1.0", 'retract v1.0.0 x"y', "retract (", "retract", "retract v'x",
    "exclude example.com/a v1.0.0", "exclude example.com/a", "replace example.com/a => ./b",
    "replace example.com/a => b", "replace example.com/a => b@v1", "replace example.com/a => ..",
    "replace example.com/a v1.0.0 => example.com/b v1.0.0", "replace example.com/a =>",
    "replace example.com/a b => c => d", "replace example.com/a => C:\\b",
    "replace example.com/a => ./b v1.0.0", "replace (\n\texample.com/a => ./é v1.0.0\n)", "use ./a",
    "use (\n ./a\n ./b\n)", "use", "use ./a ./b", 'use "./a b"', "unknown x", "Go 1.21", "go\t1.21\x01",
    "\x0b", "\x0cgo 1.21", "go 1.21\x00", "// only a comment", "", "\n\n", "go 1.21 //",
    "require\texample.com/a v1.0.0 // indirect", "go 1.21\n// c\n(", "require (\n// c\n\n)",
    "require (\n) // c\n", "use ( // c\n ./a // d\n)",
]  # fmt: skip

PIECES = st.lists(
    st.sampled_from(
        [
            "go", "toolchain", "module", "require", "use", "retract", "exclude", "replace", "1.21", "1.22.4",
            "go1.22.4", "default", "example.com/a", "./a", "v1.0.0", "=>", "(", ")", "[", "]", ",", "//", "/*",
            '"', "`", "'", "\\", "\r", "\n", "\n", "\n", " ", " ", "\t", "\ufeff", "\xa0", "é", "\x00", "x",
        ]
    ),
    max_size=24,
)  # fmt: skip


def refused_by_go(sdk: Path, file: Path) -> list[tuple[int, int, str]]:
    """Return line, column and words of each refusal of the real parser."""
    verb = "work" if file.name == "go.work" else "mod"
    done = subprocess.run(
        [sdk / "bin/go", verb, "edit", "-json", file],
        cwd="/",
        env={"HOME": str(file.parent), "PATH": os.environ["PATH"], "GOTOOLCHAIN": "local", "GOENV": "off"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    if done.returncode == 0:
        json.loads(done.stdout)
        return []
    said = done.stderr.decode("utf-8", "surrogateescape").replace("\n\t or ", "\\n")
    found = re.findall(rf"^\S*{re.escape(file.name)}:(\d+)(?::(\d+))?: (.*)$", said, re.MULTILINE)
    assert found, said
    return [
        (int(line), int(column or 1), format_left_out(re.sub(r"\S*/(?=go\.(?:mod|work):)", "", text)))
        for line, column, text in found
        if not text.endswith("must be of the form v1.2.3")  # ours leaves that to cmd/go, which looks branches up
    ]


def refused_by_us(parsed: Modfile) -> list[tuple[int, int, str]]:
    """Return the same of ours."""
    return [
        (refusal.line, refusal.column, format_left_out(refusal.text.replace("\n\t or ", "\\n")))
        for refusal in parsed.refusals
    ]


def format_left_out(text: str) -> str:
    """Releases show different examples of a well-formed line."""
    return re.sub(r"must match format .*", "must match format", text)


@pytest.mark.parametrize("name", ["go.mod", "go.work"])
@pytest.mark.parametrize("text", TEXTS)
def test_listed_texts(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_bytes(text.encode())
    assert refused_by_us(parse(file.read_bytes(), name)) == refused_by_go(real_sdk(VERSION), file)


@pytest.mark.parametrize("name", ["go.mod", "go.work"])
def test_random_texts(tmp_path: Path, name: str) -> None:
    file = tmp_path / name

    @settings(max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(PIECES)
    def agrees(pieces: list[str]) -> None:
        file.write_bytes("".join(pieces).encode())
        assert refused_by_us(parse(file.read_bytes(), name)) == refused_by_go(real_sdk(VERSION), file)

    agrees()


def test_values_and_lines_are_those_that_go_reads(tmp_path: Path) -> None:
    file = tmp_path / "go.mod"
    file.write_text(
        'module "example.com/m"\n\ngo 1.21\n\ntoolchain go1.22.4\n\nrequire example.com/a v1.0.0\n\n'
        'require (\n\texample.com/b v1.2.0 // indirect\n)\n\nreplace (\n\texample.com/a v1.0.0 => "./with blank"\n'
        "\texample.com/b => example.com/c v1.0.1\n)\n"
    )
    done = subprocess.run(
        [real_sdk(VERSION) / "bin/go", "mod", "edit", "-json", file], cwd="/", capture_output=True, check=True
    )
    go = json.loads(done.stdout)
    ours = parse(file.read_bytes(), "go.mod")
    assert ours.module is not None
    assert ours.go is not None
    assert ours.toolchain is not None
    assert (ours.module.value, ours.go.value, ours.toolchain.value) == (go["Module"]["Path"], go["Go"], go["Toolchain"])
    assert (ours.module.line, ours.go.line, ours.toolchain.line) == (1, 3, 5)
    assert [(r.path, r.version) for r in ours.requires] == [(r["Path"], r["Version"]) for r in go["Require"]]
    assert [r.line for r in ours.requires] == [7, 10]
    assert [(r.path, r.old_version, r.new_path, r.new_version) for r in ours.replaces] == [
        (r["Old"]["Path"], r["Old"].get("Version", ""), r["New"]["Path"], r["New"].get("Version", ""))
        for r in go["Replace"]
    ]
