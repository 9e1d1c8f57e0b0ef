"""Installing from a module proxy, with the checksum log of the tests; stand-in SDKs, real engine."""

from __future__ import annotations

import json
import os
import subprocess

import pytest
from archives import ZipEntry, contents, make_zip, module_zip, sdk_files
from checksum_log import ChecksumLog
from loopback import Reply
from proxy_world import H1, MODULE_VERSION, PATH, PREFIX, ZIP, Setup, hash_of, proxy_world

from goswitch.errors import ArchiveError, DiskError, GoswitchError, NoSuchVersion, ProofError
from goswitch.model.distribution import is_program, name_in_tree
from goswitch.sdk.digests import compare, read_digests
from goswitch.system.locks import held

setup = pytest.fixture(proxy_world)


def test_an_sdk_is_installed_with_proof_receipt_and_digests(setup: Setup) -> None:
    done = setup.engine.from_proxy("1.22.4")
    assert (done.source, done.already, done.size) == ("proxy", False, len(ZIP))
    assert done.proof is not None
    assert (done.proof.value, done.proof.by, done.proof.record) == (H1, "log.test", 300)
    assert contents(done.path) == sdk_files("1.22.4")
    assert (done.path / ".unpacked-success").read_bytes() == b""
    checked = subprocess.run(["sha256sum", "-c", "--quiet", ".goswitch/files.sha256"], cwd=done.path, check=False)
    assert checked.returncode == 0
    receipt = json.loads((done.path / ".goswitch/receipt.json").read_text())
    assert receipt["proof"] == {"kind": "checksumdb", "value": H1, "by": "log.test", "record": 300}
    assert receipt["url"] == f"{setup.server.url}/proxy{PATH}.zip"
    assert setup.engine.litter() == []
    assert setup.engine.told.done == len(ZIP)
    assert setup.engine.told.unpacked[0] == (0, len(sdk_files("1.22.4")))
    assert setup.engine.told.unpacked[-1] == (len(sdk_files("1.22.4")),) * 2
    assert not setup.engine.told.open


def test_the_prefix_of_the_zip_is_cmd_gos_own_vector() -> None:
    files = {"VERSION": b"go9.9.9\n", "bin/go": b"x"}
    expected = "h1:dFR7aWYtttSI1jKiEOt/bPZbW4vm2r6DEA2UvofjclM="
    assert hash_of(files, "golang.org/toolchain@v0.0.1-go9.9.9.linux-amd64/") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bin/go", ("bin/go", True)),
        ("bin/deep/x", ("bin/deep/x", False)),
        ("pkg/tool/linux_amd64/asm", ("pkg/tool/linux_amd64/asm", True)),
        ("pkg/include/x.h", ("pkg/include/x.h", False)),
        ("lib/wasm/go_wasip1_wasm_exec", ("lib/wasm/go_wasip1_wasm_exec", True)),
        ("lib/wasm/wasm_exec.js", ("lib/wasm/wasm_exec.js", False)),
        ("lib/wasm/go_js_exec", ("lib/wasm/go_js_exec", False)),
        ("lib/go__wasm_exec", ("lib/go__wasm_exec", False)),
        ("misc/go_android_exec", ("misc/go_android_exec", False)),
        ("src/_go.mod", ("src/go.mod", False)),
        ("_go.mod", ("go.mod", False)),
        ("src/x_go.mod", ("src/x_go.mod", False)),
    ],
)
def test_names_and_bits_are_cmd_gos(name: str, expected: tuple[str, bool]) -> None:
    assert (name_in_tree(name), is_program(name_in_tree(name))) == expected


def test_a_complete_sdk_costs_no_network_and_no_lock(setup: Setup) -> None:
    setup.install()
    setup.server.asked.clear()
    (setup.engine.layout.locks / "go1.22.4.lock").unlink()
    assert setup.engine.from_proxy("1.22.4").already
    assert setup.server.asked == []
    assert not (setup.engine.layout.locks / "go1.22.4.lock").exists()


def test_a_second_install_of_the_same_proves_itself_from_the_cache(setup: Setup) -> None:
    setup.install()
    setup.engine.layout.sdk_root.joinpath("go1.22.4").rename(setup.engine.base / "away")
    setup.server.asked.clear()
    setup.install()
    assert {asked.path for asked in setup.server.asked} == {f"/proxy{PATH}.zip"}


def test_another_content_than_the_log_records_is_refused(setup: Setup) -> None:
    files = sdk_files("1.22.4") | {"src/fmt/print.go": b"package evil\n"}
    setup.server.put(f"/proxy{PATH}.zip", Reply(module_zip("1.22.4", files=files)))
    error = setup.refused(ProofError, "is not what Go published")
    assert H1 in error.message
    assert hash_of(files) in error.message
    assert setup.engine.litter() == []


def test_a_wrong_hash_is_not_tried_elsewhere(setup: Setup) -> None:
    setup.engine.env["GOPROXY"] = f"{setup.server.url}/bad|{setup.server.url}/proxy"
    files = sdk_files("1.22.4") | {"extra": b""}
    setup.server.put(f"/bad{PATH}.zip", Reply(module_zip("1.22.4", files=files)))
    setup.refused(ProofError, "is not what Go published")
    assert setup.server.count(f"/proxy{PATH}.zip") == 0


WRONG_TREES = {
    "another version": (sdk_files("1.22.5"), "holds go1.22.5 instead of go1.22.4"),
    "another architecture": (
        sdk_files("1.22.4") | {"bin/go": sdk_files("1.22.4", goarch="arm64")["bin/go"]},
        "bin/go of go1.22.4 is for arm64",
    ),
    "another build": (sdk_files("1.22.4") | {"bin/go": sdk_files("1.22.3")["bin/go"]}, "says that it is go1.22.3"),
    "another system": (
        sdk_files("1.22.4") | {"bin/go": sdk_files("1.22.4", goos="freebsd")["bin/go"]},
        "is for freebsd/amd64",
    ),
    "an empty bin/go": (sdk_files("1.22.4") | {"bin/go": b""}, "has no bin/go"),
    "a script as bin/go": (sdk_files("1.22.4") | {"bin/go": b"#!/bin/sh\nexit 0\n" * 9}, "no machine that Go knows"),
    "no compiler": (
        {name: content for name, content in sdk_files("1.22.4").items() if "compile" not in name},
        "has no pkg/tool/linux_amd64/compile",
    ),
    "no library": (
        {name: content for name, content in sdk_files("1.22.4").items() if "fmt" not in name or "bin" in name},
        "no standard library",
    ),
    "no VERSION": (
        {name: content for name, content in sdk_files("1.22.4").items() if name != "VERSION"},
        "holds no VERSION instead of go1.22.4",
    ),
}


@pytest.mark.parametrize("kind", WRONG_TREES)
def test_a_tree_that_is_not_the_sdk_is_refused_though_it_is_proven(kind: str, setup: Setup) -> None:
    files, message = WRONG_TREES[kind]
    log = ChecksumLog(3)
    log.add("golang.org/toolchain", MODULE_VERSION, hash_of(files))
    setup.server.under("/proxy/sumdb/log.test/", log.reply)
    setup.server.put(f"/proxy{PATH}.zip", Reply(module_zip("1.22.4", files=files)))
    setup.refused(ArchiveError, message)
    assert setup.engine.litter() == []


def test_a_hostile_zip_leaves_nothing(setup: Setup) -> None:
    setup.server.put(f"/proxy{PATH}.zip", Reply(make_zip([ZipEntry(f"{PREFIX}../x".encode(), b"x")])))
    setup.refused(ArchiveError, "leads elsewhere")
    assert setup.engine.litter() == []


def test_a_log_that_does_not_know_it_is_no_proof(setup: Setup) -> None:
    setup.log.numbers.clear()
    setup.refused(ProofError, r"log\.test has no record of golang\.org/toolchain@v0\.0\.1-go1\.22\.4")
    assert setup.engine.litter() == []


def test_an_unknown_version_is_no_such_version(setup: Setup) -> None:
    for status in (404, 410, 403):
        setup.server.put(f"/proxy{PATH}.zip", Reply(b"not available", status=status))
        setup.refused(NoSuchVersion, r"no source has go1\.22\.4")


def test_a_broken_download_is_gone_on_with(setup: Setup) -> None:
    # The directory is asked for first, from another connection; its reply and the download's come from one list.
    setup.server.put(f"/proxy{PATH}.zip", Reply(ZIP, ranges=False, cut=len(ZIP) // 2), Reply(ZIP, status=404))
    setup.refused(GoswitchError, ".")
    setup.server.put(f"/proxy{PATH}.zip", Reply(ZIP))
    setup.server.asked.clear()
    setup.install()
    assert setup.engine.litter() == []


@pytest.mark.parametrize("ranges", [True, False])
def test_a_server_without_ranges_serves_as_well(ranges: bool, setup: Setup) -> None:
    setup.server.put(f"/proxy{PATH}.zip", Reply(ZIP, ranges=ranges))
    assert contents(setup.install()) == sdk_files("1.22.4")


def test_a_foreign_folder_is_not_touched(setup: Setup) -> None:
    target = setup.engine.layout.sdk_root / "go1.22.4"
    target.mkdir(parents=True)
    (target / "mine").write_text("precious")
    with pytest.raises(DiskError, match="not touched unasked") as caught:
        setup.install()
    assert caught.value.help == ("goswitch repair --force 1.22.4",)
    assert [path.name for path in target.iterdir()] == ["mine"]
    assert setup.server.asked == []


def test_what_is_no_folder_is_not_touched(setup: Setup) -> None:
    setup.engine.layout.sdk_root.mkdir()
    target = setup.engine.layout.sdk_root / "go1.22.4"
    target.symlink_to("nowhere")
    with pytest.raises(DiskError, match="in the way") as caught:
        setup.install()
    assert caught.value.help == ("goswitch repair --force 1.22.4",)
    assert target.is_symlink()


def test_the_empty_folder_of_a_failed_download_is_replaced(setup: Setup) -> None:
    (setup.engine.layout.sdk_root / "go1.22.4").mkdir(parents=True)
    assert contents(setup.install()) == sdk_files("1.22.4")


def test_the_directory_of_the_zip_is_downloaded_once(setup: Setup) -> None:
    data = int.from_bytes(ZIP[-6:-2], "little")  # where the directory begins, which was asked for ahead
    reply = Reply(ZIP, declared=len(ZIP), cut=data, piece=data // 2, pause=1, stalls=True, parts_whole=True)
    setup.server.put(f"/proxy{PATH}.zip", reply)
    assert contents(setup.install()) == sdk_files("1.22.4")
    assert setup.engine.litter() == []
    assert setup.server.count(f"/proxy{PATH}.zip") == 2


def test_litter_of_dead_processes_is_removed(setup: Setup) -> None:
    for name in ("go1.22.4@1.abc", "go1.22.4.5@1.abc", "go1.22.40@1.abc"):
        (setup.engine.layout.staging / name / "deep").mkdir(parents=True)
        (setup.engine.layout.staging / name).chmod(0o555)
    with held(setup.engine.layout.locks, "go1.22.40", does="lives", timeout=0):
        setup.install()
    assert setup.engine.litter() == ["go1.22.40@1.abc"], "whoever holds the lock lives"


def test_a_crash_before_the_marker_is_finished_without_a_network(setup: Setup) -> None:
    path = setup.install()
    (path / ".unpacked-success").unlink()
    setup.server.asked.clear()
    assert setup.engine.from_proxy("1.22.4").already
    assert (path / ".unpacked-success").exists()
    assert setup.server.asked == []


def test_a_tree_without_marker_that_was_changed_is_not_finished(setup: Setup) -> None:
    path = setup.install()
    (path / ".unpacked-success").unlink()
    (path / "src" / "extra.go").write_text("package x\n")
    with pytest.raises(DiskError, match="without the marker"):
        setup.install()
    assert compare(path, read_digests(path)).extra == ("src/extra.go",)


def test_a_full_interruption_leaves_the_partial_download_alone(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def interrupt(count: int) -> None:
        seen.append(count)
        if len(seen) == 2:  # the first call says how much is there already
            raise KeyboardInterrupt

    monkeypatch.setattr(setup.engine.told, "advance", interrupt)
    with pytest.raises(KeyboardInterrupt):
        setup.install()
    assert setup.engine.litter() == [f"{MODULE_VERSION}.zip", f"{MODULE_VERSION}.zip.state"]
    monkeypatch.undo()
    assert contents(setup.install()) == sdk_files("1.22.4")
    assert setup.engine.litter() == []


def test_an_sdk_root_that_cannot_be_written_is_a_disk_error(setup: Setup) -> None:
    setup.engine.layout.sdk_root.write_text("a file")
    with pytest.raises(DiskError, match="can't make the folder"):
        setup.install()


def test_umask_is_the_users(setup: Setup) -> None:
    old = os.umask(0o077)
    try:
        path = setup.install()
    finally:
        os.umask(old)
    assert path.joinpath("bin/go").stat().st_mode & 0o777 == 0o700
    assert path.joinpath("VERSION").stat().st_mode & 0o777 == 0o600
