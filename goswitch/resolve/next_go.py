"""What happens after the shim: cmd/go's own choice, where it finds what it chose, and the version that compiles.

The choice is `model/switching.py`. Nothing is run and nothing downloaded here; `version_there` asks the real go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from goswitch.model import switching
from goswitch.model.gomod import Line, development_version, scan
from goswitch.model.version import from_toolchain
from goswitch.resolve.environment import applied, changes
from goswitch.resolve.floors import floor_file
from goswitch.resolve.rule import ignore
from goswitch.sdk.go_settings import Found, GoSettings
from goswitch.system import look
from goswitch.system.processes import ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from goswitch.model.switching import Selection
    from goswitch.resolve.binding import Binding
    from goswitch.system.processes import Answer
    from goswitch.system.world import World

ITSELF, ON_PATH, IN_CACHE, DOWNLOAD, NOWHERE = "itself", "PATH", "module cache", "download", "nowhere"

_VERSION = re.compile(r"^go version (?:devel )?(go\S+)", re.MULTILINE)


@dataclass(frozen=True)
class NextGo:
    """What cmd/go of version `local` does in a folder.

    `setting` is the GOTOOLCHAIN that holds; `file` the go.work or go.mod that decides, with its two lines as the quick
    scanner sees them. `where` is one of the words above, `place` the program there. `version` is what compiles, ""
    where nothing does; `refusal` has Go's own words where it will refuse.
    """

    local: str
    setting: Found | None
    file: Path | None
    go: Line | None
    toolchain: Line | None
    selection: Selection
    where: str
    place: Path | None
    version: str
    refusal: str = ""

    @property
    def origin(self) -> str:
        """What decided, as a place: a file and line, or where GOTOOLCHAIN stands."""
        line = {switching.GO_LINE: self.go, switching.TOOLCHAIN_LINE: self.toolchain}.get(self.selection.by)
        if line is not None:
            return f"{self.file}:{line.line}"
        return self.setting.origin if self.setting is not None else "nothing"


def next_go(local: str, goroot: Path | None, directory: Path, env: Mapping[str, str], world: World) -> NextGo:
    """Return what cmd/go of version `local` does in `directory` in the environment that a shim gives it."""
    settings = GoSettings(env, world.home, goroot)
    setting = settings.get("GOTOOLCHAIN")
    file, go, toolchain = _lines(directory, env, settings)
    module = settings.get("GO111MODULE")
    is_off = module is not None and (module.value == "off" or (module.value == "auto" and file is None))
    chosen = switching.select(
        local,
        "" if setting is None or is_off else setting.value,
        go.value if go is not None else "",
        toolchain.value if toolchain is not None else "",
    )
    where, place, version, refusal = ITSELF, None, local, chosen.refusal
    if chosen.searches_path:
        where, place = _find(chosen, env, settings.module_cache(world.home), world)
        version = from_toolchain(chosen.toolchain)
        if where == NOWHERE:
            refusal = f'go: cannot find "{chosen.toolchain}" in PATH'
    if not refusal and file is not None and go is not None and not is_off:
        value = setting.value if setting is not None else "local"
        refusal = switching.refusal(version, go.value, _as_go_names(file, directory), value)
    return NextGo(local, setting, file, go, toolchain, chosen, where, place, "" if refusal else version, refusal)


def next_of(binding: Binding, world: World, pin_toolchain: str) -> NextGo | None:
    """Return what the cmd/go of a binding does in the working directory; None where its version can't be read."""
    goroot, program = goroot_of(binding), program_of(binding)
    local = version_in(goroot) if goroot is not None else ""
    if not local or program is None:
        return None
    return next_go(local, goroot, world.cwd, environment_of(binding, world.env, pin_toolchain), world)


def program_of(binding: Binding) -> Path | None:
    """Return the go that a binding starts."""
    return binding.sdk / "bin/go" if binding.sdk is not None else binding.program


def goroot_of(binding: Binding) -> Path | None:
    """Return the SDK of a binding; for `system` the one that the program, links followed, lies in, if it does."""
    if binding.sdk is not None or binding.program is None:
        return binding.sdk
    tree = binding.program.resolve().parent.parent
    return tree if (tree / "pkg/tool").is_dir() else None


def environment_of(binding: Binding, env: Mapping[str, str], pin_toolchain: str) -> dict[str, str]:
    """Return the environment that a shim gives to go: GOROOT and GOTOOLCHAIN as it sets them, PATH as it is."""
    changed = {name: value for name, value in changes(binding, env, pin_toolchain).items() if name != "PATH"}
    return applied(env, changed)


def version_in(goroot: Path) -> str:
    """Return the version that an SDK's VERSION file names, without `go`; "" if none."""
    for name in ("VERSION", "VERSION.cache"):
        if line := look.first_line(goroot / name):
            return development_version(line)
    return ""


def version_there(program: Path, directory: Path, env: Mapping[str, str]) -> tuple[str, Answer]:
    """Run `go version` in a folder, with no way to download; return the toolchain name that it prints, or ""."""
    answer = ask([str(program), "version"], cwd=directory, env={**env, "PWD": str(directory), "GOPROXY": "off"})
    found = _VERSION.search(answer.out) if answer.status == 0 else None
    return found.group(1) if found is not None else "", answer


def _lines(
    directory: Path, env: Mapping[str, str], settings: GoSettings
) -> tuple[Path | None, Line | None, Line | None]:
    work = settings.get("GOWORK")
    file = floor_file(directory, {**env, "GOWORK": work.value} if work is not None else env, ignore)
    data = look.read_regular(file) if file is not None else None
    if data is None:
        return file, None, None
    seen = scan(data, whole=True)
    return file, seen.go, seen.toolchain


def _find(chosen: Selection, env: Mapping[str, str], cache: Path | None, world: World) -> tuple[str, Path | None]:
    for entry in env.get("PATH", "").split(":"):
        program = Path(entry) / chosen.toolchain
        if entry.startswith("/") and look.is_program(program):
            return ON_PATH, program
    if not chosen.downloads:
        return NOWHERE, None
    if cache is not None:
        tree = cache / f"golang.org/toolchain@v0.0.1-{chosen.toolchain}.{world.platform.goos}-{world.platform.goarch}"
        if (tree / "bin/go").is_file():
            return IN_CACHE, tree / "bin/go"
    return DOWNLOAD, None


def _as_go_names(file: Path, directory: Path) -> str:
    """Return a file as cmd/go's messages name it (`base.ShortPath`): relative where that is shorter."""
    for up, place in enumerate((directory, *directory.parents)):
        if file.parent == place:
            return min("../" * up + file.name, str(file), key=len)
    return str(file)
