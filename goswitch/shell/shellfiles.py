"""Where the shell files lie: in a wheel beside the package's modules, in a checkout at the top.

An editable install has no copy in the package, so the checkout's files are used and edits are live.
"""

from __future__ import annotations

from pathlib import Path

from goswitch.errors import GoswitchError


def shell_files() -> Path:
    """Return the folder of shell files; GoswitchError if goswitch was installed without them."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_shims", package.parent / "shims"):
        if (folder / "go.sh").is_file():
            return folder
    raise GoswitchError(
        f"the shell files of goswitch are missing: {package / '_shims'}",
        help="pip install --force-reinstall goswitch",
    )
