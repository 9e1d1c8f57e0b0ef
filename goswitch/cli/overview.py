"""The verbs as `goswitch --help` shows them: in the order of what they are for, one line each.

What they say is here and not in the verbs, so that the screen comes without importing all of them. Each verb is the
module of its name in `cli/verbs/` and the command `verb` in it.
"""

from __future__ import annotations

OVERVIEW = {
    "SDKs": {
        "install": "Install SDKs, proven: those named, or what this folder asks for",
        "uninstall": "Remove SDKs",
        "list": "List what is installed",
        "available": "List what can be installed",
        "prune": "Remove older patches that nothing is known to use",
        "verify": "Hold SDKs against what was installed, or against Go's own log",
        "repair": "Fetch SDKs again and swap them for those that are there",
        "link": "Make an SDK that lies elsewhere known by a name",
        "cache": "Show or delete downloads, lists and records",
    },
    "Which one runs": {
        "pin": "Bind this folder to an SDK, in .go-version",
        "default": "Set the SDK for folders that ask for none",
        "shell": "Bind this shell to an SDK",
        "current": "Print which one runs here, and why (--explain)",
        "root": "Print its GOROOT: $(goswitch root) in a Makefile",
        "which": "Print the path of its go or gofmt",
        "exec": "Run one command under an SDK",
        "env": "Print what makes a shell or a program use an SDK",
    },
    "What is wrong": {
        "doctor": "Show which go runs for whom, what is wrong, and the cure",
        "check": "Find what disagrees about Go in this project, for CI too",
        "tools": "List what go install built, and with which Go",
    },
    "This machine": {
        "setup": "Put the shims and the hook into your shell's files",
        "init": "Print the hook for a shell",
        "completion": "Print what completes at TAB",
        "rehash": "Write the shims anew",
        "config": "Show and change settings",
    },
}

VERBS = tuple(sorted(verb for verbs in OVERVIEW.values() for verb in verbs))
