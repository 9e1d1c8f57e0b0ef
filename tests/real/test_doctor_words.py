"""The words that doctor quotes from Go, provoked with real SDKs: they stand in the finding, and Go says them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.caches.writable import UNWRITABLE
from goswitch.doctor.checks.environment import (
    go111module,
    gobin,
    gocache,
    goexperiment,
    goflags,
    goroot,
    goroot_in_go_env,
    gotoolchain,
)
from goswitch.doctor.checks.path.dl_wrapper import EMPTY

if TYPE_CHECKING:
    from machine import Machine

    from goswitch.model.finding import Kind

NEEDS_X = "module example.com/m\n\ngo 1.19\n\nrequire example.com/x v1.0.0\n"


@dataclass
class Provoked:
    """A kind, the words that it quotes, and what makes Go say them: the go that runs, its command, its environment."""

    kind: Kind
    words: str
    env: dict[str, str]
    command: tuple[str, ...] = ("build", "-o", "/dev/null", ".")
    go: str = "1.22.4"
    files: dict[str, str] = field(default_factory=dict)


CASES = [
    Provoked(
        goroot.EXPORTED,
        'compile: version "go1.22.4" does not match go tool version "go1.21.6"',
        {"GOROOT": "SDK/go1.22.4"},
        go="1.21.6",
    ),
    Provoked(goroot.GONE, "go: cannot find GOROOT directory: /nonexistent", {"GOROOT": "/nonexistent"}),
    Provoked(goroot.GONE, "package fmt is not in std", {"GOROOT": "PROJECT"}),
    Provoked(
        goroot_in_go_env.IN_FILE,
        "go: cannot find GOROOT directory: /nonexistent",
        {"GOENV": "PROJECT/env"},
        files={"env": "GOROOT=/nonexistent\n"},
    ),
    Provoked(
        goroot_in_go_env.IN_FILE,
        'compile: version "go1.22.4" does not match go tool version "go1.21.6"',
        {"GOENV": "PROJECT/env"},
        go="1.21.6",
        files={"env": "GOROOT=SDK/go1.22.4\n"},
    ),
    Provoked(gotoolchain.REFUSED, 'go: invalid GOTOOLCHAIN "1.23.9"', {"GOTOOLCHAIN": "1.23.9"}),
    Provoked(goflags.REFUSED, 'go: parsing $GOFLAGS: non-flag "foo"', {"GOFLAGS": "foo"}),
    Provoked(
        goflags.TOOLEXEC,
        "go: error obtaining buildID for go tool compile: fork/exec /x/tool: no such file or directory",
        {"GOFLAGS": "-toolexec=/x/tool"},
    ),
    Provoked(goflags.MOD, "go: inconsistent vendoring", {"GOFLAGS": "-mod=vendor"}, files={"go.mod": NEEDS_X}),
    Provoked(goflags.MODFILE, "go: open alt.mod: no such file or directory", {"GOFLAGS": "-modfile=alt.mod"}),
    Provoked(gobin.RELATIVE, "cannot install, GOBIN must be an absolute path", {"GOBIN": "bin"}, ("install", ".")),
    Provoked(gocache.OFF, "build cache is disabled by GOCACHE=off, but required as of Go 1.12", {"GOCACHE": "off"}),
    Provoked(
        go111module.NOT_ON,
        "go: modules disabled by GO111MODULE=off; see 'go help modules'",
        {"GO111MODULE": "off"},
        ("mod", "tidy"),
    ),
    Provoked(goexperiment.UNKNOWN, "go: unknown GOEXPERIMENT rangefunc", {"GOEXPERIMENT": "rangefunc"}, go="1.21.6"),
    Provoked(goexperiment.SET, "go1.22.4 X:rangefunc", {"GOEXPERIMENT": "rangefunc"}, ("tool", "compile", "-V")),
    Provoked(UNWRITABLE, "failed to initialize build cache at", {"GOCACHE": "PROJECT/go.mod/x"}),
    Provoked(
        UNWRITABLE,
        "go: could not create module cache: stat",
        {"GOMODCACHE": "PROJECT/go.mod/x", "GOPROXY": "file://PROJECT/proxy", "GONOSUMDB": "*"},
        ("mod", "download"),
        files={
            "go.mod": NEEDS_X,
            "proxy/example.com/x/@v/v1.0.0.info": '{"Version":"v1.0.0"}',
            "proxy/example.com/x/@v/v1.0.0.mod": "module example.com/x\n",
        },
    ),
]


def ids(case: object) -> str:
    return f"{case.kind.id}: {case.words[:30]}" if isinstance(case, Provoked) else "-"


@pytest.mark.parametrize("case", CASES, ids=ids)
def test_go_says_what_is_quoted(machine: Machine, project: Path, case: Provoked) -> None:
    def put(text: str) -> str:
        return text.replace("SDK", str(machine.root)).replace("PROJECT", str(project))

    for name, text in case.files.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(put(text))
    go = str(machine.root / f"go{case.go}/bin/go")
    env = {"GOFLAGS": "", "GOTOOLCHAIN": "local", "GOPROXY": "off"}
    env |= {name: put(value) for name, value in case.env.items()}
    said = machine.try_to_run(go, *case.command, cwd=project, **env)
    assert case.words in said
    assert case.words in case.kind.message


def test_the_other_words_of_single_values(machine: Machine, project: Path) -> None:
    go = str(machine.root / "go1.22.4/bin/go")
    for env, words in (
        ({"GOCACHE": "cache"}, "build cache is required, but could not be located: GOCACHE is not an absolute path"),
        ({"GO111MODULE": "maybe"}, "go: unknown environment setting GO111MODULE=maybe"),
        ({"GOFLAGS": "-C=/x"}, "-C flag must be first flag on command line"),
    ):
        assert words in machine.try_to_run(go, "build", ".", cwd=project, **env)


def test_a_wrapper_of_golang_org_dl_without_its_sdk(machine: Machine, project: Path) -> None:
    go = str(machine.root / "go1.22.4/bin/go")
    module = json.loads(machine.run(go, "mod", "download", "-json", "golang.org/dl@latest", cwd=project))
    source = Path(module["Dir"], "internal/version/version.go").read_text()
    assert "not downloaded. Run '%s download' to install to %v" in source
    words = "go1.24.11: not downloaded. Run 'go1.24.11 download' to install to"
    assert words in EMPTY.message
    # Compiling the real one takes a minute; cmd/go finds it by its name alone.
    wrapper = project / "go1.24.11"
    wrapper.write_text(f'#!/bin/sh\necho "{words} $HOME/sdk/go1.24.11" >&2\nexit 1\n')
    wrapper.chmod(0o755)
    (project / "go.mod").write_text("module example.com/m\n\ngo 1.24.11\n")
    path = f"{project}:{machine.env['PATH']}"
    assert words in machine.try_to_run(go, "version", cwd=project, PATH=path, GOTOOLCHAIN="auto")
    answer = json.loads(machine.try_to_run("goswitch", "doctor", "path", "--json", cwd=project, PATH=path))
    assert [finding["place"]["file"] for finding in answer["findings"]] == [f"{project}/go1.24.11"]


def test_go_env_w_writes_goroot_and_doctor_finds_it(machine: Machine, project: Path) -> None:
    go = str(machine.root / "go1.22.4/bin/go")
    config = project / "go-env"
    machine.run(go, "env", "-w", f"GOROOT={machine.root}/go1.21.6", cwd=project, GOENV=str(config))
    answer = json.loads(
        machine.try_to_run("goswitch", "doctor", "environment", "--json", cwd=project, GOENV=str(config))
    )
    assert [finding["id"] for finding in answer["findings"]] == ["goroot-in-go-env"]
    machine.run("goswitch", "doctor", "environment", "--fix", "--yes", cwd=project, GOENV=str(config))
    assert config.read_text() == ""
