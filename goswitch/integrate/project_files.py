"""Where in a project other tools keep what they say about Go: found by name, in a bounded walk."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from goswitch.integrate.mise import FILES as MISE
from goswitch.model import pin

if TYPE_CHECKING:
    from pathlib import Path

DEEPEST = 4
"""How many folders below the project's are looked into."""
MOST_FOLDERS = 2000

_DOCKERFILE = re.compile(r"(?:Dockerfile|Containerfile)(?:\.(?!.*ignore$).+)?|.+\.[Dd]ockerfile")
_COMPOSE = re.compile(r"(?:docker-)?compose(?:\..+)?\.ya?ml")
_WORKFLOW = re.compile(r".+\.ya?ml")
_SKIPPED = frozenset({"node_modules", "vendor", "testdata"})


@dataclass
class ProjectFiles:
    """Paths by what they are; `pins` are the pin files of folders below, which are projects of their own."""

    dockerfiles: list[Path] = field(default_factory=list)
    compose: list[Path] = field(default_factory=list)
    devcontainers: list[Path] = field(default_factory=list)
    workflows: list[Path] = field(default_factory=list)
    gitlab: list[Path] = field(default_factory=list)
    circleci: list[Path] = field(default_factory=list)
    mise: list[Path] = field(default_factory=list)
    pins: list[Path] = field(default_factory=list)
    cut_short: bool = False


def find_project_files(base: Path, repository: Path) -> ProjectFiles:
    """Return the files of the project in `base`, and of CI in the folder of its repository."""
    found = ProjectFiles()
    _walk(base, found)
    devcontainers = [base / ".devcontainer.json", *_in(base / ".devcontainer", re.compile(r"devcontainer\.json"), 1)]
    found.devcontainers += [path for path in devcontainers if path.is_file()]
    found.dockerfiles += _in(base / ".devcontainer", _DOCKERFILE, 1)
    found.compose += _in(base / ".devcontainer", _COMPOSE, 1)
    found.mise += [path for path in (base / name for name in MISE) if path.is_file()]
    found.workflows += _in(repository / ".github" / "workflows", _WORKFLOW, 0)
    found.workflows += _in(repository / ".github" / "actions", re.compile(r"action\.ya?ml"), DEEPEST)
    found.workflows += [path for path in (repository / "action.yml", repository / "action.yaml") if path.is_file()]
    found.gitlab += [path for path in (repository / ".gitlab-ci.yml",) if path.is_file()]
    found.circleci += [path for path in (repository / ".circleci" / "config.yml",) if path.is_file()]
    return found


def _walk(base: Path, found: ProjectFiles) -> None:
    folders = [(base, 0)]
    looked_into = 0
    while folders:
        folder, depth = folders.pop(0)
        looked_into += 1
        if looked_into > MOST_FOLDERS:
            found.cut_short = True
            return
        names, below = _listed(folder)
        if depth and not {pin.GO_VERSION, ".git"}.isdisjoint({*names, *below}):
            # A project, or a repository, of its own.
            found.pins += [folder / pin.GO_VERSION] if pin.GO_VERSION in names else []
            continue
        found.dockerfiles += [folder / name for name in names if _DOCKERFILE.fullmatch(name)]
        found.compose += [folder / name for name in names if _COMPOSE.fullmatch(name)]
        if depth < DEEPEST:
            folders += [(folder / name, depth + 1) for name in below if name[0] != "." and name not in _SKIPPED]


def _listed(folder: Path) -> tuple[list[str], list[str]]:
    """Return the names of files and of folders in a folder, sorted; links to folders are not followed."""
    names: list[str] = []
    below: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    below.append(entry.name)
                elif entry.is_file():
                    names.append(entry.name)
    except OSError:
        return [], []
    return sorted(names), sorted(below)


def _in(folder: Path, pattern: re.Pattern[str], depth: int) -> list[Path]:
    """Return the files of a name in a folder and, so deep, below it."""
    names, below = _listed(folder)
    here = [folder / name for name in names if pattern.fullmatch(name)]
    return here + [path for name in (below if depth else ()) for path in _in(folder / name, pattern, depth - 1)]
