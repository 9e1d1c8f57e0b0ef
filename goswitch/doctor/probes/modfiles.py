"""The go.mod or go.work that decides in a folder, and the modules that a go.work uses, as both readers read them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.errors import DiskError
from goswitch.model.finding import Place
from goswitch.model.gomod import Scan, scan
from goswitch.model.modfile import Modfile, parse
from goswitch.resolve.floors import GO_MOD, GO_WORK, floor_file
from goswitch.resolve.rule import ignore
from goswitch.system import look

if TYPE_CHECKING:
    from goswitch.doctor.facts import Facts
    from goswitch.model.gomod import Line


@dataclass(frozen=True)
class ReadFile:
    """One go.mod or go.work: as the quick scanner reads it, as our shims scan it, and as the strict parser does."""

    path: Path
    quick: Scan
    ours: Scan
    strict: Modfile

    @property
    def is_work(self) -> bool:
        """Whether it is a go.work."""
        return self.path.name == GO_WORK or (self.path.name != GO_MOD and self.path.suffix == ".work")

    def at(self, line: int) -> Place:
        """Return the place of a line."""
        return Place(self.path, line)

    @property
    def go(self) -> Line | None:
        """The go line: the strict parser's where it has one, else the quick scanner's."""
        return self.strict.go or self.quick.go

    @property
    def toolchain(self) -> Line | None:
        """The toolchain line, likewise."""
        return self.strict.toolchain or self.quick.toolchain


@dataclass(frozen=True)
class Use:
    """A `use` line of go.work: the module's go.mod, None where there is none."""

    line: int
    written: str
    module: ReadFile | None


@dataclass(frozen=True)
class Modfiles:
    """What decides, and the modules under it."""

    deciding: ReadFile | None
    uses: tuple[Use, ...] = ()

    @property
    def modules(self) -> tuple[ReadFile, ...]:
        """The go.mod files: the deciding one, or those that go.work uses."""
        if self.deciding is not None and not self.deciding.is_work:
            return (self.deciding,)
        return tuple(use.module for use in self.uses if use.module is not None)

    @property
    def all(self) -> tuple[ReadFile, ...]:
        """All of them, the deciding one first."""
        others = tuple(module for module in self.modules if module is not self.deciding)
        return others if self.deciding is None else (self.deciding, *others)


def modfiles(facts: Facts) -> Modfiles:
    """Read them; DiskError for one that is there and can't be read."""
    path = floor_file(facts.cwd, facts.env, ignore)
    if path is None:
        return Modfiles(None)
    deciding = read_modfile(path)
    if not deciding.is_work:
        return Modfiles(deciding)
    return Modfiles(deciding, tuple(_use(path.parent, line) for line in deciding.strict.uses))


def read_modfile(path: Path) -> ReadFile:
    """Read one file both ways."""
    data = look.read_regular(path)
    if data is None:
        raise DiskError(f"{path}: cannot be read", help=f"ls -l {path}")
    name = GO_MOD if path.name == GO_MOD else GO_WORK
    return ReadFile(path, scan(data, whole=True), scan(data), parse(data, name))


def _use(folder: Path, line: Line) -> Use:
    module = Path(folder, line.value) / GO_MOD
    return Use(line.line, line.value, read_modfile(module) if look.kind(module) is look.Kind.FILE else None)
