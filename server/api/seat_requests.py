"""What seats ask the hall to journal about their own Members, many at once.

Rule: those that wait are journaled together, one after the other in one append: a whole hall that
comes on, or hands its votes over, does so in moments. What does not hold is answered on the seat's
own line; what does shows in the view.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from functools import partial
from typing import Any, Final

from server.gathering import Gathering
from server.hall.accrediting import Registration, register_credentials
from server.hall.delegations import HandOver, hand_over_at_seats
from server.hall.desk import BadField, Desk
from server.live.connections import SeatConnection
from server.ports import StoreUnavailable
from server.wire.messages import Accredit, ErrorFrame, HandOverFrame

log = logging.getLogger("hemicycle.seat_requests")

GROUP_CAP: Final = 200
"""The most requests in one append."""


class SeatRequests:
    """Takes what seats ask for besides their votes and calls, and journals it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._registrations = Gathering[Registration, BadField | None](
            partial(register_credentials, desk), GROUP_CAP
        )
        self._hand_overs = Gathering[HandOver, BadField | None](
            partial(hand_over_at_seats, desk), GROUP_CAP
        )
        self._tasks: set[asyncio.Task[None]] = set()

    def accredit(self, seat: SeatConnection, frame: Accredit) -> None:
        """A seat registers its public credential. The same one again changes nothing."""
        if self._desk.ledger.state.credentials.get(seat.member) == frame.public:
            return
        asked = Registration(seat.member, seat.seat, frame.public, frame.proof)
        answer = self._registrations.ask(asked)
        self._begin(_answer(seat, answer, code="bad_accreditation", field="public"))

    def hand_over(self, seat: SeatConnection, frame: HandOverFrame) -> None:
        """A seat says which delegate of its own Member votes from now on."""
        asked = HandOver(seat.member, seat.seat, frame.delegate.strip())
        answer = self._hand_overs.ask(asked)
        self._begin(_answer(seat, answer, code="bad_hand_over", field="delegate"))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _answer(
    seat: SeatConnection,
    answer: Coroutine[Any, Any, BadField | None],
    *,
    code: str,
    field: str,
) -> None:
    """Tell the seat what is wrong with what it asked, if anything is."""
    try:
        fault = await answer
    except StoreUnavailable as outage:
        log.warning("what seat %s asked could not be journaled: %s", seat.seat, outage)
        fault = BadField(field, "the store does not answer; send it again")
    if fault is not None:
        error = ErrorFrame(code=code, detail=f"{fault.field}: {fault.remedy}")
        seat.outbox.reply(error.model_dump_json().encode())
