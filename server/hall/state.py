"""The hall as the journal tells it: a fold of all entries.

Rule: nothing is in a `HallState` that the journal does not say; the same entries give the same
state on every server. What only the box knows (votes of an open ballot, who is connected) is
not here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from server.assembly.assembly import Assembly, codes_of
from server.assembly.changes import CHANGES, OF_THE_LIST, changed
from server.assembly.stored import from_json
from server.ballots.events import ABOUT_APPROVAL, BallotEvent, BrokenHistory, apply, begin
from server.ballots.life import Ballot, Cancelled, Void, phase_of, result_of
from server.ballots.transitions import ON_THE_FLOOR
from server.hall.ceremony import Ceremony, ElectionKey, begun, finished, with_message
from server.record.entry import GENESIS, Entry, Head
from server.record.upcast import upcast
from server.vocabulary import Kind, Role

HALL_CREATED: Final = "hall_created"
RECOVERED: Final = "recovered"
PRESENCE_NOTED: Final = "presence_noted"
PRESENCE_ADJUSTED: Final = "presence_adjusted"
SEATS_PAIRED: Final = "seat_tokens_issued"
DISPLAY_PAIRED: Final = "display_token_issued"
USER_ADDED: Final = "user_added"
COMMAND_REFUSED: Final = "command_refused"
SEAT_REPLACED: Final = "seat_replaced"
CREDENTIAL_REGISTERED: Final = "credential_registered"

KEPT_LINES: Final = 200
"""How many journal lines a state keeps for the operator's screen."""

_KEEPS_FOCUS: Final = ABOUT_APPROVAL | {
    BallotEvent.ERASED,
    BallotEvent.SEALED_TURNED_AWAY,
    BallotEvent.PREPARED,
    BallotEvent.REVISED,
    BallotEvent.CORRECTED,
}

_BALLOT_EVENTS: Final = {event.value: event for event in BallotEvent}


@dataclass(frozen=True, slots=True)
class Line:
    """A journal entry in a line."""

    seq: int
    at: int
    actor: str
    type: str
    subject: str | None


@dataclass(frozen=True, slots=True)
class HallState:
    """What lasts, as of `head`. `focus` is the ballot that the hall looks at.

    `members_since` is the number of the entry since which the list of Members is as it is.
    `recovered` is the number of the entry that began the epoch: since then the box's store is the
    one named `incarnation`. `arrived` are the Members that the journal says are connected,
    `adjusted` those whose presence the operator has corrected since they last came or went.
    `people` are those who sign in with a password, by name. `ceremony` is the latest key ceremony
    of the scrutineers, `credentials` the public credential of each Member's seat, by Member, as
    the next announcement of a secret ballot will take it.
    """

    head: Head
    hall: str
    public_key: str
    assembly: Assembly | None
    members_since: int
    epoch: int
    recovered: int
    incarnation: str | None
    arrived: frozenset[str]
    adjusted: Mapping[str, bool]
    ballots: Mapping[str, Ballot]
    focus: str | None
    lines: tuple[Line, ...]
    people: Mapping[str, Role]
    ceremony: Ceremony | None
    credentials: Mapping[str, str]


EMPTY: Final = HallState(
    head=GENESIS,
    hall="",
    public_key="",
    assembly=None,
    members_since=0,
    epoch=0,
    recovered=0,
    incarnation=None,
    arrived=frozenset(),
    adjusted={},
    ballots={},
    focus=None,
    lines=(),
    people={},
    ceremony=None,
    credentials={},
)
"""The hall before its first entry."""


def fold(state: HallState, entries: Iterable[Entry]) -> HallState:
    """The state after these entries; BrokenHistory if they do not follow it."""
    for entry in entries:
        state = _after(state, entry)
    return state


def assembly_of(state: HallState) -> Assembly:
    """The assembly, which every hall has from its first entry on."""
    if state.assembly is None:
        raise BrokenHistory("the journal does not begin with hall_created")
    return state.assembly


def election_key(state: HallState) -> ElectionKey | None:
    """The keys for secret ballots: those of the latest ceremony, once it is finished."""
    return None if state.ceremony is None else state.ceremony.keys


def on_the_floor(state: HallState) -> Ballot | None:
    """The ballot that holds the floor, if one does."""
    return next(
        (each for each in state.ballots.values() if phase_of(each.state) in ON_THE_FLOOR), None
    )


def present_now(state: HallState, leased: frozenset[str]) -> frozenset[str]:
    """The present Members: those with a live lease, as the operator has corrected it."""
    known = codes_of(assembly_of(state))
    added = {member for member, present in state.adjusted.items() if present}
    removed = {member for member, present in state.adjusted.items() if not present}
    return frozenset(((leased | added) - removed) & known)


def epoch_text(state: HallState) -> str:
    """The epoch as clients compare it: ordered as text."""
    return f"{state.epoch:08d}"


def _after(state: HallState, entry: Entry) -> HallState:
    header: dict[str, Any] = json.loads(entry.header)
    if header["seq"] != state.head.seq + 1 or header["prev"] != state.head.hash:
        raise BrokenHistory(f"entry {entry.seq} does not follow entry {state.head.seq}")
    payload: dict[str, Any] = json.loads(entry.payload)
    header, payload = upcast(header, payload)
    line = Line(entry.seq, header["at"], header["actor"], header["type"], header["subject"])
    state = replace(
        state,
        head=Head(entry.seq, entry.hash),
        lines=(*state.lines[-(KEPT_LINES - 1) :], line),
    )
    event = _BALLOT_EVENTS.get(line.type)
    if event is not None:
        return _ballot_event(state, entry, line, event, payload)
    match line.type:
        case "hall_created":
            return replace(
                state,
                hall=payload["hall"],
                public_key=payload["public_key"],
                assembly=from_json(payload["assembly"]),
                members_since=entry.seq,
            )
        case "recovered":
            return replace(
                state,
                epoch=payload["epoch"],
                recovered=entry.seq,
                incarnation=payload["incarnation"],
            )
        case kind if kind in CHANGES:
            return replace(
                state,
                assembly=changed(assembly_of(state), kind, payload),
                members_since=entry.seq if kind in OF_THE_LIST else state.members_since,
            )
        case "presence_noted":
            came, went = set(payload["arrived"]), set(payload["left"])
            return replace(
                state,
                arrived=frozenset((state.arrived | came) - went),
                adjusted={
                    member: present
                    for member, present in state.adjusted.items()
                    if member not in (went if present else came)
                },
            )
        case "credential_registered":
            credentials = {**state.credentials, payload["member"]: payload["public"]}
            return replace(state, credentials=credentials)
        case "presence_adjusted":
            return replace(
                state, adjusted={**state.adjusted, payload["member"]: payload["present"]}
            )
        case "user_added":
            people = {**state.people, payload["user"]: Role(payload["role"])}
            return replace(state, people=people)
        case "ceremony_begun":
            return replace(state, ceremony=begun(entry.seq, payload))
        case "ceremony_message":
            ceremony = _ceremony(state, entry, payload)
            return replace(state, ceremony=with_message(ceremony, payload))
        case "ceremony_finished":
            ceremony = _ceremony(state, entry, payload)
            return replace(state, ceremony=finished(ceremony, payload))
        case _:
            return state


def _ceremony(state: HallState, entry: Entry, payload: dict[str, Any]) -> Ceremony:
    if state.ceremony is None or state.ceremony.number != payload["ceremony"]:
        raise BrokenHistory(f"entry {entry.seq} is of another ceremony than the latest")
    return state.ceremony


def _ballot_event(
    state: HallState, entry: Entry, line: Line, event: BallotEvent, payload: dict[str, Any]
) -> HallState:
    if line.subject is None:
        raise BrokenHistory(f"entry {entry.seq}: {event} names no ballot")
    languages = assembly_of(state).languages
    before = state.ballots.get(line.subject)
    if before is None:
        ballot = begin(line.subject, entry.seq, line.at, entry.hash, event, payload, languages)
    else:
        ballot = apply(
            before, entry.seq, line.at, line.actor, entry.hash, event, payload, languages
        )
    # Who signs off an earlier ballot must not take the one on the floor off seats and screens.
    floor = on_the_floor(state)
    keeps_focus = event in _KEEPS_FOCUS or (floor is not None and floor.id != line.subject)
    return replace(
        state,
        ballots=_with_follow_up({**state.ballots, line.subject: ballot}, ballot),
        focus=state.focus if keeps_focus else line.subject,
    )


def _with_follow_up(ballots: dict[str, Ballot], ballot: Ballot) -> dict[str, Ballot]:
    """The ballots, with the round before knowing what follows it (or that it has to again)."""
    before = last_round_before(ballots, ballot)
    if before is None:
        return ballots
    ended = isinstance(ballot.state, Cancelled | Void)
    follows = before.followed_by == ballot.id
    if ended and follows:
        return {**ballots, before.id: replace(before, followed_by=None)}
    if not ended and before.followed_by is None:
        return {**ballots, before.id: replace(before, followed_by=ballot.id)}
    return ballots


def last_round_before(ballots: Mapping[str, Ballot], ballot: Ballot) -> Ballot | None:
    """The declared round that an election's ballot follows, if it is not the first."""
    if ballot.question.kind is not Kind.ELECTION:
        return None
    earlier, seen = ballot.reruns, {ballot.id}
    while earlier is not None and earlier in ballots and earlier not in seen:
        seen.add(earlier)
        if result_of(ballots[earlier]) is not None:
            return ballots[earlier]
        earlier = ballots[earlier].reruns
    return None
