"""Copies of real SDKs to spoil, which cost no space: links. What a test changes it first makes its own."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from sdks import real_sdk

if TYPE_CHECKING:
    from pathlib import Path


def place(root: Path, version: str, name: str | None = None, *, source: tuple[str, ...] = ()) -> Path:
    """Put a real SDK into `root`: programs as hard links, `src` as a link to the real one.

    With `source` its folder is real, these folders in it are copies, and all else in it are links.
    """
    real = real_sdk(version)
    tree = root / (name or f"go{version}")
    tree.mkdir(parents=True)
    for path in real.iterdir():
        if path.name == "src" and not source:
            (tree / "src").symlink_to(path)
        elif path.name == "src":
            _place_source(path, tree / "src", source)
        elif path.is_dir():
            shutil.copytree(path, tree / path.name, copy_function=_link)
        else:
            shutil.copy2(path, tree / path.name)
    return tree


def _place_source(real: Path, target: Path, copied: tuple[str, ...]) -> None:
    target.mkdir()
    for path in real.iterdir():
        if path.name in copied:
            shutil.copytree(path, target / path.name)
        elif path.is_dir():
            (target / path.name).symlink_to(path)
        else:
            shutil.copy2(path, target / path.name)


def own(path: Path, data: bytes | None = None) -> Path:
    """Make a file one of its own, with these bytes or those that it has."""
    content = path.read_bytes() if data is None else data
    mode = path.stat().st_mode & 0o7777
    path.unlink()
    path.write_bytes(content)
    path.chmod(mode)
    return path


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
