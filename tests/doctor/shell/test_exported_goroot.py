from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.checks.shell.exported_goroot import exported_goroot

if TYPE_CHECKING:
    from sighted import Looker


def test_lines_are_found_whether_or_not_they_were_read(looker: Looker) -> None:
    bashrc = looker.write(".bashrc", "export GOROOT=/usr/local/go\n")
    fish = looker.write(".config/fish/config.fish", "if true\n    set -gx GOROOT /opt/go\nend\n")
    assert [str(found.place) for found in looker.find(exported_goroot)] == [f"{bashrc}:1", f"{fish}:2"]
    looker.env["GOROOT"] = "/usr/local/go"
    assert [str(found.place) for found in looker.find(exported_goroot)] == [f"{fish}:2"]


def test_silence(looker: Looker) -> None:
    looker.write(".bashrc", "unset GOROOT\n# export GOROOT=/x\nexport GOROOT_BOOTSTRAP=/y\n")
    assert looker.find(exported_goroot) == []
