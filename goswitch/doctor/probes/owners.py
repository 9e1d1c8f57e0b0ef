"""Whose a program is: known by where it lies, and for the system's folders by the package manager."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.model.layout import MARKER, RECEIPT
from goswitch.system.processes import ask

if TYPE_CHECKING:
    from goswitch.model.layout import Layout

MODULE_CACHE = "Go's module cache"
WRAPPERS = "golang.org/dl"

_BY_PATH = (
    (r"/golang\.org/toolchain@v", MODULE_CACHE),
    (r"/Cellar/|/homebrew/|/linuxbrew/", "Homebrew"),
    (r"/\.?mise/|/rtx/", "mise"),
    (r"/\.?asdf/", "asdf"),
    (r"/\.?goenv/", "goenv"),
    (r"/\.?gvm/", "gvm"),
    (r"/\.gobrew/", "gobrew"),
    (r"/\.go/|/\.g/", "g"),
    (r"/nix/store/|/\.nix-profile/", "Nix"),
    (r"/snap/", "snap"),
    (r"/sdk/gotip/", WRAPPERS),
)
"""What a path shows, links followed or not, and the owner's name."""

_DPKG = Path("/usr/bin/dpkg-query")
_SYSTEM = ("/usr/bin/", "/usr/lib/", "/usr/share/", "/bin/")


def owner_of(program: Path, layout: Layout) -> str:
    """Return who put a program there: a manager's or package's name, or "" if nothing shows it."""
    real = program.resolve()
    if real.is_relative_to(layout.sdk_root):
        tree = layout.sdk_root / real.relative_to(layout.sdk_root).parts[0]
        if (tree / RECEIPT).exists():
            return "goswitch"
        return WRAPPERS if (tree / MARKER).exists() else "nobody: no marker"
    for pattern, name in _BY_PATH:
        if re.search(pattern, str(program)) or re.search(pattern, str(real)):
            return name
    if str(real).startswith(_SYSTEM) and _DPKG.exists():
        return _debian_package(real)
    return "unpacked by hand" if str(real).startswith("/usr/local/go/") else ""


def _debian_package(path: Path) -> str:
    answer = ask([str(_DPKG), "--search", str(path)], cwd=Path("/"), env={"LC_ALL": "C"})
    package, colon, _ = answer.out.partition(":")
    return f"Debian package {package}" if answer.status == 0 and colon else ""
