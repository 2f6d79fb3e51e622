"""One journal entry: header, payload, nonce, hash, signature.

Rule: an entry's hash is the SHA-256 of its header as RFC 8785 canonical JSON. The header holds
the number, the hash of the entry before, the time, the actor, the type, the subject, and a
*commitment* to the payload: SHA-256(nonce + canonical payload). So the chain verifies without
the payload, and a payload can stay withheld while its place in the chain is public. The
signature is Ed25519 over the 32 bytes of the hash. Stored bytes are what is hashed: nothing is
re-serialised when it is verified.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None

ENTRY_VERSION: Final = 1
"""The version of the header's shape; older ones are upcast when they are read."""

ZERO_HASH: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain stands: the seq and hash (64 hex digits) of its last entry."""

    seq: int
    hash: str


GENESIS: Final = Head(0, ZERO_HASH)
"""The head of an empty chain."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, before it has a place in the chain.

    `type` is in the past tense, `subject` is the ballot it concerns or None, `actor` is
    `role:name`, `at` milliseconds since 1970.
    """

    type: str
    subject: str | None
    actor: str
    at: int
    payload: dict[str, Json]


@dataclass(frozen=True, slots=True)
class Entry:
    """A sealed entry. `header` and `payload` are the canonical bytes that were hashed."""

    seq: int
    hash: str
    header: bytes
    payload: bytes
    nonce: bytes
    signature: bytes


def commitment(nonce: bytes, payload: bytes) -> str:
    """The commitment to a payload's bytes under its own 32-byte nonce, as 64 hex digits."""
    return hashlib.sha256(nonce + payload).hexdigest()


def seal(head: Head, event: Event, nonce: bytes, key: Ed25519PrivateKey) -> Entry:
    """The entry that puts `event` behind `head`, signed by the hall's key."""
    payload = rfc8785.dumps(event.payload)
    header = rfc8785.dumps(
        {
            "v": ENTRY_VERSION,
            "seq": head.seq + 1,
            "prev": head.hash,
            "at": event.at,
            "actor": event.actor,
            "type": event.type,
            "subject": event.subject,
            "commitment": commitment(nonce, payload),
        }
    )
    digest = hashlib.sha256(header)
    return Entry(
        seq=head.seq + 1,
        hash=digest.hexdigest(),
        header=header,
        payload=payload,
        nonce=nonce,
        signature=key.sign(digest.digest()),
    )


def seal_all(
    head: Head, events: list[tuple[Event, bytes]], key: Ed25519PrivateKey
) -> tuple[Entry, ...]:
    """Entries for several events, each with its nonce, one behind the other."""
    entries: list[Entry] = []
    for event, nonce in events:
        entry = seal(head, event, nonce, key)
        entries.append(entry)
        head = Head(entry.seq, entry.hash)
    return tuple(entries)
