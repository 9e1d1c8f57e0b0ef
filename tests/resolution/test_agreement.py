"""Random trees: sh and Python print the same bytes, whatever lies in the folders and whatever the environment says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from resolution.asking import ask_sh
from resolution.table import Case, built
from shells import POSIX, Shell

if TYPE_CHECKING:
    from pathlib import Path

    from resolution.asking import Python

_SERIES = st.sampled_from(["1.9", "1.20", "1.21", "1.22", "1.23"])
_TAILS = st.sampled_from(
    ["", ".0", ".1", ".4", ".10", "rc1", "rc2", "beta1", "rc10", ".x", ".04", "-fips", "rc", ".4rc1"]
)
_VERSIONS = st.builds("{}{}".format, _SERIES, _TAILS)
_NAMES = st.one_of(
    _VERSIONS,
    _VERSIONS.map("go{}".format),
    _VERSIONS.map("v{}".format),
    st.sampled_from(["stable", "latest", "oldstable", "system", "gotip", "mygo", "go", "1", "1.x", ".x", "-v"]),
    st.text("0123456789.gov+_-rcx/\\;$'\"é\ufeff", min_size=1, max_size=7),
)
_SPACES = st.text(" \t", max_size=2)
_ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r\r\n", " \n", "\n\n"])
_WORDS = st.builds("{}{}{}{}{}".format, _SPACES, _NAMES, _SPACES, st.sampled_from(["", "# c", "x", "\r"]), _ENDS)
_REMARKS = st.sampled_from(["# 1.22\n", "\n", " \t\n", "\r\n", "#\n", "nodejs 20\n"])
_TOOL_LINES = st.builds(
    "{}{}{}".format, st.sampled_from(["golang", "go", " golang\t", "golang\r", "go\t"]), _SPACES, _WORDS
)
_MOD_LINES = st.one_of(
    st.builds("{}go {}{}{}".format, _SPACES, _VERSIONS, st.sampled_from(["", " // c", "//c", "\t"]), _ENDS),
    st.builds("{}toolchain{}{}{}".format, _SPACES, st.sampled_from([" ", "\t"]), _NAMES, _ENDS),
    st.builds("{}{}{}".format, st.sampled_from(["\r", "\v", "\f ", "go", "go ", "toolchain"]), _NAMES, _ENDS),
    st.sampled_from(
        [
            "module m\n",
            "require (\n",
            "require(\n",
            "require x v1\r\n",
            "use\n",
            "used\n",
            "ignore (",
            ")\n",
            "// go 1.9\n",
            "\n",
        ]
    ),
)


def _text(lines: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a file of such lines; some begin with a BOM, some have no last newline."""
    return st.builds(
        lambda start, parts, cut: (start + "".join(parts))[: -1 if cut else None],
        st.sampled_from(["", "", "", "\ufeff"]),
        st.lists(lines, max_size=4),
        st.booleans(),
    )


_ODD = st.sampled_from(
    [{"kind": "dir"}, {"kind": "fifo"}, {"kind": "link", "to": "gone"}, {"kind": "link", "to": "other"}]
)
_CONTENT = {
    ".go-version": _text(st.one_of(_WORDS, _REMARKS)),
    ".tool-versions": _text(st.one_of(_TOOL_LINES, _REMARKS)),
    "go.mod": _text(_MOD_LINES),
    "go.work": _text(_MOD_LINES),
    "other": _text(st.one_of(_WORDS, _MOD_LINES)),
}
_PLACES = ["", "p/", "p/a/", "p/a/b/"]
_STATES = st.sampled_from([""] * 9 + ["incomplete", "empty", "plain", "linked", "dangling", "zero", "gone", "folder"])
_SDKS = st.lists(
    st.tuples(st.one_of(_VERSIONS.map("go{}".format), st.sampled_from(["mygo", "gotip", "go1"])), _STATES),
    max_size=7,
    unique_by=lambda sdk: sdk[0],
)
_VARIABLES = {
    "GOSWITCH_VERSION": _NAMES,
    "GOWORK": st.sampled_from(
        ["off", "auto", "", "go.work", "{TMP}/p/go.work", "{TMP}/gone", "{TMP}/p", "{TMP}/p/other"]
    ),
    "TMPDIR": st.sampled_from(["{TMP}/p", "{TMP}/p/a/", ""]),
    "GOSWITCH_HOOK_BIN": st.just("{TMP}/usr/bin"),
}


@st.composite
def trees(draw: st.DrawFn) -> Case:
    """Draw a case: what its answers are, the two implementations have to agree on."""
    files: dict[str, Any] = {"p/a/b/x": ""}
    names = [place + name for place in _PLACES for name in _CONTENT]
    for path in draw(st.lists(st.sampled_from(names), max_size=4, unique=True)):
        content = _CONTENT[path.rsplit("/", 1)[-1]]
        files[path] = draw(st.one_of(content, content, content, content, _ODD))
    row: dict[str, Any] = {
        "files": files,
        "sdks": [f"{name} {state}".strip() for name, state in draw(_SDKS)],
        "cwd": draw(st.sampled_from(["p", "p/a", "p/a/b"])),
        "path": draw(st.sampled_from([["{TMP}/usr/bin"], ["{TMP}/empty"], ["{TMP}/apart/bin", "{TMP}/usr/bin/"]])),
        "env": {},
    }
    if draw(st.booleans()):
        row["default"] = draw(_text(st.one_of(_WORDS, _REMARKS)))
    for variable, values in _VARIABLES.items():
        if draw(st.integers(0, 4)) == 0:
            row["env"][variable] = draw(values)
    return Case("drawn", row)


@pytest.mark.parametrize(
    "shell",
    [shell for shell in POSIX if shell.name in {"dash", "bash", "mksh", "zsh as sh"}],
    ids=lambda shell: shell.name,
)
@given(case=trees())
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_sh_and_python_print_the_same_bytes(case: Case, shell: Shell, scripts: Path, python: Python) -> None:
    note(str(case.row))
    command = shell.command(scripts / shell.name)
    with built(case) as tree:
        for question in (["current"], ["root"], ["which", "gofmt"], ["which", "gopls"]):
            assert ask_sh(command, scripts / "goswitch", question, tree) == python.ask(question, tree)
