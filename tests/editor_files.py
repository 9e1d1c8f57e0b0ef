"""The files in which editors keep which SDK they use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from sighted import Looker


def goland(looker: Looker, url: str, folder: Path | None = None) -> Path:
    """Let GoLand have its GOROOT at `url`, for the project or `folder`; return the file, whose second line says so."""
    file = (folder or looker.box.project) / ".idea/workspace.xml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f'<project version="4">\n  <component name="GOROOT" url="{url}" />\n</project>\n')
    return file


def vscode(looker: Looker, text: str) -> Path:
    """Write the project's settings of VS Code."""
    file = looker.box.project / ".vscode/settings.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text)
    return file
