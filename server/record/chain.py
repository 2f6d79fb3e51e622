"""A chain of entries, checked link by link.

Rule: the check needs headers and signatures only; a payload may be withheld, and one that is
there must be the one that its header commits to. The first thing wrong is named by its entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature

from server.record.entry import GENESIS, Entry, Head
from server.record.events import BadPayload, Recorded, recorded
from server.record.header import BadHeader
from server.record.signer import read_public_key


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as a record carries it: payload and nonce are None where they are withheld."""

    header: bytes
    signature: bytes
    payload: bytes | None
    nonce: bytes | None


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first thing wrong with a chain."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.seq}: {self.what}"


def links_of(entries: Iterable[Entry]) -> tuple[Link, ...]:
    """Stored entries as links, nothing withheld."""
    return tuple(
        Link(entry.header, entry.signature, entry.payload, entry.nonce) for entry in entries
    )


def verify_chain(
    links: Sequence[Link], public_key: str, after: Head = GENESIS
) -> tuple[Recorded, ...] | BrokenLink:
    """The entries behind `after`, opened, if every link holds; else the first thing wrong.

    `public_key` is the hall's, as text; `ValueError` if it is not a key.
    """
    key = read_public_key(public_key)
    head = after
    entries: list[Recorded] = []
    for link in links:
        seq = head.seq + 1
        try:
            entry = recorded(link.header, link.payload, link.nonce)
        except (BadHeader, BadPayload) as error:
            return BrokenLink(seq, str(error))
        if entry.header.seq != seq:
            return BrokenLink(seq, f"its header says that it is number {entry.header.seq}")
        if entry.header.prev != head.hash:
            return BrokenLink(seq, "it does not follow the entry before")
        try:
            key.verify(link.signature, bytes.fromhex(entry.hash))
        except InvalidSignature:
            return BrokenLink(seq, "the signature is not the hall's")
        entries.append(entry)
        head = Head(seq, entry.hash)
    return tuple(entries)
