"""Seats and screens come in, from `hello` to their first view.

Rule: the Member's lease and generation are on disk before `welcome`, so whoever was welcomed is
present. Those who come together are let in together: a few calls to the stores for all of them,
and one task. A task for each would be a third of what a seat costs that comes back.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from server.api.arrivals import Arrivals
from server.api.context import Context
from server.api.conversation import conversation, object_to
from server.api.line import Hear, Line
from server.hall.access import token_hash, whose
from server.hall.receipts import PresentedReceipt, examine
from server.hall.state import SEAT_REPLACED, assembly_of, epoch_text
from server.live.connections import ScreenConnection, SeatConnection
from server.live.hub import SEATS_A_TURN
from server.live.session import Greet, Object, Session
from server.ports import Bearer, StoreUnavailable
from server.vocabulary import Role
from server.wire.close_codes import CloseCode
from server.wire.messages import Hello, Welcome

log = logging.getLogger("hemicycle.sockets")

HELLO_SECONDS: Final = 5.0
"""How long a connection may stay silent before `hello`."""

TOGETHER_SECONDS: Final = 0.01
"""Who comes so soon after others waits that long for company."""

TOGETHER: Final = 500
"""The most who are let in together: no more than one query for tokens, and one call for
generations, may be about."""

LAST_SECONDS: Final = 5.0
"""How long those who are coming in may take where the server stops."""


@dataclass(frozen=True, slots=True)
class Door:
    """One of the sockets: who may come in by it."""

    kind: Literal["seat", "screen"]
    roles: frozenset[Role]
    console: bool = False


class Guest:
    """A connection that was accepted and has not come in."""

    __slots__ = (
        *("_entrance", "_hears", "_patience", "bearer", "door", "generation", "hello", "is_in"),
        *("is_doubtful", "line", "session"),
    )

    def __init__(self, entrance: Entrance, door: Door, line: Line, session: Session) -> None:
        self._entrance = entrance
        self.door = door
        self.line = line
        self.session = session
        self.hello: Hello
        self.bearer: Bearer
        self.generation: int
        self._hears: Hear
        self.is_in = False
        self.is_doubtful = False
        """Whether its right may have ended since it was asked for."""
        loop = asyncio.get_running_loop()
        self._patience = loop.call_later(HELLO_SECONDS, line.outbox.close, CloseCode.NO_HELLO)

    def hear(self, data: str | None) -> None:
        """Wait for `hello`."""
        if self.line.outbox.closing is not None:
            return
        match self.session.hear(data, self._entrance.now()):
            case Greet(hello=hello):
                self._patience.cancel()
                self.hello = hello
                self.line.pause()
                self._entrance.knock(self)
            case Object() as fault:
                object_to(self.line.outbox, fault)
            case _:
                raise AssertionError("the session lets no such frame through before `hello`")

    @property
    def member(self) -> str:
        """The Member of a guest that is a seat."""
        assert self.bearer.member is not None  # noqa: S101  # a seat's token names its Member
        return self.bearer.member

    def welcomed(self, hears: Hear) -> None:
        """It has been shown the hall; `hears` does what it asks for once it is in."""
        self._hears = hears

    def come_in(self) -> None:
        """Hear what it has said since its `hello`, and go on."""
        self.is_in = True
        self.line.go_on(self._hears)

    def turn_away(self, code: CloseCode) -> None:
        """It may not come in."""
        self.line.outbox.close(code)


class Entrance:
    """Where connections come in."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._arrivals = Arrivals()
        self._waiting: list[Guest] = []
        self._opens: asyncio.TimerHandle | None = None
        self._opened = 0.0
        self._under_way: set[asyncio.Task[None]] = set()
        self._asked_for: set[Guest] = set()
        """Seats that were asked for, and are not in yet."""
        context.hub.withdrawn = self._withdrawn

    async def drained(self) -> None:
        """Wait until everybody who has said `hello` is in, or was turned away."""
        while self._opens is not None or self._under_way:
            if self._opens is not None:
                self._opens.cancel()
                self._open()
            await asyncio.wait(self._under_way)

    async def stop(self) -> None:
        """The server stops, and its stores will be closed."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.drained(), LAST_SECONDS)
        for task in self._under_way:
            task.cancel()
        if self._under_way:
            # What is to be journaled is tried all the same; a store that hangs is not waited for.
            await asyncio.wait(self._under_way, timeout=LAST_SECONDS)

    def now(self) -> float:
        """By the clock that sessions go by, in seconds."""
        return self._context.desk.clock.monotonic()

    def knock(self, guest: Guest) -> None:
        """A guest has said `hello`; it is let in, or turned away."""
        self._waiting.append(guest)
        if self._opens is None:
            loop = asyncio.get_running_loop()
            at = max(loop.time(), self._opened + TOGETHER_SECONDS)
            self._opens = loop.call_at(at, self._open)

    def _open(self) -> None:
        self._opens = None
        self._opened = asyncio.get_running_loop().time()
        guests, self._waiting = self._waiting, []
        # Apart, because a screen comes in while the ballot boxes are away.
        for come, kind in ((self._seats_come, "seat"), (self._screens_come, "screen")):
            some = [guest for guest in guests if guest.door.kind == kind]
            for first in range(0, len(some), TOGETHER):
                task = asyncio.create_task(self._let_in(some[first : first + TOGETHER], come))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def _let_in(
        self, guests: Sequence[Guest], come: Callable[[Sequence[Guest]], Awaitable[None]]
    ) -> None:
        try:
            await come(self._recognised(guests, await self._bearers(guests)))
        except StoreUnavailable as outage:
            log.warning("connections could not be served: %s", outage)
            self._context.tending.trouble()
        except Exception:
            log.exception("connections could not be served")
        finally:
            for guest in guests:
                if not guest.is_in:
                    guest.turn_away(CloseCode.UNAVAILABLE)

    async def _screens_come(self, screens: Sequence[Guest]) -> None:
        await self._context.neighbourhood.up_to_date()
        for guest in screens:
            try:
                self._show(guest)
            except Exception:
                log.exception("a screen could not be let in")
            await asyncio.sleep(0)  # a console's view may take as long as hundreds of presses

    async def _seats_come(self, seats: Sequence[Guest]) -> None:
        await self._take_generations(seats)
        await self._context.neighbourhood.up_to_date()
        replacing: list[Guest] = []
        try:
            await self._seat(seats, replacing)
        finally:
            # A device that has taken over a seat is heard once that is in the journal.
            if replacing:
                await self._journal_replacements(replacing)

    async def _bearers(self, guests: Iterable[Guest]) -> list[Bearer | None]:
        context = self._context
        tokens = [guest.hello.token for guest in guests]
        told = iter(await whose(context.desk, context.credentials, list(filter(None, tokens))))
        is_public = assembly_of(context.desk.ledger.state).settings.display_public
        nobody = Bearer(Role.DISPLAY) if is_public else None
        return [next(told) if token else nobody for token in tokens]

    def _recognised(self, guests: Iterable[Guest], bearers: Iterable[Bearer | None]) -> list[Guest]:
        """Those who may come in. The others are turned away."""
        now, known = self.now(), list[Guest]()
        for guest, bearer in zip(guests, bearers, strict=True):
            if bearer is None or (not guest.hello.token and bearer.role not in guest.door.roles):
                guest.turn_away(CloseCode.UNAUTHORISED)
            elif bearer.role not in guest.door.roles:
                guest.turn_away(CloseCode.FORBIDDEN)
            elif bearer.member is not None and not self._arrivals.may_come(bearer.member, now):
                guest.turn_away(CloseCode.SLOW)
            else:
                guest.bearer = bearer
                known.append(guest)
        return known

    async def _take_generations(self, seats: Sequence[Guest]) -> None:
        context = self._context
        taken = await context.doorway.come_in([guest.member for guest in seats])
        for guest, generation in zip(seats, taken, strict=True):
            guest.generation = generation
            context.neighbourhood.fenced({guest.member: generation}, guest.bearer.seat)
        presented = [
            (guest.member, PresentedReceipt(held.ballot, held.press_id, held.n, held.proof))
            for guest in seats
            if (held := guest.hello.receipt) is not None
        ]
        await examine(context.desk, context.receipt_key, presented)

    async def _seat(self, seats: Sequence[Guest], replacing: list[Guest]) -> None:
        """Let them in, some at a time; who replaces an earlier connection is put aside."""
        waiting = seats
        while waiting:
            # Reissuing stores the new token, then takes a generation, then closes connections.
            # Whoever came in between has a generation that is too new to be fenced: ask once more.
            # Whoever is revoked once in is found and closed; who is not in yet is asked for again.
            self._asked_for.update(waiting)
            try:
                waiting = await self._seat_known(waiting, replacing)
            finally:
                self._asked_for.difference_update(waiting)

    async def _seat_known(self, seats: Sequence[Guest], replacing: list[Guest]) -> list[Guest]:
        """Let those in whose token is still what it was; those who have to be asked for again."""
        again: list[Guest] = []
        for turn, (guest, bearer) in enumerate(
            zip(seats, await self._bearers(seats), strict=True), start=1
        ):
            self._asked_for.discard(guest)
            if guest.is_doubtful:
                guest.is_doubtful = False
                again.append(guest)
            elif bearer != guest.bearer:
                guest.turn_away(CloseCode.REVOKED)
            else:
                try:
                    if self._join(guest):
                        replacing.append(guest)
                    else:
                        guest.come_in()
                except Exception:  # a fault in one view keeps nobody else out
                    log.exception("a seat could not be let in")
            if turn % SEATS_A_TURN == 0:
                await asyncio.sleep(0)
        return again

    def _withdrawn(self, seats: frozenset[str] | None) -> None:
        for guest in self._asked_for:
            if seats is None or guest.bearer.seat in seats:
                guest.is_doubtful = True

    def _join(self, guest: Guest) -> bool:
        """Show a seat the hall; whether it replaces an earlier connection."""
        context, line = self._context, guest.line
        assert guest.bearer.seat is not None  # noqa: S101  # a seat's token names its seat
        connection = SeatConnection(
            line.outbox, guest.bearer.seat, guest.member, guest.generation, guest.hello.lang
        )
        line.hold()
        try:
            self._welcome(line)
            line.when_over(partial(context.hub.leave_seat, connection))
            replaces = context.hub.join_seat(connection)
        finally:
            line.let_go()
        guest.welcomed(conversation(context, line.outbox, guest.session, connection))
        return replaces

    def _show(self, guest: Guest) -> None:
        """Let a screen in."""
        context, line, hello = self._context, guest.line, guest.hello
        token = token_hash(hello.token) if hello.token else None
        connection = ScreenConnection(line.outbox, guest.bearer.role, guest.door.console, token)
        self._welcome(line)
        line.when_over(partial(context.hub.screens.leave, connection))
        context.hub.screens.join(connection)
        guest.welcomed(conversation(context, line.outbox, guest.session, None))
        guest.come_in()

    def _welcome(self, line: Line) -> None:
        state = self._context.desk.ledger.state
        welcome = Welcome(
            epoch=epoch_text(state),
            server_time=self._context.desk.clock.now_ms(),
            hall=state.hall,
            version=self._context.version,
        )
        line.outbox.reply(welcome.model_dump_json().encode())
        beating = self._context.tending.beating
        beating.begin(line.outbox)
        line.when_over(partial(beating.end, line.outbox))

    async def _journal_replacements(self, replacing: Sequence[Guest]) -> None:
        desk = self._context.desk
        events = [
            desk.event(
                SEAT_REPLACED,
                None,
                f"seat:{guest.bearer.seat}",
                {"member": guest.member, "seat": guest.bearer.seat},
            )
            for guest in replacing
        ]
        await desk.journal(*events)
        for guest in replacing:
            try:
                guest.come_in()
            except Exception:
                log.exception("a seat could not be let in")
