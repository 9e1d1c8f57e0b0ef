"""A small checksum database that tests build and sign themselves, and by which they can lie.

It hashes its tree by the recursive definition of RFC 6962, on its own, so that it also checks the engine's hashing.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from loopback import Reply

NAME = "log.test"


def hash_of(leaves: list[bytes], first: int, last: int) -> bytes:
    """Return the Merkle tree hash of the leaves from `first` to before `last`."""
    if last - first == 1:
        return leaves[first]
    half = 1 << (last - first - 1).bit_length() - 1
    left, right = hash_of(leaves, first, first + half), hash_of(leaves, first + half, last)
    return hashlib.sha256(b"\1" + left + right).digest()


@cache
def filler(number: int) -> bytes:
    """Return a record that is in the log for nothing but its length."""
    return f"example.org/filler v0.0.{number} h1:{number:044d}\n".encode()


class ChecksumLog:
    """A log of `before` filler records and what is added. Attributes may be changed to make it lie."""

    def __init__(self, before: int = 5, *, name: str = NAME, seed: bytes = b"k" * 32) -> None:
        self.name = name
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.records = [filler(number) for number in range(before)]
        self.numbers: dict[str, int] = {}
        self.replaced: dict[str, bytes] = {}

    @property
    def key(self) -> str:
        """The verifier key, as GOSUMDB spells it."""
        data = b"\x01" + self._private.public_key().public_bytes_raw()
        return f"{self.name}+{self._hash.hex()}+{base64.b64encode(data).decode()}"

    @property
    def _hash(self) -> bytes:
        data = b"\x01" + self._private.public_key().public_bytes_raw()
        return hashlib.sha256(f"{self.name}\n".encode() + data).digest()[:4]

    def add(self, module: str, version: str, h1: str) -> None:
        """Add a record."""
        self.numbers[f"{module}@{version}"] = len(self.records)
        self.records.append(f"{module} {version} {h1}\n{module} {version}/go.mod h1:{'m' * 43}=\n".encode())

    def grow(self, count: int) -> None:
        """Add `count` filler records."""
        start = len(self.records)
        self.records += [filler(number) for number in range(start, start + count)]

    def leaves(self) -> list[bytes]:
        """Return the hashes of the records."""
        return [hashlib.sha256(b"\0" + record).digest() for record in self.records]

    def note(self, size: int | None = None) -> bytes:
        """Return the signed head of the first `size` records."""
        size = len(self.records) if size is None else size
        return self.sign(size, hash_of(self.leaves(), 0, size))

    def sign(self, size: int, root: bytes) -> bytes:
        """Return a signed head that says what it is told."""
        text = f"go.sum database tree\n{size}\n{base64.b64encode(root).decode()}\n"
        signature = base64.b64encode(self._hash + self._private.sign(text.encode())).decode()
        return f"{text}\n\u2014 {self.name} {signature}\n".encode()

    def lookup(self, name: str, size: int | None = None) -> bytes:
        """Return the answer for `module@version`, under the head of `size` records."""
        number = self.numbers[name]
        return f"{number}\n".encode() + self.records[number] + b"\n" + self.note(size)

    def tile(self, level: int, index: int, width: int) -> bytes | None:
        """Return a tile, or None if the log is not so long."""
        step = 256**level
        first = index * 256
        if (first + width) * step > len(self.records):
            return None
        leaves = self.leaves()
        return b"".join(hash_of(leaves, n * step, (n + 1) * step) for n in range(first, first + width))

    def answer(self, path: str) -> bytes | None:
        """Return what the log answers for a path below its URL, None for 404."""
        if path in self.replaced:
            return self.replaced[path]
        if path == "supported":
            return b""
        if path.startswith("lookup/"):
            name = path.removeprefix("lookup/")
            return self.lookup(name) if name in self.numbers else None
        if path.startswith("tile/8/"):
            level, _, rest = path.removeprefix("tile/8/").partition("/")
            number, _, width = rest.partition(".p/")
            index = int("".join(part.removeprefix("x") for part in number.split("/")))
            return self.tile(int(level), index, int(width or 256))
        return None

    def reply(self, path: str) -> Reply | None:
        """Answer for a loopback server."""
        body = self.answer(path)
        return Reply(body) if body is not None else None
