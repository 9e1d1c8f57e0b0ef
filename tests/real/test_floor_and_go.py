"""The floor against Go itself: in random trees of go.mod and go.work, what satisfies it for goswitch does for cmd/go.

`go env GOVERSION` with GOTOOLCHAIN=path and nothing on PATH answers just where cmd/go would not switch away. With
GOTOOLCHAIN=local `go list -m` loads the module and refuses what is too new for it. Go knows floors since 1.21.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st
from sdks import real_sdk

from goswitch.errors import NotFound, NotInstalled
from goswitch.resolve.binding import By
from goswitch.resolve.floors import find_floor
from goswitch.resolve.rule import ignore, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

SDKS = ("1.21.6", "1.22.4", "1.25.5")
_GO = ["1.16", "1.20", "1.21", "1.21.0", "1.21.6", "1.21.7", "1.22", "1.22rc2", "1.22.4", "1.22.5", "1.23rc1", "1.26"]
_TOOLCHAINS = ["default", "go1.20", "go1.21.6", "go1.21.9", "go1.22.4", "go1.22.5", "go1.22.4-mine", "go1.26.1"]
_FILES = ("p/go.mod", "p/a/go.mod", "p/a/b/go.mod", "go.work", "p/go.work", "p/a/go.work")


class Tree(NamedTuple):
    """What lies where: by path the `go` and the `toolchain` line, "" for none; GOWORK; the SDKs and the default."""

    files: dict[str, tuple[str, str]]
    gowork: str
    sdks: frozenset[str]
    default: str


_LINES = st.tuples(st.sampled_from(["", *_GO]), st.sampled_from(["", "", *_TOOLCHAINS]))
_TREES = st.builds(
    Tree,
    st.dictionaries(st.sampled_from(_FILES), _LINES, max_size=4),
    st.sampled_from(["", "", "", "auto", "off", "{TOP}/p/go.work", "{TOP}/gone"]),
    st.sets(st.sampled_from(SDKS), min_size=1).map(frozenset),
    st.sampled_from(["", *SDKS]),
)


@pytest.fixture(scope="module")
def top() -> Iterator[Path]:
    # Not below the folder of temporary files: cmd/go passes over a go.mod in that one alone.
    with tempfile.TemporaryDirectory(prefix="goswitch-floors-") as name:
        yield Path(name)


def build(top: Path, tree: Tree) -> Path:
    """Make the tree in a fresh folder; return that."""
    here = Path(tempfile.mkdtemp(dir=top))
    (here / "p/a/b").mkdir(parents=True)
    (here / "sdk/.goswitch").mkdir(parents=True)
    for version in tree.sdks:
        (here / f"sdk/go{version}").symlink_to(real_sdk(version))
    if tree.default:
        (here / "sdk/.goswitch/default").write_text(f"{tree.default}\n")
    for path, (go, toolchain) in tree.files.items():
        lines = [] if path.endswith(".work") else ["module m"]
        lines += [f"go {go}"] if go else []
        lines += [f"toolchain {toolchain}"] if toolchain else []
        (here / path).write_text("\n".join([*lines, ""]))
    return here


def go(here: Path, version: str, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [real_sdk(version) / "bin/go", *words], cwd=here / "p/a/b", text=True, capture_output=True, check=False,
        env={"HOME": str(here), "PATH": "/nowhere", "PWD": f"{here}/p/a/b", **env},
    )  # fmt: skip


def stays(here: Path, version: str, gowork: str) -> bool:
    """Tell whether Go, free to switch, would not."""
    done = go(here, version, "env", "GOVERSION", GOTOOLCHAIN="path", GOWORK=gowork)
    assert done.stdout == (f"go{version}\n" if done.returncode == 0 else ""), done
    return done.returncode == 0


def refuses(here: Path, version: str, gowork: str) -> bool:
    """Tell whether Go, not free to switch, says that it is too old for what it has to load."""
    done = go(here, version, "list", "-m", GOTOOLCHAIN="local", GOWORK=gowork)
    return f"(running go {version}; GOTOOLCHAIN=local)" in done.stderr


@given(tree=_TREES)
@example(tree=Tree({"p/go.mod": ("1.21", "go1.25.5"), "p/a/go.work": ("1.22", "")}, "", frozenset(SDKS), "1.21.6"))
@example(tree=Tree({"p/go.mod": ("1.26", "")}, "", frozenset(SDKS), "1.22.4"))
@example(tree=Tree({"p/a/b/go.mod": ("1.22", ""), "go.work": ("1.26", "")}, "off", frozenset({"1.22.4"}), ""))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_goswitch_and_go_agree_on_what_satisfies(tree: Tree, top: Path) -> None:
    here = build(top, tree)
    gowork = tree.gowork.replace("{TOP}", str(here))
    env = {"HOME": str(here), "GOSWITCH_SDK_ROOT": str(here / "sdk"), "PATH": "/nowhere", "GOWORK": gowork}
    installed = sorted(tree.sdks)
    floor = find_floor(here / "p/a/b", env, ignore)
    try:
        binding = resolve(here / "p/a/b", env)
    except (NotInstalled, NotFound) as error:
        note(str(error))
        binding = None
    note(str(binding))
    if floor is None:
        assert all(stays(here, version, gowork) for version in installed)
    elif binding is not None and binding.lacks is None:
        # By the floor, or because the default satisfies it: Go stays with itself, and loads what it is asked to.
        assert binding.version is not None
        assert binding.by in {By.FLOOR, By.DEFAULT}
        assert stays(here, binding.version.text, gowork)
        assert not refuses(here, binding.version.text, gowork)
    else:
        # Where GOWORK names a file that is gone, Go chooses as without it, but loads nothing.
        loads = not gowork.startswith("/") or Path(gowork).exists()
        for version in installed if loads else []:
            assert not stays(here, version, gowork) or refuses(here, version, gowork)
            assert refuses(here, version, gowork) or floor.floor.keyword == "toolchain"
