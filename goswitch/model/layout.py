"""Where everything lies, declared once. Pure paths: nothing here looks at the disk.

The SDK root and the marker are the contract of golang.org/dl, so that both tools use each other's SDKs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.version import Version

MARKER = ".unpacked-success"
"""The empty file that says that an SDK is complete: written last, removed first."""

OWN = ".goswitch"
"""The folder of ours, in the SDK root and in each SDK."""

RECEIPT = f"{OWN}/receipt.json"
DIGESTS = f"{OWN}/files.sha256"

SHIMS_MARK = ".goswitch-shims"
"""The file by which a folder on PATH is known as one of shims, whoever made it."""


class Layout(NamedTuple):
    """The SDK root and the three folders of the user's: data (shims, hooks), cache and config."""

    sdk_root: Path
    data: Path
    cache: Path
    config: Path

    def sdk(self, version: Version) -> Path:
        """Return the SDK directory of a release."""
        return self.sdk_root / version.released.name

    @property
    def own(self) -> Path:
        """Our folder in the SDK root; its name begins with a dot, so that editors don't list it."""
        return self.sdk_root / OWN

    @property
    def staging(self) -> Path:
        """Where SDKs are unpacked: on the file system of the SDK root, so that publishing is one rename."""
        return self.own / "staging"

    @property
    def locks(self) -> Path:
        """Where locks lie: beside what they guard, for users that share an SDK root."""
        return self.own / "locks"

    @property
    def default_file(self) -> Path:
        """The file that names the default, in pin grammar."""
        return self.own / "default"

    @property
    def shims(self) -> Path:
        """The folder of shims that goes first in PATH."""
        return self.data / "shims"

    @property
    def hooks(self) -> Path:
        """Where the rendered hooks lie."""
        return self.data / "hooks"

    @property
    def completions(self) -> Path:
        """Where the rendered completions lie."""
        return self.data / "completions"

    @property
    def downloads(self) -> Path:
        """Partial downloads, kept for resuming."""
        return self.cache / "downloads"

    @property
    def asking(self) -> Path:
        """Who asks at which terminal whether something is to be installed."""
        return self.cache / "asking"

    @property
    def lists(self) -> Path:
        """The last list of each source."""
        return self.cache / "lists"

    @property
    def checksumdb(self) -> Path:
        """Tree heads and tiles of the checksum database."""
        return self.cache / "checksumdb"

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.config / "config.toml"
