"""A seat's press, from its frame to the answer on its line.

Rule: a press is answered once, by a receipt or a refusal; of a secret ballot `received` comes in
between. A receipt is written from what the hall's use cases say is on disk, and from nothing else.
"""

from __future__ import annotations

from typing import Final, assert_never

import rfc8785

from server.api.context import Context
from server.api.receipt_frame import receipt_frame
from server.ballots.life import Ballot, Draft, Prepared, phase_of
from server.ballots.paper import said
from server.hall.press import NotTaken, Reply, Taken, written_choice
from server.hall.proving import Received
from server.hall.receipts import proof_of
from server.live.connections import SeatConnection
from server.ports import BoxPress
from server.record.code import vote_code
from server.vocabulary import Mode, Phase, RefusalReason
from server.wire.messages import Press, Refused, SealedReceived

_UNASKED: Final = (Draft, Prepared)
"""The states of a question that may still change: what is no answer to it then must not be in a
box."""


def take_press(context: Context, seat: SeatConnection, press: Press) -> None:
    """Take a vote, open or sealed; the answer goes into the seat's outbox."""
    ballot = context.desk.ledger.state.ballots.get(press.ballot)
    if ballot is None:
        refuse(context, seat, press, RefusalReason.UNKNOWN_BALLOT, None)
        return
    if isinstance(ballot.state, _UNASKED):
        refuse(context, seat, press, RefusalReason.NOT_OPEN, phase_of(ballot.state))
        return
    is_secret = ballot.question.mode is Mode.SECRET
    if press.sealed is not None and is_secret:
        _take_sealed(context, seat, press, ballot, press.sealed.ballot)
        return
    choice = None if press.choice is None else written_choice(ballot, press.choice)
    if choice is None or is_secret:
        refuse(context, seat, press, RefusalReason.BAD_CHOICE, phase_of(ballot.state))
        return

    def reply(outcome: Reply) -> None:
        match outcome:
            case NotTaken(reason=reason, phase=phase):
                refuse(context, seat, press, reason, phase)
            case Taken(accepted=accepted):
                told = said(ballot.question, accepted.choice)
                _receipt(context, seat, press, outcome, told, choice=told)
            case _:
                assert_never(outcome)

    context.press_desk.put(
        press.ballot,
        BoxPress(seat.member, seat.generation, press.press_id, choice),
        reply,
    )


def _take_sealed(
    context: Context, seat: SeatConnection, press: Press, ballot: Ballot, text: str
) -> None:
    def received(stored: Received) -> None:
        frame = SealedReceived(
            press_id=press.press_id, ballot=press.ballot, tracker=stored.tracker, n=stored.n
        )
        seat.outbox.reply(frame.model_dump_json().encode())
        context.hub.queue_moved()

    def reply(outcome: Reply) -> None:
        context.hub.queue_moved()
        match outcome:
            case NotTaken(reason=reason, phase=phase):
                refuse(context, seat, press, reason, phase)
            case Taken(accepted=accepted):
                tracked, n = accepted.choice, accepted.n
                claim = rfc8785.dumps(
                    [
                        "hemicycle sealed receipt 1",
                        context.desk.ledger.state.hall,
                        press.ballot,
                        press.press_id,
                        tracked,
                        n,
                    ]
                )
                signature = context.signing_key.sign(claim).hex()
                _receipt(context, seat, press, outcome, tracked, tracker=tracked, signed=signature)
            case _:
                assert_never(outcome)

    context.sealed_desk.put(
        ballot,
        BoxPress(seat.member, seat.generation, press.press_id, "", sealed=text),
        received,
        reply,
    )


def _code_of(context: Context, press: Press, member: str, told: str | list[str], n: int) -> str:
    ballot = context.desk.ledger.state.ballots.get(press.ballot)
    if ballot is not None and ballot.question.mode is Mode.NON_RECORDED:
        return ""
    return vote_code(press.ballot, member, press.press_id, told, n)


def _receipt(
    context: Context,
    seat: SeatConnection,
    press: Press,
    taken: Taken,
    told: str | list[str],
    *,
    choice: str | list[str] | None = None,
    tracker: str | None = None,
    signed: str | None = None,
) -> None:
    accepted = taken.accepted
    frame = receipt_frame(
        press_id=press.press_id,
        ballot=press.ballot,
        choice=choice,
        tracker=tracker,
        signature=signed,
        code=_code_of(context, press, seat.member, told, accepted.n),
        n=accepted.n,
        current=accepted.current,
        server_time=context.desk.clock.now_ms(),
        proof=proof_of(
            context.receipt_key,
            press.ballot,
            seat.member,
            press.press_id,
            accepted.n,
            taken.incarnation,
        ),
    )
    seat.outbox.reply(frame, context.tending.beating.along(seat.outbox))


def refuse(
    context: Context,
    seat: SeatConnection,
    press: Press,
    reason: RefusalReason,
    phase: Phase | None,
) -> None:
    """Answer a press with a refusal, and note it without its choice."""
    if reason is not RefusalReason.UNAVAILABLE:
        # Names of ballots that a seat makes up are counted together: they must not fill the log.
        known = press.ballot in context.desk.ledger.state.ballots
        context.desk.refusals.note(press.ballot if known else "*", seat.seat, reason)
        context.hub.refused()
    refused = Refused(press_id=press.press_id, reason=reason, phase=phase)
    seat.outbox.reply(refused.model_dump_json().encode())
