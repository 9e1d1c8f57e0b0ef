"""A stand-in for goswitch-py beside an SDK that waits to be installed, and shims that know of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.shell.shims import rehash

if TYPE_CHECKING:
    from pathlib import Path

    from shell.made import Made
    from shells import Shell

INSTALLER = """#!/bin/sh
# A stand-in for goswitch-py: keeps what it was given, eats its stdin, and puts the SDK that waits in its place.
# Asked to ask, it asks; told to wait it waits, until it is ended.
if [ "$2" = --ask ]; then
    echo "$3; install it?" >&2
    read -r answer
    case $answer in '' | YES) ;; *) exit 126 ;; esac
fi
printf '%s\\n' "$*" >>"$0.asked"
if [ "$2" != --ask ]; then cat >/dev/null; fi
if [ -e "$0.waits" ]; then
    trap 'echo "ended" >&2; echo >"$0.ended"; exit 143' TERM INT
    echo ready >&2
    for _ in 1 2 3 4 5 6 7 8 9; do for _ in 1 2 3 4 5 6 7 8 9; do sleep 0.2; done; done
fi
echo 'this is said on stdout'
if [ -e "$0.fails" ]; then exit "$(cat "$0.fails")"; fi
exec mv "$0.sdk" "$GOSWITCH_SDK_ROOT/go1.25.3"
"""


class Installer:
    """A stand-in for goswitch-py beside a waiting SDK 1.25.3."""

    def __init__(self, made: Made) -> None:
        # A path beyond ASCII is not written into shims: PATH has to find such a command.
        self.program = made.base.parent / "it's $here" / "goswitch-py"
        self.program.parent.mkdir()
        self.program.write_text(INSTALLER)
        self.program.chmod(0o755)
        made.sdk("go1.25.3")
        self.take_back(made)

    def take_back(self, made: Made) -> None:
        """Let the SDK wait again."""
        (made.layout.sdk_root / "go1.25.3").rename(self.program.with_name("goswitch-py.sdk"))

    def asked(self) -> str:
        """Return what it was asked."""
        file = self.program.with_name("goswitch-py.asked")
        return file.read_text() if file.exists() else ""

    def fails(self, status: int) -> None:
        """Let it fail."""
        self.program.with_name("goswitch-py.fails").write_text(f"{status}\n")


def shim(shell: Shell, made: Made, wish: str, command: Path | None, name: str = "go") -> list[str]:
    """Return the words that run a shim which was written with this setting."""
    names = [path.name for path in made.layout.sdk_root.glob("go[0-9]*")]
    rehash(made.layout, "local", [*names, "go1.25.3"], auto_install=wish, command=command)
    return [*shell.command(made.base / "called"), str(made.layout.shims / name)]


def default(made: Made, word: str) -> None:
    """Set the default."""
    (made.layout.sdk_root / ".goswitch").mkdir(exist_ok=True)
    (made.layout.sdk_root / ".goswitch" / "default").write_text(f"{word}\n")


def unpinned(made: Made, floor: str = "") -> None:
    """Take the pin away; write a go.mod with a floor where one is given."""
    (made.project / ".go-version").unlink()
    if floor:
        (made.project / "go.mod").write_text(f"module m\n\ngo {floor}\n")


def missing(made: Made) -> str:
    """Return what a shim says of the pinned 1.25.3 when that is missing."""
    where = made.project / ".go-version"
    return f"goswitch: go1.25.3 is not installed (set by {where}:1)\nhelp: goswitch install 1.25.3\n"
