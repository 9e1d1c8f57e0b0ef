"""The files that shells read when they start, the user's and the machine's, with what they say about Go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.model.finding import Place
from goswitch.model.shell_lines import ShellLines, expanded, read_shell_lines
from goswitch.system import look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.doctor.facts import Facts
    from goswitch.model.shell_lines import Exported

_HOME = (
    ".profile",
    ".bash_profile",
    ".bash_login",
    ".bashrc",
    ".zshenv",
    ".zprofile",
    ".zshrc",
    ".zlogin",
    ".kshrc",
    ".mkshrc",
    ".cshrc",
    ".tcshrc",
    ".pam_environment",
)
_MACHINE = ("/etc/environment", "/etc/profile", "/etc/bash.bashrc", "/etc/bashrc", "/etc/zsh/zshenv", "/etc/zshenv")


@dataclass(frozen=True)
class ShellFile:
    """One file and its lines. `is_user` is whether it is in the user's hands."""

    path: Path
    lines: ShellLines
    is_user: bool


def shell_files(facts: Facts) -> tuple[ShellFile, ...]:
    """Read all of them that are there; the user's own come first."""
    found: list[ShellFile] = []
    for path, is_user in _candidates(facts):
        data = look.read_regular(path)
        if data is not None:
            found.append(ShellFile(path, read_shell_lines(data.decode("utf-8", "surrogateescape")), is_user))
    return tuple(found)


def who_exports(facts: Facts, name: str) -> tuple[tuple[Place, Exported], ...]:
    """Return the lines of shell files that export a variable."""
    return tuple(
        (Place(file.path, line.line), line)
        for file in facts.ask(shell_files)
        for line in file.lines.exported
        if line.name == name
    )


def origin_in_files(facts: Facts, name: str) -> Place | None:
    """Return the line that gives a variable the value that it has in this environment, if one can be told.

    One whose value can't be known without running it is the second choice.
    """
    home = str(facts.world.home or "")
    second: Place | None = None
    for place, line in who_exports(facts, name):
        value = expanded(line.value, home)
        if value == facts.env.get(name):
            return place
        if value is None and second is None:
            second = place
    return second


def _candidates(facts: Facts) -> Iterator[tuple[Path, bool]]:
    home, env = facts.world.home, facts.env
    if home is not None:
        zsh = Path(env["ZDOTDIR"]) if env.get("ZDOTDIR") else home
        for name in _HOME:
            yield (zsh if name.startswith(".z") else home) / name, True
        config = Path(env["XDG_CONFIG_HOME"]) if env.get("XDG_CONFIG_HOME", "").startswith("/") else home / ".config"
        fish = config / "fish"
        yield fish / "config.fish", True
        for folder in (fish / "conf.d", config / "environment.d"):
            for name in look.names_in(folder):
                yield folder / name, True
        if zsh != home:
            yield home / ".zshenv", True
    for text in _MACHINE:
        yield Path(text), False
    for name in look.names_in(Path("/etc/profile.d")):
        yield Path("/etc/profile.d") / name, False
