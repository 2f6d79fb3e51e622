"""What a seat's screen says, in one language, drawn from the seat's state alone.

Rule: each state has one face, chosen by an exhaustive match; a lamp is lit by `Seat.lit` and by
nothing else. Every text comes from the `.ftl` files or from the hall's view.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from kiosk_client.asking import Answer, Asking, asking_of
from kiosk_client.paper import Paper
from kiosk_client.sealing import scrutineers_key
from kiosk_client.seat_state import (
    Down,
    Ended,
    Greeting,
    Lapsed,
    Live,
    Quiet,
    Sealing,
    Seat,
    Snag,
    Unacknowledged,
)
from kiosk_client.words import (
    Said,
    Speech,
    aloud_status,
    ask_id,
    choice_id,
    marks,
    open_headline,
    own_words,
    paper_status,
    recorded_words,
)
from server.vocabulary import Choice, Kind, Language, Phase, RefusalReason, Signal
from server.wire.close_codes import CloseCode
from server.wire.views import Delegation, KioskBallot

SENDING_AFTER = 0.2
"""Seconds that a press may wait for its receipt before the screen says so."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """One vote button. `offered` tells whether a touch may work; `label` says also if it is lit."""

    choice: Choice
    label: str
    lit: bool
    offered: bool


@dataclass(frozen=True, slots=True)
class NameRow:
    """One candidate, by number. `chosen`: on the paper; `lit`: in the vote that is recorded."""

    number: int
    name: str
    chosen: bool
    lit: bool


@dataclass(frozen=True, slots=True)
class Face:
    """All that the screen says. Empty texts leave their place empty."""

    right_to_left: bool
    who: str
    connection: str
    connected: bool
    headline: str
    countdown: str
    context: str
    title: str
    rule: str
    lamps: tuple[Lamp, ...]
    names: tuple[NameRow, ...]
    status: str
    code: str
    notice: str
    signals: str


def face(seat: Seat, at: float, speech: Speech, paper: Paper | None = None) -> Face:
    """The face of a seat at the time `at`; `paper` is the one that is being filled in, if any."""
    said = Said(speech, seat.lang)
    ballot = seat.ballot
    left = seat.remaining(at)
    shows_time = ballot is not None and ballot.phase is Phase.OPEN and left is not None
    return Face(
        right_to_left=seat.lang is Language.AR,
        who=_who(seat, said),
        connection=said(_connection_id(seat)),
        connected=isinstance(seat.link, Live),
        headline=_headline(seat, left, said),
        countdown=_clock(left) if shows_time and left is not None else "",
        context=_context(seat, said),
        title=_title(seat, said),
        rule=said.text(ballot.rule.words) if ballot is not None else "",
        lamps=_lamps(seat, said),
        names=_names(seat, paper, said),
        status=_status(seat, at, paper, said),
        code=f"{said('kiosk-code')}: {seat.code}" if seat.code else "",
        notice=_notice(seat, said),
        signals=_signals(seat, said),
    )


def _clock(seconds: float) -> str:
    whole = -int(-seconds // 1)  # up, so that 0:00 is shown only when the time is over
    return f"{whole // 60}:{whole % 60:02}"


def _who(seat: Seat, said: Said) -> str:
    if seat.view is None:
        return said("kiosk-title")
    place = said("hall-seat", seat=seat.view.seat)
    delegation = seat.view.delegation
    votes = "" if delegation is None else _votes_by(delegation, said)
    return f"{said.text(seat.view.name)} · {place}{votes}"


def _votes_by(delegation: Delegation, said: Said) -> str:
    if delegation.votes_by is None:
        return f" · {said('kiosk-votes-by-nobody')}"
    return f" · {said('kiosk-votes-by', name=delegation.votes_by)}"


def _connection_id(seat: Seat) -> str:
    match seat.link:
        case Live():
            return "connection-online"
        case Quiet() | Down(before=True) | Down(distrusts=True):
            return "connection-lost"
        case Greeting():
            return "connection-connecting" if seat.view is None else "connection-lost"
        case Down():
            return "connection-connecting"
        case Ended(code=CloseCode.REPLACED):
            return "connection-replaced"
        case Ended():
            return "connection-stopped"
        case _:
            assert_never(seat.link)


def _headline(seat: Seat, left: float | None, said: Said) -> str:
    match seat.link:
        case Ended(code=code):
            return said(_ended_id(code))
        case Down(distrusts=True):
            return said("kiosk-not-trusted")
        case Quiet() | Down(before=True):
            return said("kiosk-not-connected")
        case Greeting() | Down() if seat.view is None:
            return said("connection-connecting")
        case Greeting() | Down():
            return said("kiosk-not-connected")
        case Live():
            return _floor_headline(seat, left, said)
        case _:
            assert_never(seat.link)


def _ended_id(code: int) -> str:
    match code:
        case CloseCode.REPLACED:
            return "kiosk-replaced"
        case CloseCode.REVOKED:
            return "kiosk-revoked"
        case CloseCode.UNAUTHORISED | CloseCode.FORBIDDEN:
            return "kiosk-pair-failed"
        case _:
            return "kiosk-protocol"


def _floor_headline(seat: Seat, left: float | None, said: Said) -> str:
    ballot = seat.ballot
    if ballot is None or seat.view is None:
        return said("kiosk-no-vote")
    match ballot.phase:
        case Phase.DRAFT | Phase.PREPARED:
            return said("kiosk-no-vote")
        case Phase.ANNOUNCED:
            return said("kiosk-announced")
        case Phase.OPEN if left == 0:
            return said("kiosk-time-out")
        case Phase.OPEN:
            return open_headline(ballot, seat.view.member, said)
        case Phase.SUSPENDED:
            return said("kiosk-suspended")
        case Phase.IN_DOUBT:
            return said("kiosk-in-doubt")
        case Phase.CLOSED:
            return said("kiosk-closed")
        case Phase.DECLARED | Phase.CERTIFIED | Phase.PUBLISHED:
            if ballot.outcome is None:
                return said("kiosk-closed")
            return f"{said('kiosk-result')}: {said.text(ballot.outcome.headline)}"
        case Phase.CANCELLED:
            return said("kiosk-cancelled")
        case Phase.VOID:
            return said("kiosk-void")
        case _:
            assert_never(ballot.phase)


def _context(seat: Seat, said: Said) -> str:
    if seat.view is None:
        return ""
    item = seat.view.item
    ballot = seat.ballot
    number = ballot.item if ballot is not None else item.number if item is not None else None
    document = ballot.document if ballot is not None else item.document if item else None
    key = scrutineers_key(ballot.secret.election) if ballot and ballot.secret else None
    parts = [
        # First: the line may be too short for all of it, and this is what nobody else shows.
        f"{said('kiosk-scrutineers-key')} {key}" if key is not None else "",
        *(marks(ballot, said) if ballot is not None else []),
        said("hall-item", number=number) if number else "",
        said("hall-document", symbol=document) if document else "",
    ]
    return " · ".join(part for part in parts if part)


def _title(seat: Seat, said: Said) -> str:
    if seat.ballot is not None:
        return said.text(seat.ballot.title)
    if seat.view is not None and seat.view.item is not None:
        return said.text(seat.view.item.title)
    return ""


def _lamps(seat: Seat, said: Said) -> tuple[Lamp, ...]:
    ballot = seat.ballot
    if isinstance(seat.link, Ended) or ballot is None or asking_of(ballot) is not Asking.BUTTONS:
        return ()
    takes = isinstance(seat.link, Live) and ballot.phase is Phase.OPEN and ballot.may_vote
    free = takes and (ballot.revocable or (seat.lit is None and not seat.is_sealed))
    return tuple(_lamp(ballot.kind, choice, seat.lit, free, said) for choice in ballot.choices)


def _names(seat: Seat, paper: Paper | None, said: Said) -> tuple[NameRow, ...]:
    ballot = seat.ballot
    if isinstance(seat.link, Ended) or ballot is None or asking_of(ballot) is not Asking.NAMES:
        return ()
    if ballot.phase in (Phase.DRAFT, Phase.PREPARED):
        return ()
    chosen = paper.names if paper is not None else ()
    lit = seat.lit if isinstance(seat.lit, tuple) else ()
    return tuple(
        NameRow(number, said.text(each.name), each.id in chosen, each.id in lit)
        for number, each in enumerate(ballot.candidates, start=1)
    )


def _lamp(kind: Kind, choice: Choice, lit: Answer | None, offered: bool, said: Said) -> Lamp:
    word = said(choice_id(kind, choice))
    is_lit = choice is lit
    label = said("kiosk-lamp-label", choice=word, lit="yes" if is_lit else "no")
    return Lamp(choice, label, is_lit, offered)


def _status(seat: Seat, at: float, paper: Paper | None, said: Said) -> str:
    match seat.link:
        case Ended(code=CloseCode.REPLACED):
            return said("kiosk-replaced-hint")
        case Ended():
            return ""
        case Down(distrusts=True):
            return said("kiosk-not-trusted-hint")
        case Quiet() | Down() | Greeting():
            return said("kiosk-not-connected-hint") if seat.view is not None else ""
        case Live():
            if seat.ballot is None:
                return ""
            return _vote_status(seat, seat.ballot, at, paper, said)
        case _:
            assert_never(seat.link)


def _vote_status(
    seat: Seat, ballot: KioskBallot, at: float, paper: Paper | None, said: Said
) -> str:
    match seat.press:
        case Unacknowledged(received=True):
            return said("kiosk-secret-checking")
        case Unacknowledged(touched_at=touched_at) | Sealing(touched_at=touched_at) if (
            at >= touched_at + SENDING_AFTER
        ):
            return said("kiosk-sending")
        case Unacknowledged() | Sealing() | Lapsed() | None:
            pass
        case _:
            assert_never(seat.press)
    vote = seat.lit
    is_aloud = asking_of(ballot) is Asking.ALOUD
    match ballot.phase:
        case Phase.OPEN if paper is not None:
            return paper_status(ballot, paper, said)
        case Phase.OPEN | Phase.SUSPENDED | Phase.CLOSED if seat.is_proving:
            return said("kiosk-secret-checking")
        case Phase.OPEN if seat.is_sealed:
            change = f" {said('kiosk-change-hint')}" if ballot.revocable else ""
            return f"{said('kiosk-secret-recorded')}{change}"
        case Phase.OPEN if vote is not None:
            return _recorded(ballot, vote, said)
        case Phase.ANNOUNCED | Phase.OPEN if not ballot.may_vote:
            return said(_refusal_id(ballot.bar or RefusalReason.NOT_ON_ROLL))
        case Phase.ANNOUNCED | Phase.OPEN if is_aloud:
            return aloud_status(ballot, said)
        case Phase.OPEN if asking_of(ballot) is Asking.NAMES:
            return paper_status(ballot, Paper(ballot.id), said)
        case Phase.OPEN:
            return said("kiosk-not-voted-yet" if ballot.last_call else ask_id(ballot.kind))
        case Phase.SUSPENDED:
            kept = vote is not None or seat.is_sealed
            return said("kiosk-suspended-kept") if kept else ""
        case Phase.CLOSED | Phase.DECLARED | Phase.CERTIFIED | Phase.PUBLISHED if seat.is_doubted:
            return said("kiosk-other-ballot")
        case Phase.CLOSED if seat.is_sealed:
            return said("kiosk-secret-recorded")
        case Phase.CLOSED:
            return own_words(ballot, vote, said)
        case Phase.DECLARED | Phase.CERTIFIED | Phase.PUBLISHED:
            sentence = said.text(ballot.outcome.sentence) if ballot.outcome is not None else ""
            if seat.is_sealed:
                return f"{sentence} {said('kiosk-secret-recorded')}".strip()
            return f"{sentence} {own_words(ballot, vote, said)}".strip()
        case (
            Phase.DRAFT
            | Phase.PREPARED
            | Phase.ANNOUNCED
            | Phase.IN_DOUBT
            | Phase.CANCELLED
            | Phase.VOID
        ):
            return ""
        case _:
            assert_never(ballot.phase)


def _recorded(ballot: KioskBallot, vote: Answer, said: Said) -> str:
    words = recorded_words(ballot, vote, said)
    if ballot.kind is not Kind.ELECTION:
        return words
    return f"{words}\n{own_words(ballot, vote, said)}"


def _notice(seat: Seat, said: Said) -> str:
    match seat.notice:
        case None:
            return ""
        case Snag.NOT_SENT:
            return said("kiosk-not-sent")
        case Snag.PRESS_AGAIN:
            return said("kiosk-press-again")
        case Snag.NOT_SEALED:
            return said("kiosk-not-sealed")
        case Snag.OTHER_BALLOT:
            return said("kiosk-other-ballot")
        case Snag.OTHER_ELECTION:
            return said("kiosk-other-election")
        case RefusalReason() as reason:
            is_election = seat.ballot is not None and seat.ballot.kind is Kind.ELECTION
            if reason is RefusalReason.BAD_CHOICE and is_election:
                return said("kiosk-bad-names")
            return said(_refusal_id(reason))
        case _:
            assert_never(seat.notice)


def _refusal_id(reason: RefusalReason) -> str:
    return f"refused-{reason.value.replace('_', '-')}"


def _signals(seat: Seat, said: Said) -> str:
    given = seat.view.signals if seat.view is not None else []
    ids = {
        Signal.ASSISTANCE: "kiosk-assistance-called",
        Signal.POINT_OF_ORDER: "kiosk-point-of-order-raised",
    }
    return " · ".join(said(ids[signal]) for signal in Signal if signal in given)
