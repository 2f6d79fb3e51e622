"""What a connection that came in is answered, frame by frame.

Rule: it connects. What a frame means is the session's business, and what is done about it that of
the use cases. The answer goes into the connection's outbox.
"""

from __future__ import annotations

from typing import assert_never

from server.api.context import Context
from server.api.line import Hear
from server.api.presses import refuse, take_press
from server.live.connections import SeatConnection
from server.live.outbox import Outbox
from server.live.session import (
    Act,
    Greet,
    Object,
    PassOn,
    Raise,
    Register,
    Session,
    Speak,
    TooFast,
    Vote,
)
from server.vocabulary import RefusalReason


def conversation(
    context: Context, outbox: Outbox, session: Session, seat: SeatConnection | None
) -> Hear:
    """What does what a seat, or a screen (None), asks for."""
    monotonic = context.desk.clock.monotonic

    def hear(data: str | None) -> None:
        if outbox.closing is None:
            _act(context, outbox, seat, session.hear(data, monotonic()))

    return hear


def _act(context: Context, outbox: Outbox, seat: SeatConnection | None, act: Act) -> None:
    match act:
        case Vote(press=press) if seat is not None:
            take_press(context, seat, press)
        case Object():
            object_to(outbox, act)
        case TooFast(press=press) if seat is not None:
            refuse(context, seat, press, RefusalReason.RATE_LIMITED, None)
        case Register(accredit=frame) if seat is not None:
            context.seat_requests.accredit(seat, frame)
        case Raise(signal=frame) if seat is not None:
            context.hub.signal(seat.seat, frame.signal, on=frame.on)
        case PassOn(hand_over=frame) if seat is not None:
            context.seat_requests.hand_over(seat, frame)
        case Speak(lang=frame):
            if seat is not None:
                context.hub.speak(seat, frame.lang)
        case Greet() | Vote() | TooFast() | Register() | Raise() | PassOn():
            raise AssertionError("the session lets no such frame through here")
        case _:
            assert_never(act)


def object_to(outbox: Outbox, fault: Object) -> None:
    """Say what was wrong with a frame, and close the connection if that was enough."""
    outbox.reply(fault.error.model_dump_json().encode())
    if fault.close is not None:
        outbox.close(fault.close)
