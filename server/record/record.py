"""The record of a ballot: what is handed out, and what `hemicycle verify` takes.

Rule: a record stands alone. It carries every entry's header and signature from the first to the
checkpoint, and the payloads that the ballot's result follows from; everything else in it is
computed from those. Whatever is withheld is still in its place in the chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from server.ballots.life import Cancelled, Certified, Declared, Published, Void, phase_of
from server.record.chain import Link
from server.record.checkpoint import Checkpoint, sign_checkpoint
from server.record.entry import Entry, Head
from server.record.events import open_entry
from server.record.merkle import journal_root
from server.record.portrait import portray
from server.record.story import disclosed, tell
from server.vocabulary import Phase

_FINISHED: Final = (Declared, Certified, Published, Cancelled, Void)


@dataclass(frozen=True, slots=True)
class NotFinished:
    """The ballot has no record yet: it was not declared, cancelled or voided."""

    phase: Phase


def checkpoint_of(
    entries: Sequence[Entry], hall: str, at: int, key: Ed25519PrivateKey
) -> Checkpoint:
    """The hall's signed checkpoint over the whole journal, which has at least one entry."""
    last = entries[-1]
    root = journal_root(entry.hash for entry in entries)
    return sign_checkpoint(hall, Head(last.seq, last.hash), root, at, key)


def build_record(
    entries: Sequence[Entry], ballot: str, checkpoint: Checkpoint
) -> dict[str, Any] | NotFinished:
    """The record of a ballot as JSON values.

    `entries` is the journal from its first entry; those behind the checkpoint are left out.
    Raises `BadStory` if the journal has no such ballot or is damaged.
    """
    covered = entries[: checkpoint.size]
    opened = [open_entry(entry) for entry in covered]
    shown = disclosed(opened, ballot)
    # The votes of a cancelled ballot are withheld before its story is told, so that they cannot
    # get into any part of the record.
    links = [_link(entry, shows=entry.seq in shown) for entry in covered]
    story = tell(
        [entry if entry.header.seq in shown else replace(entry, payload=None) for entry in opened],
        ballot,
    )
    if not isinstance(story.ballot.state, _FINISHED):
        return NotFinished(phase_of(story.ballot.state))
    return {
        **portray(story),
        "chain": [link_as_json(link) for link in links],
        "checkpoint": checkpoint.as_json(),
    }


def link_as_json(link: Link) -> dict[str, str]:
    """A link as a record carries it. Header and payload are texts: they are hashed as they are."""
    written = {"header": link.header.decode(), "signature": link.signature.hex()}
    if link.payload is not None and link.nonce is not None:
        written["payload"] = link.payload.decode()
        written["nonce"] = link.nonce.hex()
    return written


def _link(entry: Entry, *, shows: bool) -> Link:
    return Link(
        header=entry.header,
        signature=entry.signature,
        payload=entry.payload if shows else None,
        nonce=entry.nonce if shows else None,
    )
