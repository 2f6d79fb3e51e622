"""What a seat's screen says, in one language, drawn from the seat's state alone.

Rule: each state has one face, chosen by an exhaustive match; a lamp is lit by `Seat.lit` and by
nothing else. Every text comes from the `.ftl` files or from the hall's view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, assert_never

from kiosk_client.seat_state import (
    Down,
    Ended,
    Greeting,
    Lapsed,
    Live,
    Quiet,
    Seat,
    Snag,
    Unacknowledged,
)
from server.vocabulary import Choice, Language, Phase, RefusalReason, Signal
from server.wire.close_codes import CloseCode
from server.wire.views import KioskBallot, Texts

SENDING_AFTER = 0.2
"""Seconds that a press may wait for its receipt before the screen says so."""


class Speech(Protocol):
    """Says a message of the `.ftl` files in one language."""

    def say(
        self, language: Language, message_id: str, args: Mapping[str, str | int] | None = None
    ) -> str:
        """The message `message_id`, with its arguments."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """One vote button. `offered` tells whether a touch may work; `label` says also if it is lit."""

    choice: Choice
    label: str
    lit: bool
    offered: bool


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
    status: str
    code: str
    notice: str
    signals: str


def face(seat: Seat, at: float, speech: Speech) -> Face:
    """The face of a seat at the time `at`."""
    said = _Said(speech, seat.lang)
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
        status=_status(seat, at, said),
        code=f"{said('kiosk-code')}: {seat.code}" if seat.code is not None else "",
        notice=_notice(seat, said),
        signals=_signals(seat, said),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    speech: Speech
    lang: Language

    def __call__(self, message_id: str, **args: str | int) -> str:
        return self.speech.say(self.lang, message_id, args)

    def text(self, texts: Texts) -> str:
        match self.lang:
            case Language.EN:
                return texts.en
            case Language.FR:
                return texts.fr
            case Language.ES:
                return texts.es
            case Language.AR:
                return texts.ar
            case _:
                assert_never(self.lang)


def _clock(seconds: float) -> str:
    whole = -int(-seconds // 1)  # up, so that 0:00 is shown only when the time is over
    return f"{whole // 60}:{whole % 60:02}"


def _who(seat: Seat, said: _Said) -> str:
    if seat.view is None:
        return said("kiosk-title")
    place = said("hall-seat", seat=seat.view.seat)
    return f"{said.text(seat.view.name)} · {place}"


def _connection_id(seat: Seat) -> str:
    match seat.link:
        case Live():
            return "connection-online"
        case Quiet() | Down(before=True):
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


def _headline(seat: Seat, left: float | None, said: _Said) -> str:
    match seat.link:
        case Ended(code=code):
            return said(_ended_id(code))
        case Quiet() | Down(before=True):
            return said("kiosk-not-connected")
        case Greeting() | Down() if seat.view is None:
            return said("connection-connecting")
        case Greeting() | Down():
            return said("kiosk-not-connected")
        case Live():
            return _floor_headline(seat.ballot, left, said)
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


def _floor_headline(ballot: KioskBallot | None, left: float | None, said: _Said) -> str:
    if ballot is None:
        return said("kiosk-no-vote")
    match ballot.phase:
        case Phase.DRAFT | Phase.PREPARED:
            return said("kiosk-no-vote")
        case Phase.ANNOUNCED:
            return said("kiosk-announced")
        case Phase.OPEN if left == 0:
            return said("kiosk-time-out")
        case Phase.OPEN:
            return said("kiosk-last-call" if ballot.last_call else "kiosk-open")
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


def _context(seat: Seat, said: _Said) -> str:
    if seat.view is None:
        return ""
    item = seat.view.item
    ballot = seat.ballot
    number = ballot.item if ballot is not None else item.number if item is not None else None
    document = ballot.document if ballot is not None else item.document if item else None
    parts = [
        said("hall-item", number=number) if number else "",
        said("hall-document", symbol=document) if document else "",
    ]
    return " · ".join(part for part in parts if part)


def _title(seat: Seat, said: _Said) -> str:
    if seat.ballot is not None:
        return said.text(seat.ballot.title)
    if seat.view is not None and seat.view.item is not None:
        return said.text(seat.view.item.title)
    return ""


def _lamps(seat: Seat, said: _Said) -> tuple[Lamp, ...]:
    ballot = seat.ballot
    if isinstance(seat.link, Ended) or ballot is None:
        return ()
    takes = isinstance(seat.link, Live) and ballot.phase is Phase.OPEN and ballot.may_vote
    free = takes and (ballot.revocable or seat.lit is None)
    return tuple(_lamp(choice, seat.lit, free, said) for choice in ballot.choices)


def _lamp(choice: Choice, lit: Choice | None, offered: bool, said: _Said) -> Lamp:
    word = said(f"choice-{choice.value}")
    is_lit = choice is lit
    label = said("kiosk-lamp-label", choice=word, lit="yes" if is_lit else "no")
    return Lamp(choice, label, is_lit, offered)


def _status(seat: Seat, at: float, said: _Said) -> str:
    match seat.link:
        case Ended(code=CloseCode.REPLACED):
            return said("kiosk-replaced-hint")
        case Ended():
            return ""
        case Quiet() | Down() | Greeting():
            return said("kiosk-not-connected-hint") if seat.view is not None else ""
        case Live():
            return _vote_status(seat, seat.ballot, at, said) if seat.ballot is not None else ""
        case _:
            assert_never(seat.link)


def _vote_status(seat: Seat, ballot: KioskBallot, at: float, said: _Said) -> str:
    match seat.press:
        case Unacknowledged(touched_at=touched_at) if at >= touched_at + SENDING_AFTER:
            return said("kiosk-sending")
        case Unacknowledged() | Lapsed() | None:
            pass
        case _:
            assert_never(seat.press)
    vote = said(f"choice-{seat.lit.value}") if seat.lit is not None else None
    match ballot.phase:
        case Phase.OPEN if vote is not None:
            further = "kiosk-change-hint" if ballot.revocable else "kiosk-final"
            return f"{said('kiosk-recorded')}. {said(further)}"
        case Phase.ANNOUNCED | Phase.OPEN if not ballot.may_vote:
            return said(_refusal_id(ballot.bar or RefusalReason.NOT_ON_ROLL))
        case Phase.OPEN:
            return said("kiosk-not-voted-yet" if ballot.last_call else "kiosk-choose")
        case Phase.SUSPENDED:
            return said("kiosk-suspended-kept") if vote is not None else ""
        case Phase.CLOSED:
            return _own_vote(vote, said)
        case Phase.DECLARED | Phase.CERTIFIED | Phase.PUBLISHED:
            sentence = said.text(ballot.outcome.sentence) if ballot.outcome is not None else ""
            return f"{sentence} {_own_vote(vote, said)}".strip()
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


def _own_vote(vote: str | None, said: _Said) -> str:
    return said("kiosk-your-vote", choice=vote) if vote else said("kiosk-did-not-vote")


def _notice(seat: Seat, said: _Said) -> str:
    match seat.notice:
        case None:
            return ""
        case Snag.NOT_SENT:
            return said("kiosk-not-sent")
        case Snag.PRESS_AGAIN:
            return said("kiosk-press-again")
        case RefusalReason() as reason:
            return said(_refusal_id(reason))
        case _:
            assert_never(seat.notice)


def _refusal_id(reason: RefusalReason) -> str:
    return f"refused-{reason.value.replace('_', '-')}"


def _signals(seat: Seat, said: _Said) -> str:
    given = seat.view.signals if seat.view is not None else []
    ids = {
        Signal.ASSISTANCE: "kiosk-assistance-called",
        Signal.POINT_OF_ORDER: "kiosk-point-of-order-raised",
    }
    return " · ".join(said(ids[signal]) for signal in Signal if signal in given)
