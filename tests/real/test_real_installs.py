"""The engine on real releases: from the module proxy with Go's own log as proof, and repacked as go.dev has them."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import tarfile
from typing import TYPE_CHECKING

import pytest
from engine_world import Engine
from loopback import loopback
from sdks import H1, README_VERSIONS, host, real_sdk

from goswitch.sdk.digests import compare, read_digests
from goswitch.sdk.dirhash import h1
from goswitch.sdk.receipt import read_receipt
from goswitch.system.binary import inspect

if TYPE_CHECKING:
    from pathlib import Path


def as_in_the_module(name: str) -> str:
    folder, slash, last = name.rpartition("/")
    return f"{folder}{slash}_go.mod" if last == "go.mod" else name


@pytest.mark.parametrize("version", README_VERSIONS)
def test_a_real_sdk_is_what_gos_own_log_records(version: str) -> None:
    """Recompute the h1 from the disk by sha256sum, as the log knows it: without four folders, go.mod renamed."""
    sdk = real_sdk(version)
    prefix = f"golang.org/toolchain@v0.0.1-go{version}.{host().module}/"
    left_out = ("api/", "doc/", "misc/", "test/", ".goswitch/", ".unpacked-success")
    names = [str(path.relative_to(sdk)) for path in sdk.rglob("*") if path.is_file()]
    names = sorted(name for name in names if not name.startswith(left_out))
    said = subprocess.run(
        ["xargs", "-0", "sha256sum"], cwd=sdk, input="\0".join(names), capture_output=True, text=True, check=True
    )
    lines = [line.split("  ", 1) for line in said.stdout.splitlines()]
    renamed = [(f"{prefix}{as_in_the_module(name)}", digest) for digest, name in lines]
    expected = H1.get((version, str(host())))
    if expected is None:
        pytest.skip(f"the record of {version} for {host()} is not written down here")
    assert h1(renamed) == expected
    receipt = read_receipt(sdk)
    assert receipt is not None
    if receipt.source == "proxy":
        assert receipt.proof["value"] == expected
        assert receipt.proof["by"] == "sum.golang.org"


@pytest.mark.parametrize("version", README_VERSIONS)
def test_a_real_go_says_what_its_file_says(version: str, tmp_path: Path) -> None:
    sdk = real_sdk(version)
    env = {"GOTOOLCHAIN": "local", "GOENV": "off", "HOME": str(tmp_path), "GOCACHE": str(tmp_path / "cache")}
    said = subprocess.run(
        [sdk / "bin/go", "version"], env=env, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    told = inspect(sdk / "bin/go")
    assert said.stdout == f"go version {told.version} {told.build_goos}/{told.build_goarch}\n"
    assert (told.version, told.goarch) == (f"go{version}", host().goarch)


def repacked(sdk: Path) -> bytes:
    """Return an SDK as an official archive, packed by another hand than the engine's."""
    with io.BytesIO() as out:
        with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1, format=tarfile.USTAR_FORMAT) as tar:
            tar.add(
                sdk,
                "go",
                filter=lambda member: None if "/.goswitch" in member.name or "/.unp" in member.name else member,
            )
        return out.getvalue()


@pytest.mark.parametrize("version", ["1.22.4"])
def test_a_real_sdk_installs_from_an_official_archive(version: str, tmp_path: Path) -> None:
    sdk = real_sdk(version)
    archive = repacked(sdk)
    name = f"go{version}.{host().archive}.tar.gz"
    file = {"filename": name, "os": host().goos, "arch": host().archive_arch, "version": f"go{version}"}
    file |= {"sha256": hashlib.sha256(archive).hexdigest(), "size": len(archive), "kind": "archive"}  # type: ignore[dict-item]
    with loopback() as server:
        server.put("/dl/?mode=json&include=all", json.dumps([{"version": f"go{version}", "files": [file]}]).encode())
        server.put(f"/dl/{name}", archive)
        engine = Engine(tmp_path, platform=host())
        done = engine.from_official(version, f"{server.url}/dl/")
    assert not compare(done.path, read_digests(sdk))
    modes = [{p.relative_to(tree): p.stat().st_mode & 0o111 for p in tree.rglob("*") if p.is_file()}
             for tree in (sdk, done.path)]  # fmt: skip
    assert modes[0] == modes[1]
    assert engine.litter() == []
