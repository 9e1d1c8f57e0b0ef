"""The first screen: all verbs, in 80 columns, without importing any of them."""

from __future__ import annotations

import subprocess
import sys

from box import REPOSITORY

from goswitch.cli.overview import OVERVIEW, VERBS


def test_it_names_every_verb_once() -> None:
    modules = {path.stem for path in (REPOSITORY / "goswitch/cli/verbs").glob("*.py")} - {"__init__"}
    assert set(VERBS) == modules
    assert len(VERBS) == sum(len(verbs) for verbs in OVERVIEW.values())


def test_the_screen_fits_and_loads_no_verb() -> None:
    program = (
        "import sys; from goswitch.cli.main import goswitch\n"
        "try: goswitch(['--help'], prog_name='goswitch')\n"
        "finally: print([name for name in sys.modules if name.startswith('goswitch.cli.verbs.')], file=sys.stderr)"
    )
    env = {"PATH": "/usr/bin:/bin", "COLUMNS": "80", "LC_ALL": "C.UTF-8"}
    shown = subprocess.run(
        [sys.executable, "-c", program], cwd=REPOSITORY, env=env, capture_output=True, text=True, check=True
    )
    assert shown.stderr == "[]\n"
    assert max(map(len, shown.stdout.splitlines())) <= 80
    for verb in VERBS:
        assert f"\n  {verb} " in shown.stdout
