"""Certificates that tests make: an authority of their own, and servers' certificates that are right or wrong."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


class Authority:
    """A certificate authority. `file` holds its certificate, for SSL_CERT_FILE."""

    def __init__(self, folder: Path, name: str = "tests") -> None:
        self._folder, self._name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        made = self._builder(name, self._key.public_key(), NOW + DAY)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        usage = dict.fromkeys(
            ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only"), False
        )  # fmt: skip
        made = made.add_extension(x509.KeyUsage(key_cert_sign=True, crl_sign=True, **usage), critical=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def _builder(self, name: str, key: ec.EllipticCurvePublicKey, end: dt.datetime) -> x509.CertificateBuilder:
        return x509.CertificateBuilder(
            issuer_name=_name(self._name), subject_name=_name(name), public_key=key,
            serial_number=x509.random_serial_number(), not_valid_before=NOW - 9 * DAY, not_valid_after=end,
        )  # fmt: skip

    def server(self, *names: str, end: dt.datetime = NOW + DAY) -> ssl.SSLContext:
        """Return what a server needs to be all of `names`, host names or addresses, until `end`."""
        key = ec.generate_private_key(ec.SECP256R1())
        known = [
            x509.IPAddress(ipaddress.ip_address(name)) if name[0].isdigit() else x509.DNSName(name) for name in names
        ]
        made = self._builder(names[0], key.public_key(), end)
        made = made.add_extension(x509.SubjectAlternativeName(known), critical=False)
        chain, secret = self._folder / f"{names[0]}.crt", self._folder / f"{names[0]}.key"
        chain.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
        secret.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, secret)
        return context
