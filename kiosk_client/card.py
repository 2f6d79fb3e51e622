"""The delegation's card: a seat's key on paper, wrapped with a PIN, for the seat that replaces it.

Rule: the card alone opens nothing, and the PIN alone opens nothing. A PIN of digits can be guessed
by whoever holds the card and has time, since nothing counts their guesses: each costs 64 MiB of
memory and some tenths of a second (scrypt, N = 65,536, r = 8), so the tablet that makes the card
draws the PIN itself, twelve digits long. The card says for which seat it is only as a hash.

Format, 78 bytes, written in Base32 (RFC 4648) without padding, in any grouping and either case:
version (1), log2 of scrypt's N (1), salt (16), the first 8 bytes of SHA-256 over the compact JSON
of [hall, member], the secret as 32 big-endian bytes sealed by AES-256-GCM (48), the first 4 bytes
of SHA-256 over all before; the one bit that is left of the last letter is zero. The 26 bytes before
the seal are its associated data. Its nonce is zero: a key is made of a fresh salt, and seals once.
`web/secrecy/card.ts` makes cards, and reads them alike.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from server.secrecy.credential import Credential, credential_of
from server.secrecy.group import Q

VERSION: Final = 1
PIN_DIGITS: Final = 12
"""How long a PIN is drawn: no card was made with another, so none is tried."""

_COSTS: Final = range(14, 19)
"""What a card may ask of this machine: up to 256 MiB."""
_HEADER: Final = 26
_LETTERS: Final = 125
_LETTER: Final = re.compile("[A-Za-z0-9]")
_NONCE: Final = bytes(12)


@dataclass(frozen=True, slots=True)
class NoCard:
    """The text is not a card, or was not read whole."""


@dataclass(frozen=True, slots=True)
class WrongPin:
    """The card is whole, and this PIN does not open it."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A card's key. `whose` tells whether it is that of a Member's seat in a hall."""

    credential: Credential
    whose: bytes = field(repr=False)

    def belongs_to(self, hall: str, member: str) -> bool:
        """Whether the card was made for this Member in this hall."""
        return self.whose == _whose(hall, member)


def unwrap(text: str, pin: str) -> Unwrapped | WrongPin | NoCard:
    """The key on a card. Takes some tenths of a second."""
    raw = _read(text)
    if raw is None:
        return NoCard()
    whole, checksum = raw[:-4], raw[-4:]
    if _checksum(whole) != checksum:
        return NoCard()
    if whole[0] != VERSION or whole[1] not in _COSTS:
        return NoCard()
    digits = digits_of(pin)
    if len(digits) != PIN_DIGITS:
        return WrongPin()
    header, sealed = whole[:_HEADER], whole[_HEADER:]
    try:
        secret = AESGCM(_stretched(digits, whole[2:18], whole[1])).decrypt(_NONCE, sealed, header)
    except InvalidTag:
        return WrongPin()
    exponent = int.from_bytes(secret)
    if not 0 < exponent < Q:
        return NoCard()
    return Unwrapped(credential_of(exponent), whole[18:_HEADER])


def _read(text: str) -> bytes | None:
    """The bytes of a card, whatever stands between its letters. Each card has one spelling."""
    letters = "".join(_LETTER.findall(text)).upper()
    if len(letters) != _LETTERS:
        return None
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error:
        return None
    return raw if base64.b32encode(raw).decode().rstrip("=") == letters else None


def digits_of(pin: str) -> str:
    """The digits of a PIN as typed, in any script, whatever stands between them."""
    return "".join(str(int(each)) for each in pin if each.isdecimal())


def _stretched(digits: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**cost, r=8, p=1).derive(digits.encode())


def _whose(hall: str, member: str) -> bytes:
    said = json.dumps([hall, member], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).digest()[:8]


def _checksum(whole: bytes) -> bytes:
    return hashlib.sha256(whole).digest()[:4]
