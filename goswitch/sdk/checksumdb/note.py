"""Signed notes, and the one home of cryptography (`golang.org/x/mod/sumdb/note`).

A note is a text that ends with a newline, a blank line, and signature lines `— NAME BASE64`: four bytes of key hash and
an Ed25519 signature of the text. A verifier key is `NAME+HASH+BASE64`, of a byte 1 for Ed25519 and the public key.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import NamedTuple

from goswitch.errors import ProofError, SettingError

_ED25519 = b"\x01"
_KEY_SIZE = 33
_SIGNATURE_SIZE = 68
_KEY = re.compile(r"([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
_MOST_SIGNATURES = 100


class Key(NamedTuple):
    """A log's public key: its name, the hash that signatures name it by, and 32 bytes of Ed25519."""

    name: str
    key_hash: bytes
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Key:
        """Return the key that a verifier key spells; raise SettingError."""
        match = _KEY.fullmatch(text)
        if match is None:
            raise SettingError(f"not the key of a checksum database: {text}")
        name, key_hash = match[1], bytes.fromhex(match[2])
        try:
            data = base64.b64decode(match[3], validate=True)
        except binascii.Error:
            data = b""
        if len(data) != _KEY_SIZE or data[:1] != _ED25519:
            raise SettingError(f"the key of the checksum database {name} is not an Ed25519 key")
        if hashlib.sha256(f"{name}\n".encode() + data).digest()[:4] != key_hash:
            raise SettingError(f"the key of the checksum database {name} does not fit its own hash")
        return cls(name, key_hash, data[1:])


def open_note(note: bytes, key: Key) -> str:
    """Return the text of a note that `key` signed; raise ProofError if it did not, or if the note is malformed."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - loaded when something is proven
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    text, blank, lines = note.rpartition(b"\n\n")
    try:
        signatures = lines.decode().split("\n")
        shown = (text + b"\n").decode()
    except UnicodeDecodeError:
        raise ProofError(f"the checksum database {key.name} sends a malformed note") from None
    if not blank or signatures.pop() != "" or not 0 < len(signatures) <= _MOST_SIGNATURES:
        raise ProofError(f"the checksum database {key.name} sends a malformed note")
    for line in signatures:
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        try:
            signature = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            signature = b""
        if dash != "\u2014" or not signature:
            raise ProofError(f"the checksum database {key.name} sends a malformed note")
        if name != key.name or signature[:4] != key.key_hash or len(signature) != _SIGNATURE_SIZE:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature[4:], shown.encode())
        except InvalidSignature:
            raise ProofError(f"the signature of the checksum database {key.name} does not hold") from None
        return shown
    raise ProofError(f"a note of the checksum database {key.name} is not signed by its key")
