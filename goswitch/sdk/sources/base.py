"""What every source of SDKs is: it lists what it has, and stages one SDK with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from goswitch.model.version import Version
    from goswitch.sdk.reporter import Reporter

MOST_BYTES = 500 << 20
"""The longest archive that is downloaded, the limit of module zips; the biggest release so far has 137 MB."""


class Proof(NamedTuple):
    """What showed that the bytes are Go's.

    `kind` is `checksumdb` or `sha256`; `value` the h1 or the hash in hex; `by` who states it: the name of the log, or
    the URL of the list. `record` is the number of the log's record.
    """

    kind: Literal["checksumdb", "sha256"]
    value: str
    by: str
    record: int | None = None

    def __str__(self) -> str:
        if self.kind == "checksumdb":
            return f"proven by the checksum database {self.by}"
        return f"its sha256 is the one that {self.by} states"


class Staged(NamedTuple):
    """An SDK that was unpacked and proven.

    `url` is without credentials, `size` the archive's in bytes; `digests` has the sha256 of each file, in hex, by its
    name in the tree.
    """

    url: str
    size: int
    proof: Proof
    digests: Mapping[str, str]


class Source(Protocol):
    """A source of SDKs for one platform."""

    @property
    def name(self) -> str:
        """`official`, `proxy`, `directory`."""

    @property
    def lists_all(self) -> bool:
        """Whether what it does not list, it does not have."""

    def versions(self) -> list[Version]:
        """Return what the source lists, in any order; raise NetworkError, SettingError."""

    def has(self, version: Version) -> bool:
        """Tell whether the source has a version, listed or not; raise NetworkError, SettingError."""

    def stage(self, version: Version, tree: Path, reporter: Reporter) -> Staged:
        """Unpack a version into the empty directory `tree`, and prove it.

        Raise NoSuchVersion if the source does not have it, NetworkError if it can't be reached, ProofError if what it
        sends is not what Go published.
        """
