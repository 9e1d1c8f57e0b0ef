"""Go's settings, read where Go reads them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from engine_world import Engine

from goswitch.sdk.goenv import GoEnv, parse_env_file, user_env_file
from goswitch.sdk.goproxy import parse_goproxy

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.sdk.goenv import GoSetting


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return Engine(tmp_path, {"GOENV": str(tmp_path / "env"), "PATH": f"{tmp_path}/path/bin:relative"})


def get(engine: Engine, name: str = "GOPROXY") -> GoSetting | None:
    return GoEnv(engine.world, engine.layout).get(name)


def sdk_with(engine: Engine, name: str, text: str, *, marker: bool = True) -> Path:
    tree = engine.layout.sdk_root / name
    tree.mkdir(parents=True)
    (tree / "go.env").write_text(text)
    if marker:
        (tree / ".unpacked-success").touch()
    return tree / "go.env"


def go_on_path(engine: Engine, text: str) -> Path:
    goroot = engine.base / "goroot"
    (goroot / "bin").mkdir(parents=True)
    (goroot / "bin/go").touch()
    (goroot / "go.env").write_text(text)
    (engine.base / "path/bin").mkdir(parents=True)
    (engine.base / "path/bin/go").symlink_to(goroot / "bin/go")
    return goroot / "go.env"


def test_the_places_in_their_order(engine: Engine) -> None:
    assert get(engine) is None
    on_path = go_on_path(engine, "GOPROXY=path\n")
    found = get(engine)
    assert found is not None
    assert (found.value, found.origin) == ("path", str(on_path))
    sdk_with(engine, "go1.9.1", "GOPROXY=old\n")
    newest = sdk_with(engine, "go1.22.4", "# comment\nGOPROXY=sdk\n")
    sdk_with(engine, "go1.23.0", "GOPROXY=incomplete\n", marker=False)
    sdk_with(engine, "gotip", "GOPROXY=tip\n")
    found = get(engine)
    assert found is not None
    assert (found.value, found.origin) == ("sdk", str(newest))
    (engine.base / "env").write_text("GOFLAGS=x\nGOPROXY=user\n")
    found = get(engine)
    assert found is not None
    assert (found.value, found.origin) == ("user", str(engine.base / "env"))
    engine.env["GOPROXY"] = ""
    assert get(engine) == found, "an empty variable is none"
    engine.env["GOPROXY"] = "environment"
    found = get(engine)
    assert found is not None
    assert (found.value, found.origin) == ("environment", "GOPROXY in the environment")


def test_goenv_off_passes_over_the_users_file(engine: Engine) -> None:
    (engine.base / "env").write_text("GOPROXY=user\n")
    engine.env["GOENV"] = "off"
    assert get(engine) is None


def test_an_empty_line_of_the_users_hides_the_sdks(engine: Engine) -> None:
    sdk_with(engine, "go1.22.4", "GOPROXY=sdk\n")
    (engine.base / "env").write_text("GOPROXY=\n")
    assert get(engine) is None


def test_a_folder_of_shims_is_no_go(engine: Engine) -> None:
    go_on_path(engine, "GOPROXY=path\n")
    (engine.base / "path/bin/.goswitch-shims").touch()
    assert get(engine) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"A=1\nB=2", {"A": "1", "B": "2"}),
        (b"A=1\r\n", {"A": "1\r"}),
        (b"# C=1\n b=1\nlower=1\nNOTHING\n=x\n\nA=x=y\n", {"A": "x=y"}),
        (b"A=1\nA=2\n", {"A": "2"}),
        (b"A=\n", {"A": ""}),
        (b"\xff=1\nA=\xff\n", {"A": "\ufffd"}),
        (b"", {}),
    ],
)
def test_files_are_read_as_go_reads_them(text: bytes, expected: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "env").write_bytes(text)
    assert parse_env_file(tmp_path / "env") == expected


def test_a_file_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    assert parse_env_file(tmp_path / "none") == {}
    assert parse_env_file(tmp_path) == {}


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS has another folder")
def test_the_users_file_is_where_go_has_it(tmp_path: Path) -> None:
    assert user_env_file({}, tmp_path) == tmp_path / ".config/go/env"
    assert user_env_file({"XDG_CONFIG_HOME": "/xdg"}, tmp_path) == (tmp_path / "/xdg/go/env")
    assert user_env_file({"XDG_CONFIG_HOME": "relative"}, tmp_path) is None
    assert user_env_file({}, None) is None
    go = shutil.which("go")
    if go is not None:
        env = {"HOME": str(tmp_path), "GOTOOLCHAIN": "local"}
        said = subprocess.run([go, "env", "GOENV"], env=env, capture_output=True, text=True, check=True, cwd=tmp_path)
        assert said.stdout.strip() == str(user_env_file(env, tmp_path))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://a.example,direct", [("https://a.example", False, False), ("https://go.dev/dl/mod", False, True)]),
        (
            "https://a.example/|b.example/x,off,c",
            [("https://a.example", True, False), ("https://b.example/x", False, False)],
        ),
        (" https://a.example , ", [("https://a.example", False, False)]),
        ("file:///srv/proxy", [("file:///srv/proxy", False, False)]),
        ("off", []),
    ],
)
def test_goproxy_is_read_as_go_reads_it(value: str, expected: list[tuple[str, bool, bool]]) -> None:
    assert [(proxy.url, proxy.falls_back, proxy.direct) for proxy in parse_goproxy(value)] == expected
