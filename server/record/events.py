"""An entry as it is read: its place, its header, and its payload where that is disclosed.

Rule: a payload is read only after its commitment was checked against the header, so whatever
this module hands out is what the hall signed (once the chain was verified).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import rfc8785

from server.record.entry import Entry, commitment
from server.record.header import Header, read_header


class BadPayload(ValueError):
    """The payload is not what the header commits to; the message says why."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry of the journal. `hash` is its own; `payload` is None where it is withheld."""

    hash: str
    header: Header
    payload: dict[str, Any] | None


def recorded(header: bytes, payload: bytes | None, nonce: bytes | None) -> Recorded:
    """The entry with this header. Raises `BadHeader` or `BadPayload`."""
    read = read_header(header)
    opened = None
    if payload is not None and nonce is not None:
        if commitment(nonce, payload) != read.commitment:
            raise BadPayload("the payload is not the one that the header commits to")
        opened = _payload(payload)
    return Recorded(hash=hashlib.sha256(header).hexdigest(), header=read, payload=opened)


def open_entry(entry: Entry) -> Recorded:
    """A stored entry, opened. Raises `BadHeader` or `BadPayload`: the store is damaged."""
    return recorded(entry.header, entry.payload, entry.nonce)


def _payload(raw: bytes) -> dict[str, Any]:
    try:
        value = json.loads(raw)
        canonical = rfc8785.dumps(value)
    except (ValueError, RecursionError) as error:
        raise BadPayload(f"the payload is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise BadPayload("the payload is not an object")
    if canonical != raw:
        raise BadPayload("the payload is not written as canonical JSON (RFC 8785)")
    return value
