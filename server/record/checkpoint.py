"""A checkpoint: the hall's signed word on how its journal stood.

Rule: what is signed is the RFC 8785 form of the fields, with the purpose named in it, so that a
signature for one purpose never serves another. Who keeps a checkpoint can later show whether the
journal was rewritten. A countersignature says that its signer has seen the same checkpoint; it
covers the signer's name too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.record.entry import Head, Json
from server.record.signer import public_key_text, read_public_key

_PURPOSE: Final = "hemicycle checkpoint 1"
_COUNTER_PURPOSE: Final = "hemicycle countersignature 1"


@dataclass(frozen=True, slots=True)
class Countersignature:
    """A scrutineer's signature under a checkpoint. `public_key` and `signature` are hex."""

    name: str
    public_key: str
    signature: str

    def as_json(self) -> dict[str, Json]:
        """The countersignature as a record carries it."""
        return {"name": self.name, "public_key": self.public_key, "signature": self.signature}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How the journal of hall `origin` stood at `at` (milliseconds since 1970).

    `size` is the number of entries, `head` the hash of the last, `root` their Merkle root (RFC
    6962), both as hex; `signature` is the hall's, as hex.
    """

    origin: str
    size: int
    head: str
    root: str
    at: int
    signature: str
    countersignatures: tuple[Countersignature, ...] = ()

    def as_json(self) -> dict[str, Json]:
        """The checkpoint as a record carries it, and as a scrutineer may save it."""
        return {
            **_said(self),
            "signature": self.signature,
            "countersignatures": [each.as_json() for each in self.countersignatures],
        }


def sign_checkpoint(
    origin: str, head: Head, root: str, at: int, key: Ed25519PrivateKey
) -> Checkpoint:
    """The hall's checkpoint over `head.seq` entries."""
    bare = Checkpoint(origin, head.seq, head.hash, root, at, signature="")
    return replace(bare, signature=key.sign(_signed_bytes(bare)).hex())


def countersign(checkpoint: Checkpoint, name: str, key: Ed25519PrivateKey) -> Checkpoint:
    """The checkpoint with one more signature beneath it."""
    signature = key.sign(_countersigned_bytes(checkpoint, name)).hex()
    added = Countersignature(name, public_key_text(key), signature)
    return replace(checkpoint, countersignatures=(*checkpoint.countersignatures, added))


def fault_of_signatures(checkpoint: Checkpoint, public_key: str) -> str | None:
    """What is wrong with the signatures, the hall's first, or None if all hold."""
    if not _holds(public_key, checkpoint.signature, _signed_bytes(checkpoint)):
        return "checkpoint.signature is not the hall's"
    for number, each in enumerate(checkpoint.countersignatures):
        if not _holds(each.public_key, each.signature, _countersigned_bytes(checkpoint, each.name)):
            return f"checkpoint.countersignatures[{number}] does not hold"
    return None


def _holds(public_key: str, signature: str, said: bytes) -> bool:
    try:
        read_public_key(public_key).verify(bytes.fromhex(signature), said)
    except (InvalidSignature, ValueError):
        return False
    return True


def _said(checkpoint: Checkpoint) -> dict[str, Json]:
    return {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "head": checkpoint.head,
        "root": checkpoint.root,
        "at": checkpoint.at,
    }


def _signed_bytes(checkpoint: Checkpoint) -> bytes:
    return rfc8785.dumps({"purpose": _PURPOSE, **_said(checkpoint)})


def _countersigned_bytes(checkpoint: Checkpoint, name: str) -> bytes:
    return rfc8785.dumps(
        {
            "purpose": _COUNTER_PURPOSE,
            "name": name,
            "checkpoint": {**_said(checkpoint), "signature": checkpoint.signature},
        }
    )
