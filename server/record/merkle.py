"""The Merkle tree hash of a journal (RFC 6962, section 2.1).

Rule: a leaf is the 32-byte hash of an entry. Leaves and nodes are hashed with different first
bytes, so that neither can pass for the other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962 over any leaves; of none it is the SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    # Pairing neighbours level by level, an odd one going up as it is, gives the same tree as the
    # RFC's splits at powers of two.
    level = [hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(level) > 1:
        above = [
            hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest()
            for at in range(0, len(level) - 1, 2)
        ]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


def journal_root(hashes: Iterable[str]) -> str:
    """The root over entries, given their hashes as hex; 64 hex digits."""
    return tree_hash([bytes.fromhex(each) for each in hashes]).hex()
