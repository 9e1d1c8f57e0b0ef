from __future__ import annotations

import json
from typing import TYPE_CHECKING

from unprivileged import give_to_nobody, readable_folder, run_goswitch

from goswitch.doctor.checks.caches.writable import writable

if TYPE_CHECKING:
    from sighted import Looker


def test_a_file_in_the_folders_place(looker: Looker) -> None:
    looker.write(".cache/go-build", "")
    (found,) = looker.find(writable)
    assert found.fact == (
        f"GOCACHE can't be written: {looker.box.home}/.cache/go-build: {looker.box.home}/.cache/go-build is no folder"
    )


def test_folders_of_roots_in_a_users_cache() -> None:
    with readable_folder() as base:
        cache = base / "home/.cache/go-build"
        for name in ("00", "01", "02"):
            (cache / name).mkdir(parents=True)
        give_to_nobody(base / "home", base / "home/.cache", cache, cache / "00", cache / "02")
        if cache.stat().st_uid == (cache / "01").stat().st_uid:  # we are that user
            (cache / "01").chmod(0o555)
        env = {"HOME": str(base / "home")}
        ran = run_goswitch("doctor", "caches", "--json", cwd=base, env=env)
        (found,) = json.loads(ran.out)["findings"]
        assert found["fact"] == f"GOCACHE can't be written: {cache}: {cache}/01 is not yours to write"
        assert found["help"] == [f'sudo chown -R "$(id -u)" {cache}/01']
        give_to_nobody(cache / "01")
        (cache / "01").chmod(0o755)
        ran = run_goswitch("doctor", "caches", cwd=base, env=env)
        assert (ran.status, ran.out) == (0, "")


def test_silence(looker: Looker) -> None:
    assert looker.find(writable) == []
    (looker.box.home / ".cache/go-build").mkdir(parents=True)
    assert looker.find(writable) == []
