"""What the live side does all the time: show, beat, renew presence, finish, mark.

Rule: each of these is a loop of its own that an outage does not end. Views are conflated: a display
is shown the hall at most 80 times a second, a console 8 times, all seats at once what concerns
them all, a seat its own vote when nobody presses (its receipt has told it before); whoever's views
take long is shown fewer, and a console no more than a network carries. Verdicts on sealed ballots
are shown in groups, each with a revision of its own where all are to see it: another server may not
have them yet. What goes to many goes to a few at a time, and presses are heard in between. What is
half done is looked at every second; the furthest state of the box is noted in the journal's
database every second (invariant 7).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

from server.assembly.texts import Texts, texts_from
from server.ballots.life import InDoubt, Open, Suspended
from server.hall import presence
from server.hall.desk import Desk
from server.hall.erasing import erase_what_is_over
from server.hall.finish import finish
from server.hall.unproved import prove_what_is_left
from server.live.beating import STEP_SECONDS, Beating
from server.live.hub import STORE_OK, Hub
from server.live.snapshot import OnAir
from server.ports import BoxState, Credentials, HighWater, NoBox, StoreUnavailable
from server.vocabulary import Scene
from server.wire.close_codes import CloseCode

log = logging.getLogger("hemicycle.live")

DISPLAY_SECONDS: Final = 1 / 80
CONSOLE_SECONDS: Final = 1 / 8
SEAT_SECONDS: Final = 1 / 5
"""The least time between two views."""

LULL_SECONDS: Final = 0.05
LULL_AT_MOST: Final = 5.0
"""Seats are shown their own votes after so long without a press, or after so long in all."""

DISPLAY_REST: Final = 0.5
CONSOLE_REST: Final = 39.0
"""Displays may take two thirds of the server's time at most, in small turns, consoles a fortieth:
the next view waits so many times as long as the last one took."""

CONSOLE_BYTES: Final = 4_000_000
"""What a console is sent in a second at most: 32 megabits, which any network of a hall carries. The
view of 196 seats is far from it; that of ten thousand has 1.6 megabytes."""

LOOK_SECONDS: Final = 1 / 30
LOOKS_LET_WORK: Final = 3.0
"""The least time between two looks at journal and box, and how many times as long as a look takes,
the next one waits: where other servers' presses come all the time and are not told, looking at a
large box must leave time for this one's own."""

ORDER_SECONDS: Final = 0.05
ORDER_LOOK: Final = 0.001
"""How long other servers have to tell what came before something that is here already, and how
often it is looked whether they have. Then it is read: what they told may be lost."""

TROUBLE_SECONDS: Final = 0.05
"""The least time between two looks at what is half done: in an outage every press asks for one."""

RENEWAL_REST: Final = 1.0
"""Between two rounds in which leases of presence are renewed, and after a failure."""

VERDICTS_SECONDS: Final = 1 / 30
"""For how long verdicts are gathered before they are shown."""

ON_AIR: Final = "on_air"
"""The box's setting that holds the scene on air."""


class Tending:
    """The loops around one hub. `refresh` is what use cases call when they changed something."""

    def __init__(self, hub: Hub, desk: Desk, credentials: Credentials | None = None) -> None:
        self._hub = hub
        self.beating = Beating(desk.clock)
        self._credentials = credentials
        self._desk = desk
        self._displays_due, self._consoles_due = asyncio.Event(), asyncio.Event()
        self._seats_due, self._every_seat_due = asyncio.Event(), asyncio.Event()
        self._looking = asyncio.Lock()
        self._next_look = 0.0
        self._in_trouble = asyncio.Event()
        self._refreshing = asyncio.Lock()
        self._tasks: list[asyncio.Task[None]] = []
        self._noted: tuple[str, str, int, int] | None = None
        self._epoch: int | None = None
        self._more_voted = asyncio.Event()
        """By verdicts on sealed ballots that have no revision yet."""
        hub.wake = self._woken

    async def start(self) -> None:
        """Show the hall as it is and begin."""
        await self.refresh()
        for name, work, seconds in (
            ("finish", self._finish, 1.0),
            ("beat", self.beating.round, STEP_SECONDS),
            ("renew presence", self._renew, RENEWAL_REST),
            ("note presence", self._note_presence, 1.0),
            ("mark", self._mark, 1.0),
            ("look who is signed out", self._look_who_is_signed_out, 1.0),
            ("erase", self._erase, 1.0),
            ("prove", self._prove, 1.0),
            ("show verdicts", self._await_verdicts, VERDICTS_SECONDS),
        ):
            self._tasks.append(asyncio.create_task(self._again(name, work, seconds), name=name))
        for name, show in (
            ("show displays", self._show_displays),
            ("show consoles", self._show_consoles),
            ("show seats", self._show_seats),
        ):
            self._tasks.append(asyncio.create_task(show(), name=name))

    async def stop(self) -> None:
        """End the loops, and note how far the box is."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            await self._mark()
        except StoreUnavailable as outage:
            log.warning("the last mark was not noted: %s", outage)

    def trouble(self) -> None:
        """A store did not answer: look at once, not at the next second."""
        self._hub.store_is("unavailable")
        self._in_trouble.set()

    async def refresh(self) -> None:
        """Read journal and box anew and show them. May raise StoreUnavailable."""
        async with self._refreshing:
            # First: whatever has this revision, or an earlier one, is in what is read after it.
            revision = await self._desk.box.raise_revision(0)
            state = await self._desk.ledger.catch_up()
            box: BoxState | NoBox = NoBox()
            focus = None if state.focus is None else state.ballots[state.focus]
            if focus is not None and isinstance(focus.state, Open | Suspended | InDoubt):
                box = await self._desk.box.state(focus.id)
                if isinstance(box, NoBox) and not isinstance(focus.state, InDoubt):
                    # Between entry and box, or the box was lost: not open to anybody. `finish`
                    # makes the box or doubts the ballot, and what it did is shown.
                    return
            votes = {} if isinstance(box, NoBox) else dict(await self._desk.box.votes(box.ballot))
            leased = await self._desk.box.present()
            on_air = on_air_from(await self._desk.box.recall(ON_AIR))
            self._hub.adopt(
                state, None if isinstance(box, NoBox) else box, votes, leased, on_air, revision
            )
            self._hub.store_is(STORE_OK)

    async def _again(self, name: str, work: Callable[[], Awaitable[None]], seconds: float) -> None:
        while True:
            try:
                await work()
            except StoreUnavailable as outage:
                log.warning("%s: %s", name, outage)
                self._hub.store_is("unavailable")
            except Exception:
                # A bug in one round must not end the loop that finishes half-done steps.
                log.exception("%s failed", name)
            if work == self._finish:
                await asyncio.sleep(TROUBLE_SECONDS)
                await _either(self._in_trouble, seconds)
                self._in_trouble.clear()
            else:
                await asyncio.sleep(seconds)

    def _woken(self) -> None:
        for due in (self._displays_due, self._consoles_due, self._seats_due):
            due.set()
        if self._hub.every_seat_is_stale:
            self._every_seat_due.set()

    async def _show_displays(self) -> None:
        await self._show(
            self._displays_due, self._hub.screens.publish_displays, DISPLAY_SECONDS, DISPLAY_REST
        )

    async def _show_consoles(self) -> None:
        screens = self._hub.screens
        await self._show(
            self._consoles_due,
            screens.publish_consoles,
            CONSOLE_SECONDS,
            CONSOLE_REST,
            lambda: screens.console_bytes() / CONSOLE_BYTES,
        )

    async def _show(
        self,
        due: asyncio.Event,
        publish: Callable[[], Iterator[None]],
        seconds: float,
        rest: float,
        carried: Callable[[], float] = lambda: 0.0,
    ) -> None:
        clock = self._desk.clock.monotonic
        while True:
            await due.wait()
            due.clear()
            began = clock()
            try:
                await self._in_step()
                began = clock()
                for _ in publish():
                    await asyncio.sleep(0)
            except Exception:
                # The next change is shown all the same; the screens' beats go on.
                log.exception("views could not be made")
            await asyncio.sleep(max(seconds, rest * (clock() - began), carried()))

    async def _show_seats(self) -> None:
        while True:
            await self._seats_due.wait()
            self._seats_due.clear()
            self._every_seat_due.clear()
            await self._lull()
            try:
                await self._in_step()
                for _ in self._hub.publish_seats():
                    await asyncio.sleep(0)
                    await self._in_step()
            except Exception:
                log.exception("the seats' views could not be made")
            await _either(self._every_seat_due, SEAT_SECONDS)

    async def _lull(self) -> None:
        """Wait for a moment without presses, but not for ever: whoever voted has a receipt, and
        must not be shown the same while others wait for theirs."""
        clock = self._desk.clock.monotonic
        until = clock() + LULL_AT_MOST
        while not self._hub.every_seat_is_stale and clock() < until:
            before = self._hub.box
            await _either(self._every_seat_due, LULL_SECONDS)
            if self._hub.box is before:
                return

    async def _in_step(self) -> None:
        """Before anything is shown: read anew what is known to be out of date."""
        clock = self._desk.clock.monotonic
        async with self._looking:
            wanted, until = self._hub.wanted, clock() + ORDER_SECONDS
            while self._hub.is_short_of(wanted) and clock() < until:  # noqa: ASYNC110  # and again
                await asyncio.sleep(ORDER_LOOK)
            if self._hub.is_short_of(wanted):
                self._hub.stop_waiting()
            if not self._hub.is_out_of_step():
                return
            await asyncio.sleep(max(0.0, self._next_look - clock()))
            began = clock()
            try:
                await self.refresh()
            except StoreUnavailable as outage:
                log.warning("refresh: %s", outage)
                self.trouble()  # looks again as soon as the store answers
            took = clock() - began
            self._next_look = clock() + max(LOOK_SECONDS, LOOKS_LET_WORK * took)

    async def _finish(self) -> None:
        async with self._desk.turn:
            await finish(self._desk)
        after = self._desk.ledger.state
        if self._epoch not in (None, after.epoch):
            # Generations and revisions began anew: every connection says hello again.
            self._hub.close_all(CloseCode.UNAVAILABLE)
        self._epoch = after.epoch
        box = self._hub.box
        seen = None if box is None else await self._desk.box.state(box.ballot)
        changed = self._hub.shows() != after.head
        # Other servers' presses show here, too, if their notice was lost.
        moved = isinstance(seen, BoxState) and self._hub.is_behind(seen)
        if moved and self._hub.hears_others and not changed:
            await asyncio.sleep(ORDER_SECONDS)  # or it was on its way
            moved = isinstance(seen, BoxState) and self._hub.is_behind(seen)
        if changed or moved or not self._hub.store_answers():
            await self.refresh()

    def judged(self, ballot: str, tracker: str) -> None:
        """There is a verdict on a sealed ballot: its seat is told at once, the screens soon."""
        if self._hub.judged(ballot, tracker):
            self._more_voted.set()

    async def show_verdicts(self) -> None:
        """Show on screens who voted by the last verdicts. May raise StoreUnavailable."""
        if not self._more_voted.is_set():
            return
        self._more_voted.clear()
        try:
            self._hub.raised(await self._desk.box.bump())
        except StoreUnavailable:
            self._more_voted.set()
            raise

    async def _await_verdicts(self) -> None:
        await self._more_voted.wait()
        await asyncio.sleep(VERDICTS_SECONDS)
        try:
            await self.show_verdicts()
        except StoreUnavailable:
            await asyncio.sleep(1.0)
            raise

    async def _prove(self) -> None:
        left = self._hub.unsettled()
        if left is not None:
            await prove_what_is_left(self._desk, *left)

    async def _erase(self) -> None:
        if await erase_what_is_over(self._desk):
            await self.refresh()

    async def _renew(self) -> None:
        """Renew all leases, one part after the other: each call waits for the disk, and makes the
        presses wait that come with it."""
        parts = presence.in_parts(self._hub.online_members())
        pause = (presence.RENEWAL_MS / 1000 - RENEWAL_REST) / max(1, len(parts))
        for some in parts:
            still = self._hub.online_members().intersection(some)
            await presence.renew(self._desk, still)
            await asyncio.sleep(pause)

    async def _note_presence(self) -> None:
        desk = self._desk
        if await desk.time.compare(desk.box, desk.clock):
            # Every lease has ended, or lasts for too long.
            await presence.renew(desk, self._hub.online_members())
        self._hub.clock_jumped(desk.time.has_jumped(desk.clock))
        if await presence.note(self._desk):
            await self.refresh()

    async def _look_who_is_signed_out(self) -> None:
        """Close the screens whose token was ended, at whatever server, or has run out."""
        tokens, now = sorted(self._hub.screens.tokens()), self._desk.clock.now_ms()
        if self._credentials is None or not tokens:
            return
        found = await self._credentials.bearers(tokens, now)
        ended = {token for token, bearer in zip(tokens, found, strict=True) if bearer is None}
        self._hub.screens.close(ended, CloseCode.REVOKED)

    async def _mark(self) -> None:
        box = self._hub.box
        if box is None:
            return
        mark = (box.ballot, box.incarnation, box.n, box.revision)
        if mark != self._noted:
            await self._desk.ledger.journal.note_high_water(
                HighWater(box.ballot, box.incarnation, box.n, box.chain, box.revision)
            )
            self._noted = mark


async def put_on_air(desk: Desk, on_air: OnAir) -> None:
    """Change what the hall display shows. May raise StoreUnavailable."""
    message = None if on_air.message is None else on_air.message.as_json()
    told = {"scene": on_air.scene.value, "message": message, "item": on_air.item}
    await desk.box.remember(ON_AIR, json.dumps(told))
    await desk.box.bump()
    await desk.changed()


def on_air_from(stored: str | None) -> OnAir:
    """What is on air, as the box remembers it; what it cannot read follows the ballot."""
    if stored is None:
        return OnAir()
    told = json.loads(stored)
    message: Texts | None = None if told["message"] is None else texts_from(told["message"])
    return OnAir(scene=Scene(told["scene"]), message=message, item=told["item"])


async def _either(event: asyncio.Event, seconds: float) -> None:
    # Not `wait_for`: on Python 3.11 it swallows a cancellation that comes with the event.
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
