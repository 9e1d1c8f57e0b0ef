from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.shell.other_managers import other_managers

if TYPE_CHECKING:
    from sighted import Looker


@pytest.mark.parametrize(
    ("file", "text", "manager"),
    [
        (".bashrc", 'eval "$(goenv init -)"', "goenv"),
        (".zshrc", '[[ -s "$HOME/.gvm/scripts/gvm" ]] && source "$HOME/.gvm/scripts/gvm"', "gvm"),
        (".profile", '. "$HOME/.asdf/asdf.sh"', "asdf"),
        (".config/fish/config.fish", "mise activate fish | source", "mise"),
        (".config/fish/conf.d/go.fish", "fish_add_path ~/.gobrew/current/bin", "gobrew"),
        (".zshenv", '[ -s "${HOME}/.g/env" ] && \\. "${HOME}/.g/env"', "g"),
    ],
)
def test_each_is_found_with_its_line(looker: Looker, file: str, text: str, manager: str) -> None:
    path = looker.write(file, f"# mine\n{text}\n")
    (found,) = looker.find(other_managers)
    assert found.fact == f"{path.name} starts {manager}: {text}"
    assert str(found.place) == f"{path}:2"


def test_silence(looker: Looker) -> None:
    looker.write(".bashrc", '# eval "$(goenv init -)"\neval "$(pyenv init -)"\nalias g=git\n')
    assert looker.find(other_managers) == []
