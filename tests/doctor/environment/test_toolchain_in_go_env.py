from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.environment.toolchain_in_go_env import toolchain_in_go_env

if TYPE_CHECKING:
    from sighted import Looker


def write_go_env(looker: Looker, text: str) -> None:
    file = looker.box.home / ".config/go/env"
    file.parent.mkdir(parents=True)
    file.write_text(text)


def test_a_version_in_the_users_go_env_file_is_found_with_its_line(looker: Looker) -> None:
    write_go_env(looker, "GOFLAGS=-mod=mod\nGOTOOLCHAIN=go1.23.9\n")
    (found,) = looker.find(toolchain_in_go_env)
    assert found.id == "toolchain-in-go-env"
    assert str(found.place) == f"{looker.box.home}/.config/go/env:2"
    assert found.cure == ("go env -u GOTOOLCHAIN",)


@pytest.mark.parametrize("text", ["", "GOTOOLCHAIN=local\n", "GOTOOLCHAIN=path\n", "#GOTOOLCHAIN=go1.23.9\n"])
def test_silence(looker: Looker, text: str) -> None:
    write_go_env(looker, text)
    assert looker.find(toolchain_in_go_env) == []


def test_goenv_off_reads_no_file(looker: Looker) -> None:
    write_go_env(looker, "GOTOOLCHAIN=go1.23.9\n")
    looker.env["GOENV"] = "off"
    assert looker.find(toolchain_in_go_env) == []
