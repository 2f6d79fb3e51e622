"""Who signs: the hall's public key as text, and its fingerprint for people.

Rule: a public key is written as 64 lower-case hex digits. Its fingerprint is the SHA-256 of the
32 raw bytes, in sixteen groups of four hex digits, so that two people can read it to each other;
when fingerprints are compared, case, spaces, hyphens and colons do not matter, but every digit
does.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

_PUBLIC_KEY: Final = re.compile(r"[0-9a-f]{64}")
_FINGERPRINT: Final = re.compile(r"[0-9a-f]{64}")
_BETWEEN_GROUPS: Final = re.compile(r"[\s:-]")


def public_key_text(key: Ed25519PrivateKey | Ed25519PublicKey) -> str:
    """The public key as records and `hall_created` carry it."""
    public = key.public_key() if isinstance(key, Ed25519PrivateKey) else key
    return public.public_bytes_raw().hex()


def read_public_key(text: str) -> Ed25519PublicKey:
    """The key that `public_key_text` wrote; `ValueError` if it is not one."""
    if not _PUBLIC_KEY.fullmatch(text):
        raise ValueError("a public key is 64 lower-case hex digits")
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(text))


def fingerprint(public_key: str) -> str:
    """The fingerprint of a public key given as text."""
    digits = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()
    return "-".join(digits[start : start + 4] for start in range(0, 64, 4))


def plain_fingerprint(given: str) -> str | None:
    """The 64 digits of a fingerprint as a person typed it, or None if it is not one."""
    digits = _BETWEEN_GROUPS.sub("", given).lower()
    return digits if _FINGERPRINT.fullmatch(digits) else None


def is_signer(public_key: str, given: str) -> bool:
    """Whether a fingerprint, as a person typed it, is this key's."""
    digits = plain_fingerprint(given) or ""
    return hmac.compare_digest(digits, _BETWEEN_GROUPS.sub("", fingerprint(public_key)))
