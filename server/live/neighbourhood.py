"""This server among the servers of its hall: what it tells them, and what it does when told.

Rule: a notice says where to look, or what was pressed, in numbers that tell whether one is missing.
Whatever is lost is made up for within a second by the tending's own rounds, by the reports, and,
for fenced connections, whenever the line is new. So a hall is right without this file, and late by
a second.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from server.hall.desk import Desk
from server.hall.ledger import JournalWentBack
from server.hall.state import SEAT_REPLACED
from server.live.hub import Hub
from server.live.tending import Tending
from server.neighbours import (
    Changed,
    Fenced,
    Missed,
    Neighbours,
    Notice,
    Pressed,
    Reported,
)
from server.ports import Landed, StoreUnavailable
from server.wire.close_codes import CloseCode

log = logging.getLogger("hemicycle.neighbourhood")

RENEWAL_SECONDS: Final = 1.0
"""How often a report is renewed, and the others' are read."""

STRANDED_SECONDS: Final = 15.0
"""So long without an answer of the votes' store a server goes on hoping: a fail-over takes less.
Then its seats are better off elsewhere."""

PRESSES_CAP: Final = 1_000
"""The most presses in a notice, which is heard in one go: more of them are better read."""

REPORT_SECONDS: Final = 0.25
"""The least time between two reports: a hall of seats that joins at once is told in a few."""


class Neighbourhood:
    """The loops around one server's `Neighbours`. A server with a store of its own has none."""

    def __init__(
        self, neighbours: Neighbours | None, hub: Hub, desk: Desk, tending: Tending
    ) -> None:
        self._neighbours = neighbours
        self._tending = tending
        self._looking = asyncio.Lock()
        self._next_look: asyncio.Task[None] | None = None
        self._hub = hub
        self._desk = desk
        self._to_tell: dict[Notice, None] = {}
        self._fenced: list[Fenced] = []
        self._landed: list[Landed] = []
        self._something = asyncio.Event()
        self._to_report = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._answered = desk.clock.monotonic()
        """When the votes' store was last known to answer."""
        self._had_others = False
        """Whether there were other servers then."""
        if neighbours is not None:
            hub.to_report = self._to_report.set
            hub.hear_others()

    async def start(self) -> None:
        """Begin to tell and to listen. May raise StoreUnavailable."""
        if self._neighbours is None:
            return
        # A Redis user without channels is refused now, and not in the log of a hall that votes.
        await self._neighbours.tell(Reported())
        self._to_report.set()  # that it is there is news
        for name, work in (
            ("tell the other servers", self._tell),
            ("hear the other servers", self._listen),
            ("report to the other servers", self._report),
            ("send seats to the other servers", self._send_elsewhere),
        ):
            self._tasks.append(
                asyncio.create_task(self._again(name, work, self._neighbours), name=name)
            )

    async def stop(self) -> None:
        """End the loops; the others are told that this server's seats are gone."""
        if self._neighbours is None:
            return
        # A cancellation that meets a client library closing its connection can be lost there.
        while ending := [task for task in self._tasks if not task.done()]:
            for task in ending:
                task.cancel()
            await asyncio.wait(ending, timeout=0.1)
        try:
            await self._neighbours.leave()
        except StoreUnavailable as outage:
            log.warning("the other servers were not told that this one ends: %s", outage)

    # --- who comes from another server

    async def up_to_date(self) -> None:
        """See that this server shows nothing older than what another one showed before this call.

        Who comes may have been at another server a moment ago. Those who come together share one
        look. May raise StoreUnavailable.
        """
        if self._neighbours is None:
            return
        if self._next_look is None:
            self._next_look = asyncio.create_task(self._look())
        await asyncio.shield(self._next_look)

    async def _look(self) -> None:
        async with self._looking:
            self._next_look = None  # what changes from now on needs another look
            try:
                await self._tending.refresh()
            except JournalWentBack as damage:
                # Commands stop, and say why; who votes meanwhile need not be kept out.
                log.warning("who comes is shown the hall as it was: %s", damage)

    # --- what happened here

    def pressed(self, group: Landed) -> None:
        """Presses of this server landed."""
        if self._neighbours is not None and group.fresh:
            self._landed.append(group)
            self._something.set()
        elif group.presses:
            # Asked for again: it may have landed in an outage, when nobody knew.
            self._tell_soon(Pressed(group.ballot))

    def changed(self) -> None:
        """This server changed the journal, a box or the scene."""
        self._tell_soon(Changed())

    def fenced(self, generations: dict[str, int], seat: str | None) -> None:
        """New generations were taken here, by a seat's `hello` or by withdrawing tokens."""
        if self._neighbours is not None:
            self._fenced.append(Fenced(self._desk.ledger.state.epoch, generations, seat))
            self._something.set()

    def _tell_soon(self, notice: Notice) -> None:
        if self._neighbours is not None:
            self._to_tell[notice] = None
            self._something.set()

    # --- the loops

    async def _again(
        self, name: str, work: Callable[[Neighbours], Awaitable[None]], others: Neighbours
    ) -> None:
        while True:
            try:
                await work(others)
            except StoreUnavailable as outage:
                log.warning("%s: %s", name, outage)
                await asyncio.sleep(RENEWAL_SECONDS)
            except Exception:
                log.exception("%s failed", name)
                await asyncio.sleep(RENEWAL_SECONDS)

    async def _tell(self, others: Neighbours) -> None:
        """One notice of a kind is under way at a time; what happens meanwhile joins the next."""
        await self._something.wait()
        self._something.clear()
        notices: deque[Notice] = deque((*self._fenced, *self._pressed(), *self._to_tell))
        self._fenced.clear()
        self._landed.clear()
        self._to_tell.clear()
        try:
            while notices:
                await others.tell(notices[0])
                notices.popleft()
        finally:
            # What could not be told is told later: a seat that lost its right must hear of it.
            self._fenced[:0] = [each for each in notices if isinstance(each, Fenced)]
            for each in notices:
                match each:
                    case Fenced():
                        pass
                    case Pressed(ballot=ballot):
                        self._to_tell[Pressed(ballot)] = None  # by then it is better read
                    case _:
                        self._to_tell[each] = None
            if notices:
                self._something.set()

    def _pressed(self) -> list[Notice]:
        """What landed here since it was told last, by ballot."""
        landed: dict[str, list[Landed]] = {}
        for group in self._landed:
            landed.setdefault(group.ballot, []).append(group)
        return [
            Pressed(ballot, tuple(groups) if _pressed_in(groups) <= PRESSES_CAP else ())
            for ballot, groups in landed.items()
        ]

    async def _report(self, others: Neighbours) -> None:
        """Report when something changed, at the latest after a second; then read the others'."""
        try:
            await asyncio.wait_for(self._to_report.wait(), RENEWAL_SECONDS)
            changed = True
        except TimeoutError:
            changed = False
        self._to_report.clear()
        await others.report(self._hub.report())
        if changed:
            await others.tell(Reported())
        await self._hear(others)
        await asyncio.sleep(REPORT_SECONDS)

    async def _hear(self, others: Neighbours) -> None:
        reports = await others.reports()
        self._hub.hear(reports)
        if reports or self._hub.store_answers():
            self._had_others = bool(reports)

    async def _send_elsewhere(self, _: Neighbours) -> None:
        """A server that a network has parted from the votes' store can only say `unavailable`, for
        ever; others may still reach it. Screens stay: they show that the store does not answer.
        Where it is the journal that is away, seats vote on, and stay."""
        await asyncio.sleep(RENEWAL_SECONDS)
        clock = self._desk.clock.monotonic
        try:
            if not self._hub.store_answers():
                await self._desk.box.now()
        except StoreUnavailable:
            if self._had_others and clock() - self._answered > STRANDED_SECONDS:
                self._hub.close_every_seat(CloseCode.UNAVAILABLE)
        else:
            self._answered = clock()

    async def _listen(self, others: Neighbours) -> None:
        async for notice in others.notices():
            await self._heed(others, notice)

    async def _heed(self, others: Neighbours, notice: Notice) -> None:
        match notice:
            case Pressed(ballot=ballot, groups=groups):
                box = self._hub.box
                if box is not None and box.ballot != ballot:
                    return
                for group in groups:
                    self._hub.landed(group)
                if not groups:
                    self._hub.look_again()
            case Changed():
                self._hub.look_again()
            case Reported():
                await self._hear(others)
            case Fenced():
                await self._fence(notice)
            case Missed():
                self._hub.look_again()
                await self._hear(others)
                await self._look_for_fenced()

    async def _fence(self, fenced: Fenced) -> None:
        code = CloseCode.REVOKED if fenced.seat is None else CloseCode.REPLACED
        met = self._hub.fence(fenced.epoch, fenced.generations, code)
        for member in sorted(met) if fenced.seat is not None else ():
            payload: dict[str, object] = {"member": member, "seat": fenced.seat}
            event = self._desk.event(SEAT_REPLACED, None, f"seat:{fenced.seat}", payload)
            await self._desk.journal(event)

    async def _look_for_fenced(self) -> None:
        epoch = self._desk.ledger.state.epoch
        self._hub.withdrawn(None)  # who is coming in is not among those who are here
        taken = await self._desk.box.generations(self._hub.online_members())
        self._hub.fence(epoch, taken, CloseCode.REPLACED)


def _pressed_in(groups: Sequence[Landed]) -> int:
    return sum(len(group.presses) for group in groups)
