"""What cmd/go itself does once it is started: it stays, or hands over to another toolchain.

The rule is `toolchain.Select` (`cmd/go/internal/toolchain/select.go`), over values: what it reads is handed in. It
never goes below itself unless GOTOOLCHAIN names a version.
"""

from __future__ import annotations

from dataclasses import dataclass

from goswitch.model.version import compare, from_toolchain, is_language

FIRST_THAT_SWITCHES = "1.21"
"""Go before this version knows neither GOTOOLCHAIN nor the toolchain line."""

SETTING, GO_LINE, TOOLCHAIN_LINE = "GOTOOLCHAIN", "go line", "toolchain line"


@dataclass(frozen=True)
class Selection:
    """The toolchain that runs, and by what. `by` is "" where it stays as it is; `refusal` has Go's own words.

    `searches_path` and `downloads` say where another toolchain is looked for.
    """

    toolchain: str
    by: str = ""
    searches_path: bool = False
    downloads: bool = False
    refusal: str = ""


def select(local: str, setting: str, go_line: str, toolchain_line: str) -> Selection:
    """Return what cmd/go of version `local` does.

    `setting` is the GOTOOLCHAIN that holds, "" for none at all; the lines are the values that the quick scanner sees in
    the go.work or go.mod that decides, "" where there is none.
    """
    own = f"go{local}"
    if compare(local, FIRST_THAT_SWITCHES) < 0 or not setting:
        return Selection(own)
    chosen, mode, refusal = _start(own, setting)
    if refusal:
        return Selection(own, SETTING, refusal=refusal)
    by = SETTING if chosen != own else ""
    if mode and toolchain_line != "default":
        minimum = from_toolchain(chosen)
        if toolchain_line:
            version = from_toolchain(toolchain_line)
            if not version:
                return Selection(own, TOOLCHAIN_LINE, refusal=f'go: invalid toolchain "{toolchain_line}"')
            if compare(version, minimum) > 0:
                chosen, minimum, by = toolchain_line, version, TOOLCHAIN_LINE
        if compare(go_line, minimum) > 0:
            chosen, by = f"go{go_line}", GO_LINE
            if is_language(go_line) and _adds_patch(local):
                chosen += ".0"
    if chosen == own:
        return Selection(own)
    return Selection(chosen, by, searches_path=True, downloads=mode != "path")


def _adds_patch(local: str) -> bool:
    """Tell whether cmd/go of this version makes `go1.22.0` of the line `go 1.22` (golang.org/issue/62278).

    1.22.4 and the 1.21.11 of the same day were the first; those before look for `go1.22`, which nobody released.
    """
    return compare(local, "1.22.4") >= 0 or (compare(local, "1.22") < 0 and compare(local, "1.21.11") >= 0)


def _start(own: str, setting: str) -> tuple[str, str, str]:
    """Return the toolchain to begin with, the mode (auto, path or "") and Go's refusal of a setting that is none."""
    if setting in {"auto", "path"}:
        return own, setting, ""
    first, plus, mode = setting.partition("+")
    if first == "local":
        first = own
    elif not from_toolchain(first):
        reason = f': invalid minimum toolchain "{first}"' if plus else ""
        return own, "", f'go: invalid GOTOOLCHAIN "{setting}"{reason}'
    if plus and mode not in {"auto", "path"}:
        return own, "", f'go: invalid GOTOOLCHAIN "{setting}": only version suffixes are +auto and +path'
    return first, mode, ""


def refusal(running: str, go_line: str, file: str, setting: str) -> str:
    """Return the words with which cmd/go of version `running` refuses a go line above it; "" where it builds.

    `file` is go.mod or go.work as cmd/go names it: relative to the working directory.
    """
    if not go_line or compare(running, go_line) >= 0 or compare(running, FIRST_THAT_SWITCHES) < 0:
        return ""
    return f"go: {file} requires go >= {go_line} (running go {running}; GOTOOLCHAIN={setting})"
