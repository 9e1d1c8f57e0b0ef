"""goswitch keeps several Go SDKs side by side and makes every folder run its own."""

__version__ = "0.1.0"
