"""Dependencies that need a newer Go: by module cache, replacement and vendor folder, and silence without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.project.dependencies.newer_go import newer_go
from goswitch.model.vendored import vendored_go_lines

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def found(looker: Looker) -> list[tuple[str, str, str]]:
    return [(it.id, it.fact, str(it.place).removeprefix(f"{looker.box.project}/")) for it in looker.find(newer_go)]


GO_MOD = "module m\n\ngo 1.22\n\nrequire (\n\texample.com/A v1.0.0\n\texample.com/b v1.2.0 // indirect\n)\n"


def test_the_module_cache_is_asked(looker: Looker) -> None:
    write(looker.box.project / "go.mod", GO_MOD)
    looker.box.pin("1.22.4\n")
    cache = looker.box.home / "go/pkg/mod/cache/download"
    write(cache / "example.com/!a/@v/v1.0.0.mod", "module example.com/A\ngo 1.23\n")
    write(cache / "example.com/b/@v/v1.2.0.mod", "module example.com/b\ngo 1.22.4\n")
    first, second = found(looker)
    assert first == ("dependency-above-pin", "example.com/A needs Go 1.23, the pin is 1.22.4", "go.mod:6")
    # The go line is the language 1.22, below the release 1.22.4.
    assert second == ("dependency-above-go-line", "example.com/b needs Go 1.22.4, the go line says 1.22", "go.mod:7")
    (finding,) = [it for it in looker.find(newer_go) if it.id == "dependency-above-pin"]
    assert "go: module example.com/A@v1.0.0 requires go >= 1.23 (running go 1.22.4; GOTOOLCHAIN=local)" in finding.why


@pytest.mark.parametrize("text", ["module x\n", "module x\ngo 1.21.x\n", "module x\ngo 1.22\n", "go oops\n", ""])
def test_older_dependencies_are_fine(looker: Looker, text: str) -> None:
    write(looker.box.project / "go.mod", GO_MOD)
    looker.box.pin("1.22.4\n")
    write(looker.box.home / "go/pkg/mod/cache/download/example.com/!a/@v/v1.0.0.mod", text)
    assert looker.find(newer_go) == []


@pytest.mark.parametrize("how", ["GOMODCACHE", "GOPATH", "go/env"])
def test_where_the_cache_is(looker: Looker, how: str) -> None:
    write(looker.box.project / "go.mod", GO_MOD)
    place = looker.box.base / "else where"
    if how == "go/env":
        write(looker.box.home / ".config/go/env", f"GOMODCACHE={place}\n")
    else:
        looker.env[how] = str(place) if how == "GOMODCACHE" else f"{place}:/other"
    mod = "pkg/mod/" if how == "GOPATH" else ""
    write(place / f"{mod}cache/download/example.com/!a/@v/v1.0.0.mod", "go 1.23\n")
    assert [it[0] for it in found(looker)] == ["dependency-above-go-line"]


def test_replacements(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    write(
        looker.box.project / "go.mod",
        f"{GO_MOD}replace example.com/A => ./dep\nreplace example.com/b v1.2.0 => example.com/c v1.0.0\n",
    )
    write(looker.box.project / "dep/go.mod", "module dep\ngo 1.22.5\n")
    cache = looker.box.home / "go/pkg/mod/cache/download/example.com"
    write(cache / "!a/@v/v1.0.0.mod", "go 1.99\n")
    write(cache / "b/@v/v1.2.0.mod", "go 1.99\n")
    write(cache / "c/@v/v1.0.0.mod", "go 1.23.1\n")
    whys = [it.why for it in looker.find(newer_go)]
    assert [why.split("module ")[1].split(" (")[0] for why in whys] == [
        "./dep requires go >= 1.22.5",
        "example.com/c@v1.0.0 requires go >= 1.23.1",
    ]


def test_a_replacement_in_go_work_beats_the_modules(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    write(looker.box.project / "go.work", "go 1.22\nuse ./a\nreplace example.com/A => ./new\n")
    write(looker.box.project / "a/go.mod", f"{GO_MOD}replace example.com/A => ./old\n")
    write(looker.box.project / "a/new/go.mod", "go 1.99\n")
    write(looker.box.project / "new/go.mod", "go 1.23\n")
    assert found(looker) == [("dependency-above-pin", "example.com/A needs Go 1.23, the pin is 1.22.4", "a/go.mod:6")]


def test_a_vendor_folder_is_all_there_is(looker: Looker) -> None:
    looker.box.pin("1.22.4\n")
    write(looker.box.project / "go.mod", GO_MOD)
    write(looker.box.home / "go/pkg/mod/cache/download/example.com/b/@v/v1.2.0.mod", "go 1.99\n")
    write(
        looker.box.project / "vendor/modules.txt",
        "# example.com/A v1.0.0\n## explicit; go 1.23\nexample.com/A\n# example.com/b v1.2.0\n## go 1.21\n",
    )
    assert [it[1] for it in found(looker)] == ["example.com/A needs Go 1.23, the pin is 1.22.4"]


@pytest.mark.parametrize(("needs", "kinds"), [("1.20", []), ("1.21", ["dependency-above-go-line"])])
def test_lines_below_1_21_are_not_held_against_each_other(looker: Looker, needs: str, kinds: list[str]) -> None:
    write(looker.box.project / "go.mod", GO_MOD.replace("1.22", "1.18"))
    write(looker.box.home / "go/pkg/mod/cache/download/example.com/!a/@v/v1.0.0.mod", f"go {needs}\n")
    assert [it[0] for it in found(looker)] == kinds


def test_modules_txt() -> None:
    text = (
        "## workspace\n# a v1\n## explicit; go 1.17\na/x\n# b v2 => ./b\n## explicit\n# c => d v1\n"
        "## explicit; go 1.21.0\n# e v1\ne\n"
    )
    assert [(path, version, go.value, go.line) for path, version, go in vendored_go_lines(text)] == [
        ("a", "v1", "1.17", 3),
        ("c", "", "1.21.0", 8),
    ]
