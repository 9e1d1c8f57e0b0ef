"""Answers `goswitch-py ARGUMENTS` many times from one warm interpreter: a fork a question, as if it were started.

Reads a JSON object a line on stdin ({"arguments", "cwd", "env", "user"}), writes one a line ({"status", "out", "err"}).
Each child gets that environment, folder and user before `main` reads its world, and pipes for its streams.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from typing import Any

from goswitch.cli import main as command_line
from goswitch.cli.verbs import current, root, which  # noqa: F401 - imported here once, not in each child


def answer(question: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _be_it(question, out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        out.seek(0)
        err.seek(0)
        texts = [stream.read().decode("utf-8", "surrogateescape") for stream in (out, err)]
    return {"status": os.waitstatus_to_exitcode(status), "out": texts[0], "err": texts[1]}


def _be_it(question: dict[str, Any], out: int, err: int) -> None:
    os.dup2(out, 1)
    os.dup2(err, 2)
    if question["user"] is not None:
        os.setgroups([])
        os.setgid(question["user"])
        os.setuid(question["user"])
    os.chdir(question["cwd"])
    os.environ.clear()
    os.environ.update(question["env"])
    sys.argv = ["goswitch-py", *question["arguments"]]
    status = 70
    try:
        command_line.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


for line in sys.stdin:
    sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
    sys.stdout.flush()
