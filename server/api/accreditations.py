"""Seats that register for secret ballots, many at once.

Rule: those that wait are journaled together, one after the other in one append: a whole hall that
comes on registers in moments. What does not hold is answered on the seat's own line.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque

from server.hall.accrediting import Registration, register_credentials
from server.hall.desk import BadField, Desk
from server.live.connections import SeatConnection
from server.ports import StoreUnavailable
from server.wire.messages import Accredit, ErrorFrame

log = logging.getLogger("hemicycle.accreditations")

GROUP_CAP = 200
"""The most registrations in one append."""


class Accreditations:
    """Gathers what seats register, and journals it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._queue: deque[tuple[SeatConnection, Registration]] = deque()
        self._running: asyncio.Task[None] | None = None

    def put(self, seat: SeatConnection, frame: Accredit) -> None:
        """Take a registration; only what is refused gets an answer, the rest shows in the view."""
        asked = Registration(seat.member, seat.seat, frame.public, frame.proof)
        if self._desk.ledger.state.credentials.get(seat.member) == frame.public:
            return
        self._queue.append((seat, asked))
        if self._running is None:
            self._running = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        try:
            await asyncio.sleep(0)
            while self._queue:
                await self._next_group()
        finally:
            self._running = None

    async def _next_group(self) -> None:
        count = min(len(self._queue), GROUP_CAP)
        group = [self._queue.popleft() for _ in range(count)]
        try:
            outcomes = await register_credentials(self._desk, [asked for _, asked in group])
        except StoreUnavailable as outage:
            log.warning("%d seats could not register: %s", count, outage)
            fault = BadField("public", "the store does not answer; send it again")
            outcomes = [fault] * count
        for (seat, _), outcome in zip(group, outcomes, strict=True):
            if outcome is not None:
                detail = f"{outcome.field}: {outcome.remedy}"
                error = ErrorFrame(code="bad_accreditation", detail=detail)
                seat.outbox.reply(error.model_dump_json().encode())
