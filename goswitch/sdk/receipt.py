"""receipt.json: where an SDK came from and what proved it. Written into the staged tree, before it is published."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from goswitch import __version__
from goswitch.errors import DiskError
from goswitch.model.layout import RECEIPT
from goswitch.system.files import doing, writing

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.model.platform import Platform
    from goswitch.model.version import Version
    from goswitch.sdk.sources.base import Staged

SCHEMA = 1


class Receipt(NamedTuple):
    """What a receipt says. `proof` has `kind`, `value`, `by` and perhaps `record`; `size` is the archive's in bytes."""

    version: str
    platform: str
    source: str
    url: str
    size: int
    proof: dict[str, Any]
    installed_at: str


def write_receipt(tree: Path, version: Version, platform: Platform, source: str, staged: Staged, *, now: float) -> None:
    """Write the receipt of `tree`; `now` in seconds since the epoch. Raise DiskError."""
    proof = {"kind": staged.proof.kind, "value": staged.proof.value, "by": staged.proof.by}
    if staged.proof.record is not None:
        proof["record"] = staged.proof.record  # type: ignore[assignment]
    values = {
        "schema_version": SCHEMA,
        "version": version.released.text,
        "platform": str(platform),
        "source": source,
        "url": staged.url,
        "size": staged.size,
        "proof": proof,
        "files": len(staged.digests),
        "installed_at": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
        "installed_by": f"goswitch {__version__}",
    }
    with writing(tree / RECEIPT) as file:
        file.write(json.dumps(values, indent=2).encode() + b"\n")


def read_receipt(tree: Path) -> Receipt | None:
    """Return the receipt of an SDK, None where there is none (another tool's SDK); raise DiskError if it is damaged."""
    path = tree / RECEIPT
    try:
        with doing("read", path):
            values = json.loads(path.read_bytes())
        return Receipt(
            version=str(values["version"]),
            platform=str(values["platform"]),
            source=str(values["source"]),
            url=str(values["url"]),
            size=int(values["size"]),
            proof=dict(values["proof"]),
            installed_at=str(values["installed_at"]),
        )
    except DiskError as error:
        if isinstance(error.__cause__, (FileNotFoundError, NotADirectoryError)):
            return None
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise DiskError(f"{path} is damaged", help=f"goswitch repair {tree.name}") from error
