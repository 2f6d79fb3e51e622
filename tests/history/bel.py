"""The ballots in a published archive, read anew from the format and from nothing of the hall.

Source: Belenios specification 2.0, section 4.4: an old-style tar of 512-byte blocks, payloads named
`HASH.data.json` before the events `HASH.event.json` that refer to them.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

BLOCK = 512


@dataclass(frozen=True, slots=True)
class Cast:
    """A sealed ballot in its place: the height and the hash of its event."""

    tracker: str
    height: int
    event: str


def tracker_of(text: str) -> str:
    """By what a seat finds its sealed ballot: SHA-256 in base64 without padding (4.15)."""
    return _base64(hashlib.sha256(text.encode()).digest())


def ballots_in(raw: bytes) -> tuple[Cast, ...]:
    """The ballots of an archive in their order."""
    found = []
    at = 0
    while at < len(raw):
        name = raw[at : at + 100].rstrip(b"\0").decode()
        size = int(raw[at + 124 : at + 135], 8)
        body = raw[at + BLOCK : at + BLOCK + size]
        at += BLOCK + size + -size % BLOCK
        digest, _, kind = name.partition(".")
        if kind == "event.json":
            event: dict[str, Any] = json.loads(body)
            if event["type"] == "Ballot":
                tracked = _base64(bytes.fromhex(event["payload"]))
                found.append(Cast(tracked, event["height"], digest))
    return tuple(found)


def _base64(digest: bytes) -> str:
    return base64.b64encode(digest).decode().rstrip("=")
