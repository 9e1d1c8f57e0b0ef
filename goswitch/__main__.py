"""`python -m goswitch`: the Python command without the sh front, for tests and for a checkout that is not installed."""

from __future__ import annotations

from goswitch.cli.start import main

if __name__ == "__main__":
    main()
