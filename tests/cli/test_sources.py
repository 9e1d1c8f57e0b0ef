"""Where SDKs come from, as commands say it: a directory, `--source`, `--offline`, files as a module proxy."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from archive_folder import archive_folder, stand_in, write_list
from archives import contents, module_zip
from sdks import host

if TYPE_CHECKING:
    from typing import Any

    from box import Box


@pytest.fixture
def files(box: Box) -> list[dict[str, Any]]:
    """The list of a folder `archives` in the project, with 1.21.6 and 1.22.4."""
    return archive_folder(box.project / "archives", "1.21.6", "1.22.4")


@pytest.mark.usefixtures("files")
def test_an_sdk_comes_from_a_directory_without_a_network(box: Box) -> None:
    ran = box.run("install", "--offline", "--source", "directory:archives", "1.22", "--json")
    assert ran.status == 0, ran.err
    *_, progress, _, result = (json.loads(line) for line in ran.out.splitlines())
    assert (progress["bytes"], progress["files"]) == (progress["total_bytes"], progress["total_files"])
    (row,) = result["sdks"]
    assert (row["name"], row["source"]) == ("go1.22.4", "directory")
    assert contents(box.root / "go1.22.4") == stand_in("1.22.4")
    receipt = json.loads((box.root / "go1.22.4/.goswitch/receipt.json").read_text())
    assert receipt["proof"]["by"] == (box.project / "archives/releases.json").as_uri()
    assert receipt["url"].endswith(".tar.gz")


@pytest.mark.usefixtures("files")
def test_a_directory_by_setting_and_by_variable(box: Box) -> None:
    place = f"directory:{box.project}/archives"
    assert box.run("available", GOSWITCH_SOURCES=place).out == "1.22.4\n1.21.6\n"
    assert box.run("available", "--source", "directory:./archives", "1.21").out == "1.21.6\n"
    assert box.run("config", "set", "sources", f"official,{place}").status == 0
    ran = box.run("install", "1.21.6", GOSWITCH_OFFLINE="1")
    assert ran.status == 0, ran.err
    assert "trying" not in ran.err


@pytest.mark.parametrize("value", ["directory:", "directory:archives", "directory", "official,directory", "ftp:/x"])
def test_what_is_no_source_is_a_setting_error(value: str, box: Box) -> None:
    ran = box.run("available", GOSWITCH_SOURCES=value)
    assert ran.status == 9
    assert "can be official, proxy, directory:/path (set by GOSWITCH_SOURCES)" in ran.err
    ran = box.run("available", "--source", "nonsense")
    assert (ran.status, ran.err.splitlines()[0]) == (9, "goswitch: no source is called 'nonsense'")


def test_a_directory_without_a_list_hands_over_and_alone_is_an_error(box: Box, files: list[dict[str, Any]]) -> None:
    assert files
    ran = box.run("install", "--source", "directory:nowhere", "1.22.4")
    assert ran.status == 9
    assert f"can't read {box.project}/nowhere/releases.json" in ran.err
    ran = box.run("install", "--source", "directory:nowhere", "--source", "directory:archives", "1.22.4")
    assert ran.status == 0, ran.err
    assert "trying directory" in ran.err


def test_an_archive_that_is_not_the_listed_one_is_refused(box: Box, files: list[dict[str, Any]]) -> None:
    folder = box.project / "archives"
    first, second = files
    path = folder / first["filename"]
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    ran = box.run("install", "--source", "directory:archives", "1.21.6")
    assert ran.status == 6
    assert first["sha256"] in ran.err
    path.write_bytes(path.read_bytes() + b"more")
    assert box.run("install", "--source", "directory:archives", "1.21.6").status == 6
    path.unlink()
    ran = box.run("install", "--source", "directory:archives", "1.21.6")
    assert (ran.status, f"can't read {path}" in ran.err) == (9, True)
    write_list(folder, [second | {"sha256": ""}])
    assert box.run("install", "--source", "directory:archives", "1.22.4").status == 4
    assert not list(box.root.glob("go*"))
    assert not list((box.root / ".goswitch/staging").glob("*"))


def test_offline_asks_nothing(box: Box) -> None:
    """The address is one that would answer at once that nobody is there; the words are not those of a failed try."""
    for verb in ("install", "available"):
        ran = box.run(
            verb, "--offline", "1.22.4", GOPROXY="http://127.0.0.1:1/", GOSWITCH_OFFICIAL_URL="http://[::1]:1/"
        )
        assert (ran.status, ran.err) == (
            5,
            "goswitch: this needs the network, and offline is true (--offline)\nhelp: goswitch list\n",
        )


def test_offline_leaves_a_module_proxy_of_files(box: Box) -> None:
    versions = box.base / "proxy/golang.org/toolchain/@v"
    versions.mkdir(parents=True)
    (versions / "list").write_text(f"v0.0.1-go1.22.4.{host().module}\nv0.0.1-go1.22.5.plan9-386\n")
    ran = box.run("available", "--offline", GOPROXY=(box.base / "proxy").as_uri())
    assert (ran.status, ran.out) == (0, "1.22.4\n"), ran.err
    (versions / f"v0.0.1-go1.22.4.{host().module}.zip").write_bytes(module_zip("1.22.4", host().module))
    ran = box.run("install", "--offline", "1.22.4", GOPROXY=(box.base / "proxy").as_uri())
    assert ran.status == 5
    assert "the checksum database sum.golang.org can't be asked: this needs the network" in ran.err
