"""Where `goswitch-py` begins: what is to be set before the command line is imported, and Ctrl-C while it is."""

from __future__ import annotations

import gc
import os

from goswitch.errors import INTERRUPTED

_RARELY = 100_000


def main() -> None:
    """Run `goswitch-py`, which looks for garbage less often than Python does by itself.

    That would take a tenth of the time of importing, in which nothing becomes garbage.
    """
    gc.set_threshold(_RARELY)
    try:
        from goswitch.cli.main import main as run  # noqa: PLC0415 - see above
    except KeyboardInterrupt:
        os.write(2, b"goswitch: interrupted\n")
        os._exit(INTERRUPTED)
    run()
