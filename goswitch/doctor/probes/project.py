"""The project that a folder belongs to: its own folder, its repository's, and the files of other tools in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.doctor.probes.modfiles import modfiles
from goswitch.doctor.probes.pinned import pinned
from goswitch.integrate.project_files import ProjectFiles, find_project_files

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.doctor.facts import Facts


def repository_of(folder: Path) -> Path | None:
    """Return the folder of the repository that a folder lies in, or None."""
    return next((place for place in (folder, *folder.parents) if (place / ".git").exists()), None)


def project_folder(facts: Facts) -> Path:
    """Return the deepest folder above the current one that has the pin, or the go.mod or go.work that decides.

    One above the repository, or above everything where there is none, is nobody's project: then it is the current one.
    """
    pin, file = facts.ask(pinned), facts.ask(modfiles).deciding
    places = [pin.place.file.parent] if pin is not None and pin.place is not None else []
    repository = repository_of(facts.cwd)
    if repository is None:
        places = places if places == [facts.cwd] else []
    if file is not None:
        places.append(file.path.parent)
    above = (facts.cwd, *facts.cwd.parents)
    within = [place for place in places if place in above and (repository is None or place.is_relative_to(repository))]
    return max(within, key=lambda place: len(place.parts), default=facts.cwd)


def project_files(facts: Facts) -> ProjectFiles:
    """Return the files of other tools; those of CI only where the project is all of its repository, or has its pin."""
    base = facts.ask(project_folder)
    repository = repository_of(facts.cwd) or base
    pin = facts.ask(pinned)
    is_repositorys = pin is not None and pin.place is not None and repository.is_relative_to(pin.place.file.parent)
    return find_project_files(base, repository if is_repositorys else base)
