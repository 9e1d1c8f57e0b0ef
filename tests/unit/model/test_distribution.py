"""The names of a distribution's files, in a tree and in the module golang.org/toolchain."""

from __future__ import annotations

import pytest

from goswitch.model.distribution import is_program, name_in_module, name_in_tree


@pytest.mark.parametrize(
    ("name", "module"),
    [
        ("VERSION", "VERSION"),
        ("src/go.mod", "src/_go.mod"),
        ("src/cmd/go.mod", "src/cmd/_go.mod"),
        ("src/go.mod.txt", "src/go.mod.txt"),
        ("go.mod", "_go.mod"),
        ("src/cmd/api/main.go", "src/cmd/api/main.go"),
        ("api/go1.1.txt", None),
        ("doc/a/b", None),
        ("misc/go.mod", None),
        ("test/x.go", None),
        ("testing/x.go", "testing/x.go"),
        ("test", "test"),
    ],
)
def test_names_in_the_module(name: str, module: str | None) -> None:
    assert name_in_module(name) == module
    if module is not None:
        assert name_in_tree(module) == name


@pytest.mark.parametrize(
    ("name", "program"),
    [
        ("bin/go", True),
        ("bin/sub/go", False),
        ("pkg/tool/linux_amd64/compile", True),
        ("pkg/include/textflag.h", False),
        ("lib/wasm/go_js_wasm_exec", True),
        ("misc/wasm/go_js_wasm_exec", False),
        ("lib/time/update.bash", False),
        ("src/make.bash", False),
    ],
)
def test_programs(name: str, *, program: bool) -> None:
    assert is_program(name) is program
