"""Verification of a record from the record alone.

Rule: the record is rebuilt from its own chain and compared with itself: every value is either
covered by a signature or computed again. The first thing wrong is named; what could not be
computed again, because it is withheld, is named too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from server.ballots.events import BallotEvent
from server.ballots.life import Cancelled, Void
from server.record.chain import BrokenLink, verify_chain
from server.record.checkpoint import Checkpoint, fault_of_signatures
from server.record.difference import first_difference
from server.record.events import Recorded
from server.record.merkle import journal_root
from server.record.portrait import FORMAT, VERSION, portray
from server.record.reading import read_checkpoint, read_document, read_key, read_links
from server.record.recompute import fault_of_story
from server.record.recount_sealed import refused_without_text
from server.record.signer import fingerprint, is_signer, plain_fingerprint
from server.record.story import BadStory, Story, disclosed, tell
from server.rules.reading import Malformed, shown
from server.vocabulary import Mode

_BESIDE_THE_PORTRAIT: Final = frozenset({"chain", "checkpoint"})


@dataclass(frozen=True, slots=True)
class Sound:
    """The record holds. `authenticated` says whether the signer's key was given and is this one.

    `not_recomputed` says what the record leaves to be believed; `earlier` is the size of the
    saved checkpoint that the journal was found to continue, if one was given.
    """

    portrait: dict[str, Any]
    fingerprint: str
    authenticated: bool
    checkpoint: Checkpoint
    not_recomputed: tuple[str, ...]
    earlier: int | None


@dataclass(frozen=True, slots=True)
class Unsound:
    """The first thing wrong with the record."""

    what: str


class _Wrong(Exception):
    """Leaves the check at the first thing wrong."""


def verify_record(
    raw: bytes, key: str | None = None, saved: bytes | None = None
) -> Sound | Unsound:
    """Check a record's bytes.

    `key` is the fingerprint of the hall's key, got in another way than the record; `saved` is
    the file of a checkpoint, or a record, kept from earlier.
    """
    try:
        return _verify(raw, key, saved)
    except _Wrong as wrong:
        return Unsound(str(wrong))
    except Malformed as error:
        return Unsound(f"{error.path}: {error.problem}" if error.path else error.problem)
    except BadStory as error:
        return Unsound(str(error))


def _verify(raw: bytes, key: str | None, saved: bytes | None) -> Sound:
    document = read_document(raw)
    if document.get("format") != FORMAT:
        raise _Wrong('this is not a record of a ballot: "format" is not "hemicycle record"')
    if document.get("version") != VERSION or type(document["version"]) is not int:
        raise _Wrong(f"version: says {shown(document.get('version'))}; this program knows 1")
    public_key = read_key(document)
    _check_signer(public_key, key)
    links = read_links(document.get("chain"))
    checkpoint = read_checkpoint(document.get("checkpoint"))
    entries = verify_chain(links, public_key)
    if isinstance(entries, BrokenLink):
        raise _Wrong(f"chain, {entries}")
    _check_checkpoint(checkpoint, entries, public_key)
    earlier = None if saved is None else _check_saved(saved, entries, public_key)
    ballot = document.get("id")
    if not isinstance(ballot, str):
        raise _Wrong(f"id: expected the ballot's id, got {shown(ballot)}")
    _check_disclosure(entries, ballot)
    story = tell(entries, ballot)
    if story.public_key != public_key:
        raise _Wrong("hall.public_key: not the key that the hall was created with")
    if story.hall != checkpoint.origin:
        raise _Wrong("checkpoint.origin: not this hall")
    portrait = _portrait(entries, story)
    difference = first_difference(
        {name: value for name, value in document.items() if name not in _BESIDE_THE_PORTRAIT},
        portrait,
    )
    if difference is not None:
        raise _Wrong(difference)
    return Sound(
        portrait=portrait,
        fingerprint=fingerprint(public_key),
        authenticated=key is not None,
        checkpoint=checkpoint,
        not_recomputed=_not_recomputed(entries, story),
        earlier=earlier,
    )


def _portrait(entries: Sequence[Recorded], story: Story) -> dict[str, Any]:
    """What the record must say. Whoever holds a key can sign values of any shape."""
    try:
        fault = fault_of_story(entries, story)
        if fault is not None:
            raise _Wrong(fault)
        return portray(story)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise _Wrong(
            f"what was signed does not have the shape of a ballot's entries: {error}"
        ) from None


def _check_signer(public_key: str, key: str | None) -> None:
    if key is None:
        return
    if plain_fingerprint(key) is None:
        raise _Wrong("--key: a fingerprint is 64 hex digits, in groups or without")
    if not is_signer(public_key, key):
        raise _Wrong(f"signed by another key: its fingerprint is {fingerprint(public_key)}")


def _check_checkpoint(checkpoint: Checkpoint, entries: Sequence[Recorded], public_key: str) -> None:
    if checkpoint.size != len(entries):
        raise _Wrong(f"checkpoint.size: says {checkpoint.size}; the chain has {len(entries)}")
    if checkpoint.head != entries[-1].hash:
        raise _Wrong("checkpoint.head: not the hash of the chain's last entry")
    if checkpoint.root != journal_root(entry.hash for entry in entries):
        raise _Wrong("checkpoint.root: not the Merkle root of the chain")
    fault = fault_of_signatures(checkpoint, public_key)
    if fault is not None:
        raise _Wrong(fault)


def _check_saved(saved: bytes, entries: Sequence[Recorded], public_key: str) -> int:
    """The size of the saved checkpoint, if this chain continues it."""
    try:
        document = read_document(saved)
        earlier = read_checkpoint(document.get("checkpoint", document))
    except Malformed as error:
        raise _Wrong(f"--checkpoint: {error}") from None
    fault = fault_of_signatures(earlier, public_key)
    if fault is not None:
        raise _Wrong(f"--checkpoint: saved {fault}")
    if earlier.size > len(entries):
        raise _Wrong(
            f"--checkpoint: the saved one covers {earlier.size} entries, this record only "
            f"{len(entries)}; download the record again and compare that"
        )
    before = entries[: earlier.size]
    if earlier.head != before[-1].hash or earlier.root != journal_root(
        entry.hash for entry in before
    ):
        raise _Wrong(
            f"--checkpoint: the journal was rewritten: its first {earlier.size} entries are not "
            "those that the saved checkpoint covers"
        )
    return earlier.size


def _check_disclosure(entries: Sequence[Recorded], ballot: str) -> None:
    expected = disclosed(entries, ballot)
    for entry in entries:
        header = entry.header
        if header.seq in expected and entry.payload is None:
            raise _Wrong(f"entry {header.seq} ({header.type}) is withheld; the ballot needs it")
        if header.seq not in expected and entry.payload is not None:
            raise _Wrong(f"entry {header.seq} ({header.type}) does not belong to this record")


def _not_linked(story: Story) -> list[str]:
    """What a non-recorded ballot leaves to be believed: it keeps no votes to count again."""
    notes: list[str] = []
    if story.closure is not None:
        notes.append("the tally: who voted is recorded, but not what, so the hall's count is taken")
    erased = [each for each in story.events if each.header.type == BallotEvent.ERASED.value]
    if erased:
        replicas = (erased[0].payload or {})["replicas"]
        known = f" (there were at least {replicas} replicas)" if replicas else ""
        notes.append("that the ballot box was erased after the close: as the hall says")
        notes.append(f"that replicas and backups of the box keep nothing: nobody says so{known}")
    elif story.ballot.opened_at is not None:
        notes.append("that the ballot box was erased: the hall had not said so yet")
    return notes


def _not_recomputed(entries: Sequence[Recorded], story: Story) -> tuple[str, ...]:
    withheld = Counter(entry.header.type for entry in entries if entry.payload is None)
    notes: list[str] = []
    if isinstance(story.ballot.state, Cancelled):
        notes.append("any votes: the ballot was cancelled, so they are withheld")
    elif isinstance(story.ballot.state, Void) and story.closure is None:
        notes.append("what was counted: the ballot is void, so it is withheld")
    if story.roll is not None:
        notes.append("who was present when the roll was frozen: as the hall announced it")
    if story.ballot.question.mode is Mode.NON_RECORDED:
        notes += _not_linked(story)
    elif story.closure is not None and story.ballot.secret is None:
        notes.append("presses that were changed before the close: only their number is recorded")
    if story.ballot.secret is not None:
        notes.append("which seat holds which credential: as the scrutineers signed it")
        if bare := refused_without_text(story):
            notes.append(
                f"that the proofs of {bare} refused ballots failed: their texts are lacking"
            )
    if story.declared is not None:
        notes.append("the wording of the sentences: as the hall declared it")
    if withheld:
        kinds = ", ".join(f"{kind} {number}" for kind, number in sorted(withheld.items()))
        notes.append(
            f"the content of {withheld.total()} entries, withheld but in their place ({kinds})"
        )
    return tuple(notes)
