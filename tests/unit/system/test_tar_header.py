"""The checksum of a tar header is the sum of its bytes, however it is computed and however great it is."""

from __future__ import annotations

import pytest

from goswitch.errors import ArchiveError
from goswitch.system.tar_header import HeaderReader

HIGH = "ÿ".encode() * 48
"""UTF-8 whose bytes are all beyond ASCII."""


def header(name: bytes, prefix: bytes, owner: bytes, off: int = 0) -> bytes:
    """Return the header of a file of 5 bytes, whose checksum is wrong by `off`."""
    block = bytearray(512)
    block[: len(name)] = name
    block[100:108], block[124:136], block[136:148] = b"0000644\0", b"00000000005\0", b"00000000000\0"
    block[148:156], block[156:157], block[257:265] = b" " * 8, b"0", b"ustar\x0000"
    block[265 : 265 + len(owner)] = owner
    block[345 : 345 + len(prefix)] = prefix
    block[148:156] = b"%06o\0 " % (sum(block) + off)
    return bytes(block)


CASES = {
    "ascii": (b"go/VERSION", b"", b"root"),
    "beyond ascii": (b"go/" + HIGH, b"", b"root"),
    "a sum beyond 16 bits": (HIGH, HIGH + b"/" + HIGH[:56], b"\xff" * 64),
}


@pytest.mark.parametrize("case", CASES)
def test_the_sum_is_that_of_all_bytes(case: str) -> None:
    name, prefix, owner = CASES[case]
    block = header(name, prefix, owner)
    assert (sum(block) > 0xFFFF) == (case == "a sum beyond 16 bits")
    whole = prefix + b"/" + name if prefix else name
    assert HeaderReader().read(block) == (b"0", whole, 5, 0o644, True)


@pytest.mark.parametrize("off", [1, -1, 65521, -65521, 8 * 0x20])
@pytest.mark.parametrize("case", CASES)
def test_another_sum_is_refused(case: str, off: int) -> None:
    if off < 0 and sum(header(*CASES[case])) + off < 0:
        off = -off
    with pytest.raises(ArchiveError, match="wrong checksum"):
        HeaderReader().read(header(*CASES[case], off=off))
