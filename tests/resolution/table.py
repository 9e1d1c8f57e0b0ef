"""The case table of the resolution rule, one for sh and Python: how a case is read, and how its tree is built.

A case in `cases/*.toml`:

    name        what it shows
    files       path below {TMP} -> content, or { kind = dir | fifo | link (to) | unreadable (text) | bytes (hex)
                | program | zero }
    sdks        SDKs in {ROOT}: "go1.22.4" is complete; words behind the name make it something else: `_build_sdk`
    default     content of {ROOT}/.goswitch/default
    at          where {ROOT} is, below {TMP}; ~/sdk if not given. `bare`: it is not made
    env, unset  environment variables; HOME, PATH, PWD and LC_ALL are there anyway
    path        entries of PATH. {TMP}/usr is an SDK of the system, {TMP}/apart/bin has a go apart from its SDK
    cwd         working directory, below {TMP}; `p` if not given
    current, root, which (tool -> path)      what is printed; or `arguments` and `stdout`
    fact, help, status                       or how it fails, whatever is asked; 126 if not given
    reads.NAME  the same keys for the one reader `python`, `zsh`, `yash`, where the bytes of a file can't be read alike;
    not_for     readers that can't read them at all

{TMP} and {ROOT} stand for paths. The SDKs are stand-ins: `bin/go` is a sh script that prints what it was given.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

CASES = Path(__file__).parent / "cases"
NOBODY = 65534

STAND_IN = """#!/bin/sh
# A stand-in for bin/go: prints what it was given.
if [ "$1 $2" = "env GOROOT" ]; then
    printf '%s\\n' "/answered by go env GOROOT=${GOROOT-unset} GOTOOLCHAIN=${GOTOOLCHAIN-unset} GOWORK=${GOWORK-unset}"
    exit
fi
printf '%s\\n' "ran $0" "GOROOT=${GOROOT-unset}" "GOTOOLCHAIN=${GOTOOLCHAIN-unset}"
printf '%s\\n' "GOSWITCH_DEPTH=${GOSWITCH_DEPTH-unset}"
for word do printf '%s\\n' "argument $word"; done
"""


@dataclass(frozen=True)
class Outcome:
    """What a command prints and how it ends."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Case:
    """One row of the table."""

    name: str
    row: Mapping[str, Any]

    @property
    def needs_nobody(self) -> bool:
        """Whether root would not see the difference."""
        return any(
            isinstance(file, dict) and file["kind"] == "unreadable" for file in self.row.get("files", {}).values()
        )

    def questions(self) -> list[list[str]]:
        """Return the arguments that the front and Python are asked."""
        if "arguments" in self.row:
            return [self.row["arguments"]]
        return [["current"], ["root"], *(["which", tool] for tool in self.row.get("which", {}))]

    def expected(self, question: list[str], reader: str, tree: Tree) -> Outcome:
        """Return the answer to one question, as `reader` (`python`, or the name of a shell's program) gives it."""
        row = {**self.row, **self.row.get("reads", {}).get(reader, {})}
        if "fact" in row and (reader not in self.row.get("reads", {}) or "fact" in self.row["reads"][reader]):
            error = f"goswitch: {row['fact']}\nhelp: {row['help']}\n"
            return Outcome(row.get("status", 126), "", tree.fill(error))
        match question:
            case ["which", tool] if "stdout" not in row:
                line = row["which"][tool]
            case ["current" | "root" as verb] if "stdout" not in row:
                line = row[verb]
            case _:
                line = row["stdout"]
        return Outcome(0, f"{tree.fill(line)}\n", "")

    def expected_run(self, reader: str, tree: Tree) -> Outcome | None:
        """Return what the shim `go` prints when it is called with `version`; None if that is no question here."""
        if "arguments" in self.row:
            return None
        current = self.expected(["current"], reader, tree)
        if current.status != 0:
            return current
        root = self.expected(["root"], reader, tree).out.rstrip("\n")
        toolchain = "local" if " (set by " in current.out else tree.env.get("GOTOOLCHAIN") or "unset"
        if current.out.startswith("system ("):
            program = current.out.rstrip("\n").rsplit("): ", 1)[1]
            return _run(program, "unset", tree.env.get("GOTOOLCHAIN", "unset"), "1")
        return _run(f"{root}/bin/go", root, toolchain, "unset")


@dataclass
class Tree:
    """A case on disk: its environment, and the folder to ask in."""

    base: Path
    root: Path
    cwd: Path
    env: dict[str, str] = field(default_factory=dict)
    user: int | None = None

    def fill(self, text: str) -> str:
        """Return a text with the paths of this tree."""
        return text.replace("{TMP}", str(self.base)).replace("{ROOT}", str(self.root))


def load_cases() -> list[Case]:
    """Return all cases; their names are unique."""
    rows = [row for file in sorted(CASES.glob("*.toml")) for row in tomllib.loads(file.read_text())["case"]]
    doubled = [name for name, times in Counter(row["name"] for row in rows).items() if times > 1]
    assert not doubled, f"two cases have one name: {doubled}"
    return [Case(row["name"], row) for row in rows]


@contextmanager
def built(case: Case) -> Iterator[Tree]:
    """Build a case's tree in a folder that everybody may read, and take it away at the end."""
    base = Path(tempfile.mkdtemp(prefix="goswitch-case-")).resolve()
    base.chmod(0o755)
    try:
        yield _build(case, base)
    finally:
        shutil.rmtree(base)


def _build(case: Case, base: Path) -> Tree:
    row = case.row
    home = base / "home"
    tree = Tree(base, base / row["at"] if "at" in row else home / "sdk", base / row.get("cwd", "p"))
    for folder in (home, tree.cwd.parent, base / "p", base / "empty"):
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in row.get("files", {}).items():
        _build_file(base / path, content)
    if not row.get("bare"):
        tree.root.mkdir(parents=True, exist_ok=True)
    for spec in row.get("sdks", []):
        _build_sdk(tree, *spec.split())
    if "default" in row:
        _build_file(tree.root / ".goswitch" / "default", row["default"])
    for tool in ("usr/bin/go", "usr/bin/gofmt", "apart/bin/go"):
        _build_file(base / tool, {"kind": "program"})
    _build_file(base / "usr/VERSION", "go1.25.1\n")
    (base / "usr/pkg/tool").mkdir(parents=True)
    path = ":".join(row.get("path", ["{TMP}/empty"]))
    env = {"HOME": str(home), "PWD": str(tree.cwd), "LC_ALL": "C", "PATH": path, **row.get("env", {})}
    tree.env = {name: tree.fill(value) for name, value in env.items() if name not in row.get("unset", [])}
    if case.needs_nobody and os.geteuid() == 0:
        tree.user = NOBODY
    return tree


def _build_file(path: Path, content: str | dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        path.write_bytes(content.encode())
        return
    match content["kind"]:
        case "dir":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "link":
            path.symlink_to(content["to"])
        case "unreadable":
            path.write_text(content["text"])
            path.chmod(0)
        case "bytes":
            path.write_bytes(bytes.fromhex(content["hex"]))
        case "program" | "zero" as kind:
            path.write_text(STAND_IN if kind == "program" else "")
            path.chmod(0o755)
        case kind:
            raise ValueError(f"unknown kind {kind}")


def _build_sdk(tree: Tree, name: str, *words: str) -> None:
    """Make a stand-in SDK. The words: what is different from a complete one, or another tool in its `bin`."""
    path = tree.root / name
    if "linked" in words or "dangling" in words:
        target = tree.base / "elsewhere" / name
        path.symlink_to(target)
        if "dangling" in words:
            return
        path = target
    path.mkdir(parents=True, exist_ok=True)
    if "empty" in words:
        return
    for tool in ("go", "gofmt", *(word for word in words if word == "godoc")):
        _build_file(path / "bin" / tool, {"kind": "program"})
    go = path / "bin" / "go"
    changes: dict[str, Callable[[], object]] = {
        "zero": lambda: go.write_text(""),
        "gone": go.unlink,
        "modeless": lambda: go.chmod(0o644),
        "folder": partial(_make_folder, go),
        "formatless": (path / "bin" / "gofmt").unlink,
    }
    for word in words:
        if word in changes:
            changes[word]()
        else:
            assert word in {"incomplete", "plain", "linked", "godoc"}, f"unknown word {word}"
    if not {"incomplete", "plain", "linked"} & set(words):
        (path / ".unpacked-success").touch()


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _run(program: str, goroot: str, toolchain: str, depth: str) -> Outcome:
    lines = [f"ran {program}", f"GOROOT={goroot}", f"GOTOOLCHAIN={toolchain}", f"GOSWITCH_DEPTH={depth}"]
    return Outcome(0, "\n".join([*lines, "argument version", ""]), "")
