"""A ballot as its journal entries tell it, and what of the journal its record discloses.

Rule: the same entries give the same story, whether they come from the hall's journal or from an
exported record. The votes of a cancelled ballot stay withheld: its partial tally is never shown.
So do those of a void non-recorded one: no Member could find its own vote in them, nor a mistake.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, assert_never

from server.assembly.assembly import Assembly, member_by_code
from server.assembly.changes import CHANGES, OF_DELEGATES, changed
from server.assembly.roll import Roll
from server.assembly.stored import from_json
from server.ballots.events import BallotEvent, BrokenHistory, apply, begin
from server.ballots.life import (
    Announced,
    Ballot,
    Calling,
    Cancelled,
    CastVote,
    Certified,
    Closed,
    Closure,
    Declared,
    Draft,
    InDoubt,
    Open,
    Prepared,
    Published,
    Result,
    Suspended,
    Telling,
    Void,
)
from server.record.events import Recorded
from server.record.header import Header
from server.vocabulary import Kind, Mode

_BALLOT_EVENTS = frozenset(event.value for event in BallotEvent)

_PARTIAL = frozenset(
    event.value
    for event in (
        BallotEvent.CLOSED,
        BallotEvent.TALLY_ENTERED,
        BallotEvent.TALLY_DISPUTED,
        BallotEvent.TALLY_CONFIRMED,
        BallotEvent.ANSWER_GIVEN,
        BallotEvent.SHARE_GIVEN,
        BallotEvent.OPENED_TALLY,
    )
)
"""The entries that tell how Members voted: withheld where the ballot was cancelled."""

_COUNTED = frozenset(
    event.value
    for event in (
        BallotEvent.CLOSED,
        BallotEvent.DECLARED,
        BallotEvent.LOTS_DRAWN,
        BallotEvent.CHAIR_SETTLED,
    )
)
"""The entries that tell what was counted: withheld where a non-recorded ballot is void."""

_FREEZES = frozenset({BallotEvent.ANNOUNCED.value, BallotEvent.ADOPTED.value})
"""The entries that freeze the roll."""

GENESIS_TYPE = "hall_created"


class BadStory(Exception):
    """The entries cannot be told as a ballot's story; the message says why."""


@dataclass(frozen=True, slots=True)
class Story:
    """A ballot from its first entry to its last.

    `assembly` is as it was when the roll was frozen, or as it is where it was not.
    `roll` is None before the announcement, `closed_at` before the close (milliseconds since
    1970); `closure` is None too where the votes are withheld; `declared` is what was declared
    and still stands.
    """

    assembly: Assembly
    hall: str
    public_key: str
    ballot: Ballot
    roll: Roll | None
    closure: Closure | None
    override: str | None
    declared: dict[str, Any] | None
    events: tuple[Recorded, ...]
    handed_over: tuple[tuple[str, str], ...] = ()
    """Which delegate voted for a Member from then on, while the ballot was before the assembly: the
    vote was handed over, or the delegation named anew."""
    earlier: tuple[Story, ...] = ()
    """In an election, the rounds before, oldest first; what was cancelled or void is left out."""


def disclosed(entries: Sequence[Recorded], ballot: str) -> frozenset[int]:
    """The seqs whose payloads the ballot's record discloses.

    The hall's first entry, the ballot's own, the changes of the roll until it was frozen, and those
    of who votes for a Member until the close. In an election the entries of the rounds before as
    well, since the result rests on them; of a ballot between that was cancelled or void only the
    first, which links them. Apart from these links, headers are all that it takes.
    """
    own = [entry.header for entry in entries if _is_of(entry, ballot)]
    withheld = _withheld([entry for entry in entries if _is_of(entry, ballot)])
    frozen = next((header.seq for header in own if header.type in _FREEZES), 0)
    shown = {header.seq for header in own if header.type not in withheld}
    shown |= {entry.header.seq for entry in entries if entry.header.type == GENESIS_TYPE}
    shown |= {
        entry.header.seq
        for entry in entries
        if entry.header.type in CHANGES and entry.header.seq < frozen
    }
    shown |= {entry.header.seq for entry in _of_delegates(entries, own, frozen)}
    for earlier in line_before(entries, ballot):
        of_it = [entry.header.seq for entry in entries if _is_of(entry, earlier)]
        shown |= set(of_it[:1] if _ended(entries, earlier) else of_it)
    return frozenset(shown)


def _of_delegates(
    entries: Sequence[Recorded], own: Sequence[Header], frozen: int
) -> tuple[Recorded, ...]:
    """The entries that change who votes for a Member, between the roll and the close."""
    if frozen == 0:
        return ()
    ends = (BallotEvent.CLOSED.value, BallotEvent.CANCELLED.value, BallotEvent.ADOPTED.value)
    end = next((header.seq for header in own if header.type in ends), own[-1].seq)
    return tuple(
        entry
        for entry in entries
        if entry.header.type in OF_DELEGATES and frozen < entry.header.seq < end
    )


def _handed_over(assembly: Assembly, entries: Sequence[Recorded]) -> tuple[tuple[str, str], ...]:
    """To whom each of these entries gave a Member's vote; `assembly` is as the roll found it."""
    handed: list[tuple[str, str]] = []
    for entry in entries:
        payload = _disclosed_payload(entry)
        code = payload["member"]
        before = member_by_code(assembly, code)
        if before is None:
            continue  # admitted since then: not on this ballot's roll
        assembly = changed(assembly, entry.header.type, payload)
        after = member_by_code(assembly, code)
        votes_by = None if after is None else after.votes_by
        if votes_by is not None and votes_by != before.votes_by:
            handed.append((code, votes_by))
    return tuple(handed)


def _withheld(own: Sequence[Recorded]) -> frozenset[str]:
    """The types of a ballot's entries whose payloads its record withholds."""
    types = {entry.header.type for entry in own}
    if BallotEvent.CANCELLED.value in types:
        return _PARTIAL
    if BallotEvent.VOIDED.value not in types:
        return frozenset()
    questions = [entry.payload.get("question") for entry in own if entry.payload is not None]
    asked = [each for each in questions if isinstance(each, dict)]
    unlinked = bool(asked) and asked[-1].get("mode") == Mode.NON_RECORDED.value
    return _COUNTED if unlinked else frozenset()


def line_before(entries: Sequence[Recorded], ballot: str) -> tuple[str, ...]:
    """The ballots that a later round of an election goes back to, newest first, by its links."""
    line: list[str] = []
    while True:
        first = next((entry for entry in entries if _is_of(entry, ballot)), None)
        payload = None if first is None else first.payload
        earlier = None if payload is None or not _elects(payload) else payload.get("reruns")
        if not isinstance(earlier, str) or earlier in line:
            return tuple(line)
        line.append(earlier)
        ballot = earlier


def _elects(payload: dict[str, Any]) -> bool:
    question = payload.get("question")
    return isinstance(question, dict) and question.get("kind") == Kind.ELECTION.value


def _ended(entries: Sequence[Recorded], ballot: str) -> bool:
    """Whether a ballot was cancelled or void, so that no result rests on it."""
    ends = (BallotEvent.CANCELLED.value, BallotEvent.VOIDED.value)
    return any(_is_of(entry, ballot) and entry.header.type in ends for entry in entries)


def tell(entries: Sequence[Recorded], ballot: str) -> Story:
    """The story of a ballot. Raises `BadStory`."""
    try:
        earlier = tuple(
            _tell(entries, each)
            for each in reversed(line_before(entries, ballot))
            if not _ended(entries, each)
        )
        return replace(_tell(entries, ballot), earlier=earlier)
    except (KeyError, TypeError, ValueError, AttributeError, BrokenHistory) as error:
        raise BadStory(f"the entries of ballot {ballot!r} do not tell its story: {error}") from None


def _assembly_at(entries: Sequence[Recorded], founded: Assembly, seq: int) -> Assembly:
    """The assembly just before entry `seq`, by the changes that are disclosed."""
    assembly = founded
    for entry in entries:
        if entry.header.seq < seq and entry.header.type in CHANGES and entry.payload is not None:
            assembly = changed(assembly, entry.header.type, entry.payload)
    return assembly


def _tell(entries: Sequence[Recorded], ballot: str) -> Story:
    if not entries or entries[0].header.type != GENESIS_TYPE:
        raise BadStory("the journal does not begin with hall_created")
    created = _disclosed_payload(entries[0])
    own = tuple(entry for entry in entries if _is_of(entry, ballot))
    if not own:
        raise BadStory(f"the journal has no ballot {ballot!r}")
    frozen = next((entry for entry in own if entry.header.type in _FREEZES), own[-1])
    assembly = _assembly_at(entries, from_json(created["assembly"]), frozen.header.seq)
    folded: Ballot | None = None
    roll: Roll | None = None
    override: str | None = None
    for entry in own:
        header = entry.header
        kind = BallotEvent(header.type)
        if header.type in _PARTIAL | _COUNTED and entry.payload is None:
            # Votes of a cancelled or void ballot; `disclosed` says when that is right.
            folded = None if folded is None else _counted_unseen(folded, header, entry.hash)
            continue
        payload = _disclosed_payload(entry)
        if folded is None:
            folded = begin(
                ballot, header.seq, header.at, entry.hash, kind, payload, assembly.languages
            )
        else:
            folded = apply(
                folded,
                header.seq,
                header.at,
                header.actor,
                entry.hash,
                kind,
                payload,
                assembly.languages,
            )
        roll = _roll_of(folded) or roll
        if kind is BallotEvent.ANNOUNCED:
            override = payload["override"]
    if folded is None:
        raise BadStory(f"ballot {ballot!r} has no first entry")
    changes = _of_delegates(entries, [entry.header for entry in own], frozen.header.seq)
    closure, declared = _ending(folded)
    if closure is _UNSEEN:
        closure = None
    return Story(
        assembly=assembly,
        hall=created["hall"],
        public_key=created["public_key"],
        ballot=folded,
        roll=roll,
        closure=closure,
        override=override,
        declared=declared,
        events=own,
        handed_over=_handed_over(assembly, changes),
    )


_UNSEEN: Final = Closure((), 0, "", "", 0)
"""Stands for what a withheld entry says that was counted."""


def _counted_unseen(ballot: Ballot, header: Header, entry_hash: str) -> Ballot:
    """The ballot after an entry whose payload is withheld. One that is cancelled stays open until
    then; one that is void was closed, and may have been declared."""
    match header.type, ballot.state:
        case BallotEvent.CLOSED.value, Open(roll=roll) | Suspended(roll=roll):
            return replace(ballot, state=Closed(roll, _UNSEEN))
        case BallotEvent.DECLARED.value, Closed(roll=roll, closure=closure):
            return replace(ballot, state=Declared(roll, closure, Result({}, entry_hash)))
        case _:
            return ballot


def _is_of(entry: Recorded, ballot: str) -> bool:
    return entry.header.subject == ballot and entry.header.type in _BALLOT_EVENTS


def _disclosed_payload(entry: Recorded) -> dict[str, Any]:
    if entry.payload is None:
        raise BadStory(f"entry {entry.header.seq} ({entry.header.type}) is withheld")
    return entry.payload


def _roll_of(ballot: Ballot) -> Roll | None:
    match ballot.state:
        case Draft() | Prepared() | Cancelled():
            return None
        case (
            Announced(roll=roll)
            | Open(roll=roll)
            | Telling(roll=roll)
            | Calling(roll=roll)
            | Suspended(roll=roll)
            | InDoubt(roll=roll)
            | Closed(roll=roll)
            | Declared(roll=roll)
            | Certified(roll=roll)
            | Published(roll=roll)
            | Void(roll=roll)
        ):
            return roll
        case _:
            assert_never(ballot.state)


def _ending(ballot: Ballot) -> tuple[Closure | None, dict[str, Any] | None]:
    """What the box held and what was declared. What was declared and voided stands no more."""
    match ballot.state:
        case Closed(closure=held) | Void(closure=held):
            return held, None
        case (
            Declared(closure=closure, result=result)
            | Certified(closure=closure, result=result)
            | Published(closure=closure, result=result)
        ):
            return closure, dict(result.payload)
        case (
            Draft()
            | Prepared()
            | Announced()
            | Open()
            | Telling()
            | Calling()
            | Suspended()
            | InDoubt()
            | Cancelled()
        ):
            return None, None
        case _:
            assert_never(ballot.state)


def votes_by_member(closure: Closure | None) -> dict[str, CastVote]:
    """The votes that count, by Member; `BadStory` if a Member has two."""
    votes: dict[str, CastVote] = {}
    for vote in () if closure is None else closure.votes:
        if vote.member in votes:
            raise BadStory(f"Member {vote.member!r} has two votes")
        votes[vote.member] = vote
    return votes
